"""What is broken in an e-book, or missing from it, is told."""

import io
import zipfile

import pytest

from chapbook.diagnostics import Code, Diagnostic, Location
from chapbook.inspect import inspect_epub
from chapbook.model import Kind, Passage

CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""
OPF = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"
xml:lang="en"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:533dd805-b8c0-5bf3-acf8-deac486ad505</dc:identifier>
<dc:title>T</dc:title><dc:language>en</dc:language>
<meta property="dcterms:modified">2026-11-24T00:00:00Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessibilityFeature">alternativeText</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta name="cover" content="pic"/></metadata><manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="one" href="text/one.xhtml" media-type="application/xhtml+xml"/>
<item id="two" href="text/two.xhtml" media-type="application/xhtml+xml"/>
<item id="css" href="style.css" media-type="text/css"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="pic" href="a.svg" media-type="image/svg+xml" properties="cover-image"/>
</manifest><spine toc="ncx"><itemref idref="one"/><itemref idref="two"/></spine></package>"""
NCX = """<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint id="n">
<navLabel><text>One</text></navLabel><content src="text/one.xhtml#top"/></navPoint>
<navPoint id="m"><navLabel><text>Two</text></navLabel><content src="text/two.xhtml"/></navPoint>
</navMap><pageList><pageTarget type="normal" value="1" id="p1"><navLabel><text>1</text></navLabel>
<content src="text/one.xhtml#page-1"/></pageTarget><pageTarget type="normal" value="2" id="p2">
<navLabel><text>2</text></navLabel><content src="text/two.xhtml#page-2"/></pageTarget>
</pageList></ncx>"""
NAV = """<nav epub:type="toc"><ol><li><a href="text/one.xhtml#top">The first chapter</a></li>
<li><a href="text/two.xhtml">The second</a></li></ol></nav><nav epub:type="page-list"><ol>
<li><a href="text/one.xhtml#page-1">1</a></li><li><a href="text/two.xhtml#page-2">2</a></li>
</ol></nav>"""
BODY = (
    '<h1 id="top">The first chapter of this book</h1><p id="page-1">Some words<a href="#n1">1</a>'
    " here.</p>"
)
LAST = '<p id="page-2">The last words, in the last document. The end.</p>'
NOTES = '<p id="n1">A note, <em>yes</em>.</p><p><img src="../a.svg" alt="A drawing"/></p>'


def page(body: str) -> str:
    return (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        'lang="en" xml:lang="en"><head><title>T</title>'
        f'<link rel="stylesheet" href="../style.css"/></head><body>{body}</body></html>'
    )


def files() -> dict[str, str]:
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "EPUB/package.opf": OPF,
        "EPUB/nav.xhtml": page(NAV).replace("../style", "style"),
        "EPUB/text/one.xhtml": page(BODY + NOTES),
        "EPUB/text/two.xhtml": page(LAST),
        "EPUB/style.css": "p { background: url(a.svg) }",
        "EPUB/toc.ncx": NCX,
        "EPUB/a.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    }


def pack(parts: dict[str, str], stored: bool = True) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            method = zipfile.ZIP_STORED if name == "mimetype" and stored else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, method)
    return target.getvalue()


def passages() -> tuple[Passage, ...]:
    said = [
        (Kind.HEADING, "The first chapter of this book"),
        (Kind.TEXT, "Some words\ufffc here."),
        (Kind.ALT, "A drawing"),
        (Kind.NOTE, "A note, yes."),
        (Kind.TEXT, "The last words, in the last document. The end."),
    ]
    return tuple(
        Passage(f"d:{n}", kind, text, Location("a.md", n)) for n, (kind, text) in enumerate(said, 1)
    )


def inspect(**changed: tuple[str, str]) -> tuple[Diagnostic, ...]:
    """Inspect the good book in which one text is replaced by another."""
    return inspect_epub(pack(altered(files(), changed)), passages())


def altered(parts: dict[str, str], changed: dict[str, tuple[str, str]]) -> dict[str, str]:
    for name, (old, new) in changed.items():
        file = next(f for f in parts if f.rpartition("/")[2].partition(".")[0] == name)
        assert old in parts[file]
        parts[file] = parts[file].replace(old, new)
    return parts


def test_a_good_book_is_silent() -> None:
    assert not inspect()


@pytest.mark.parametrize(
    ("lost", "line"),
    [
        ("The first chapter of this book", 1),
        ("words", 2),
        (" here", 2),
        ("yes", 4),
        ("A note, <em>yes</em>.", 4),
    ],
)
def test_lost_words(lost: str, line: int) -> None:
    found = inspect(one=(lost, ""))
    assert [(d.code, d.at) for d in found] == [(Code.LOST_TEXT, Location("a.md", line))]
    assert "EPUB/text/one.xhtml" in found[0].message


def test_a_heading_that_an_earlier_document_repeats() -> None:
    title = Passage("two:title", Kind.HEADING, "The title of chapter two", Location("b.md", 1))
    parts = files()
    parts["EPUB/text/one.xhtml"] = page(BODY + NOTES + "<p>The title of chapter two</p>")
    end = f"{LAST}</section>"
    parts["EPUB/text/two.xhtml"] = page(f'<section id="two"><h1>{title.text}</h1>{end}')
    sought = (*passages()[:-1], title, passages()[-1])
    assert not inspect_epub(pack(parts), sought)
    parts["EPUB/text/two.xhtml"] = page(f'<section id="two">{end}')
    found = inspect_epub(pack(parts), sought)
    assert [(d.code, d.at) for d in found] == [(Code.LOST_TEXT, title.at)]


def test_a_heading_that_is_called_like_another_division() -> None:
    title = Passage("tables:title", Kind.HEADING, "Tables", Location("b.md", 1))
    parts = files()
    first = f'<section id="tables"><h1>Tables</h1></section><section id="d">{BODY}{NOTES}</section>'
    parts["EPUB/text/one.xhtml"] = page(first)
    parts["EPUB/text/two.xhtml"] = page(f'<section><h2 id="tables">Tables</h2>{LAST}</section>')
    assert not inspect_epub(pack(parts), (title, *passages()))


def test_hidden_words_are_lost() -> None:
    assert [d.code for d in inspect(two=('<p id="page-2">', "<p id='page-2' hidden=''>"))] == [
        Code.LOST_TEXT
    ]


def test_a_lost_alternative() -> None:
    found = inspect(one=("A drawing", "Drawn"))
    assert [(d.code, d.at) for d in found] == [(Code.LOST_ALT, Location("a.md", 3))]


def test_documents_in_the_wrong_order() -> None:
    spine = '<itemref idref="one"/><itemref idref="two"/>'
    swapped = '<itemref idref="two"/><itemref idref="one"/>'
    codes = [d.code for d in inspect(package=(spine, swapped))]
    assert codes == [Code.BAD_EPUB] * 2 + [Code.TEXT_OUT_OF_ORDER]  # contents and pages, too


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("package", 'idref="two"', 'idref="tow"', "reading order names 'tow'"),
        ("package", 'href="style.css"', 'href="other.css"', "EPUB/other.css, which is not there"),
        ("package", 'id="css"', 'id="one"', "the manifest's id 'one' is not unique"),
        ("package", ' properties="nav"', "", "not exactly one navigation document"),
        ("one", "#n1", "#n2", "'#n2', which has no such place"),
        ("one", "../a.svg", "../b.svg", "'../b.svg', which is not there"),
        ("one", "../a.svg", "https://example.org/b.svg", "from outside the book"),
        ("one", 'id="n1"', 'id="top"', "the id 'top' 2 times"),
        ("two", "</p>", "", "is not well-formed"),
        ("toc", "#top", "#pot", "which has no such place"),
        ("nav", "one.xhtml", "none.xhtml", "which is not there"),
        ("style", "a.svg", "//example.org/a.svg", "from outside the book"),
        ("style", "p {", "@import 'x.css'; p {", "'x.css', which is not there"),
        ("mimetype", "epub", "zip", "does not begin with the file mimetype"),
        ("nav", 'epub:type="toc"', 'epub:type="loi"', "EPUB/nav.xhtml has no contents"),
        ("nav", "one.xhtml#top", "one.xhtml#n1", "EPUB/toc.ncx differ from those of EPUB/nav"),
        ("nav", 'href="text/two.xhtml"', 'href="nav.xhtml"', "what is not read in order"),
        ("nav", "The second", "", "has a line without words"),
        ("nav", ">2<", ">1<", "the page “1” is listed twice"),
        ("toc", "#page-2", "", "the pages of EPUB/toc.ncx differ"),
        ("toc", "<pageTarget", "<x", "is not well-formed"),
        ("package", ' toc="ncx"', "", "does not name EPUB/toc.ncx as its contents"),
        ("one", ' alt="A drawing"', "", "shows ../a.svg without words for it"),
        (
            "two",
            "The last",
            "<math xmlns='http://www.w3.org/1998/Math/MathML'/>The last",
            "formula",
        ),
        ("two", ' lang="en"', "", "EPUB/text/two.xhtml does not say its language"),
        ("two", ' xml:lang="en"', ' xml:lang="fr"', "says two languages of one element"),
        ("package", '\nxml:lang="en"', "", "the package does not say its language"),
        ("one", "Some words", "<script>x()</script>Some words", "has a script in it"),
        ("one", "<p id", '<p onclick="x()" id', "has a script in it"),
        ("one", 'href="#n1"', 'href=" JavaScript:x()"', "has a script in it"),
        ("package", 'image/svg+xml"', 'image/png"', "EPUB/a.svg is not image/png"),
        ("package", 'id="id">urn', 'id="di">urn', "the package has no identifier"),
        ("package", "<dc:language>en", "<dc:language>", "the package has no language"),
        ("package", "dcterms:modified", "dcterms:issued", "when it was changed last"),
        ("package", 'schema:accessMode"', 'schema:other"', "its schema:accessMode"),
        ("package", 'content="pic"', 'content="one"', "different covers"),
        ("package", ' properties="cover-image"', "", "different covers"),
    ],
)
def test_a_broken_package(name: str, old: str, new: str, message: str) -> None:
    found = [d for d in inspect(**{name: (old, new)}) if d.code is Code.BAD_EPUB]
    assert any(message in d.message for d in found), found


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        ("one", "#n1", "#n2", 2),
        ("one", ' alt="A drawing"', "", 3),
        ("one", "A note, ", "<script/>A note, ", 4),
        ("two", "</p>", "", 5),
        ("nav", 'href="text/two.xhtml"', 'href="text/two.xhtml#none"', 0),
        ("toc", 'src="text/two.xhtml"', 'src="text/two.xhtml#page-2"', 5),
    ],
)
def test_a_fault_is_told_where_it_was_written(name: str, old: str, new: str, line: int) -> None:
    parts = files() | {"EPUB/text/one.xhtml": page(f'<section id="d">{BODY}{NOTES}</section>')}
    broken = altered(parts, {name: (old, new)})
    found = [d for d in inspect_epub(pack(broken), passages()) if d.code is Code.BAD_EPUB]
    assert found
    assert found[0].at == (Location("a.md", line) if line else None)


def test_a_compressed_mimetype() -> None:
    found = inspect_epub(pack(files(), stored=False), passages())
    assert [d.message for d in found] == ["the file mimetype is compressed"]


def test_a_file_that_the_manifest_does_not_list() -> None:
    found = inspect_epub(pack(files() | {"EPUB/stray.txt": ""}), passages())
    assert [d.message for d in found] == ["the manifest does not list EPUB/stray.txt"]


@pytest.mark.parametrize(
    "broken",
    [b"no zip", pack({"a": "b"}), pack({"META-INF/container.xml": "<"})],
    ids=["no zip", "no container", "no xml"],
)
def test_what_can_not_be_opened(broken: bytes) -> None:
    assert [d.code for d in inspect_epub(broken, passages())] == [Code.BAD_EPUB]


def test_shaped_scripts_are_compared_word_by_word() -> None:
    text = "हिन्दी भाषा में लिखा गया वाक्य"
    parts = files()
    parts["EPUB/text/two.xhtml"] = page(f'<p id="page-2">{text}</p>')
    sought = (Passage("d:9", Kind.TEXT, text, Location("a.md", 9)),)
    assert not inspect_epub(pack(parts), sought)
    parts["EPUB/text/two.xhtml"] = page(f'<p id="page-2">{text.replace(" में", "")}</p>')
    assert [d.code for d in inspect_epub(pack(parts), sought)] == [Code.LOST_TEXT]
