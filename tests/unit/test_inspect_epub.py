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
OPF = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="one" href="text/one.xhtml" media-type="application/xhtml+xml"/>
<item id="two" href="text/two.xhtml" media-type="application/xhtml+xml"/>
<item id="css" href="style.css" media-type="text/css"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="pic" href="a.svg" media-type="image/svg+xml"/>
</manifest><spine toc="ncx"><itemref idref="one"/><itemref idref="two"/></spine></package>"""
NCX = """<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint id="n">
<navLabel><text>One</text></navLabel><content src="text/one.xhtml#top"/></navPoint>
</navMap></ncx>"""
BODY = '<h1 id="top">The first chapter of this book</h1><p>Some words<a href="#n1">1</a> here.</p>'
NOTES = '<p id="n1">A note, <em>yes</em>.</p><p><img src="../a.svg" alt="A drawing"/></p>'


def page(body: str) -> str:
    return (
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title>'
        f'<link rel="stylesheet" href="../style.css"/></head><body>{body}</body></html>'
    )


def files() -> dict[str, str]:
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "EPUB/package.opf": OPF,
        "EPUB/nav.xhtml": page(
            '<nav><a href="text/one.xhtml">The first chapter of this book</a></nav>'
        ).replace("../style", "style"),
        "EPUB/text/one.xhtml": page(BODY + NOTES),
        "EPUB/text/two.xhtml": page("<p>The last words, in the last document. The end.</p>"),
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
    parts = files()
    for name, (old, new) in changed.items():
        file = next(f for f in parts if f.rpartition("/")[2].partition(".")[0] == name)
        assert old in parts[file]
        parts[file] = parts[file].replace(old, new)
    return inspect_epub(pack(parts), passages())


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
    end = "<p>The last words, in the last document. The end.</p></section>"
    parts["EPUB/text/two.xhtml"] = page(f'<section id="two"><h1>{title.text}</h1>{end}')
    sought = (*passages()[:-1], title, passages()[-1])
    assert not inspect_epub(pack(parts), sought)
    parts["EPUB/text/two.xhtml"] = page(f'<section id="two">{end}')
    found = inspect_epub(pack(parts), sought)
    assert [(d.code, d.at) for d in found] == [(Code.LOST_TEXT, title.at)]


def test_hidden_words_are_lost() -> None:
    assert [d.code for d in inspect(two=("<p>", "<p hidden=''>"))] == [Code.LOST_TEXT]


def test_a_lost_alternative() -> None:
    found = inspect(one=("A drawing", "Drawn"))
    assert [(d.code, d.at) for d in found] == [(Code.LOST_ALT, Location("a.md", 3))]


def test_documents_in_the_wrong_order() -> None:
    spine = '<itemref idref="one"/><itemref idref="two"/>'
    swapped = '<itemref idref="two"/><itemref idref="one"/>'
    assert [d.code for d in inspect(package=(spine, swapped))] == [Code.TEXT_OUT_OF_ORDER]


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
    ],
)
def test_a_broken_package(name: str, old: str, new: str, message: str) -> None:
    found = [d for d in inspect(**{name: (old, new)}) if d.code is Code.BAD_EPUB]
    assert any(message in d.message for d in found), found


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
    parts["EPUB/text/two.xhtml"] = page(f"<p>{text}</p>")
    sought = (Passage("d:9", Kind.TEXT, text, Location("a.md", 9)),)
    assert not inspect_epub(pack(parts), sought)
    parts["EPUB/text/two.xhtml"] = page(f"<p>{text.replace(' में', '')}</p>")
    assert [d.code for d in inspect_epub(pack(parts), sought)] == [Code.LOST_TEXT]
