"""Whole publications, paged and for e-readers."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from chapbook.compose import compose_epub, compose_paged
from chapbook.diagnostics import BookError, Code, Diagnostic, Location
from chapbook.model import Asset, Book, Kind
from chapbook.print_shop import Cover, Print, Spot
from chapbook.publication import EpubPublication, PagedPublication
from chapbook.settings import BookSettings, Contents, Edition, Identifiers
from chapbook.words import read_words
from tests.compose_books import (
    FOLDERS,
    HOUSE,
    MODIFIED,
    ONE,
    PART,
    SETTINGS,
    TWO,
    book,
    chapter,
    english,
    page,
    whole_book,
)

XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"


def paged(made: Book, *own: Path) -> PagedPublication:
    return compose_paged(made, Edition.PRINT, (*own, *FOLDERS), english()).value


def epub(made: Book, *own: Path) -> EpubPublication:
    return compose_epub(made, (*own, *FOLDERS), english(), MODIFIED).value


def faults_of(compose: Callable[..., object], made: Book, *own: Path) -> tuple[Diagnostic, ...]:
    with pytest.raises(BookError) as caught:
        compose(made, *own)
    return caught.value.diagnostics


def content_of(publication: EpubPublication, name: str) -> str:
    return next(d.content for d in publication.documents if d.name == name)


def own_template(folder: Path, name: str, text: str) -> Path:
    file = folder / "own" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return folder / "own"


def test_each_division_is_one_section_in_reading_order(tmp_path: Path) -> None:
    made = whole_book(tmp_path)
    publication = paged(made)
    assert [s.id for s in publication.sections] == [d.id for d in made.divisions]
    for division, section in zip(made.divisions, publication.sections, strict=True):
        assert section.html.startswith(f'<section id="{division.id}"')
        assert section.html.endswith("</section>")
        assert section.matter == division.matter
        assert "epub:" not in section.html
    assert publication.body_class == "print"


def test_a_stylesheet_knows_the_inks_of_the_book(tmp_path: Path) -> None:
    inks = (Spot("PANTONE 186 C", "#c8102e"), Spot("Gold", "#b08d57"))
    settings = replace(SETTINGS, print=Print(spots=inks))
    style = paged(replace(whole_book(tmp_path), settings=settings)).stylesheet
    assert "--spot-1: #c8102e; --spot-2: #b08d57" in style
    assert "--accent: var(--spot-1, " in style


def test_the_files_of_a_pdf_are_the_images_shown_and_what_the_stylesheet_names(
    tmp_path: Path,
) -> None:
    own = own_template(tmp_path, "css/book.css", '/* url(no.ttf) */ a{src:url("fonts/a b.ttf")}')
    own_template(tmp_path, "fonts/a b.ttf", "")
    resources = paged(whole_book(tmp_path), own).resources
    assert resources["images/a plan & b.svg"].name == "0.svg"
    assert resources["fonts/a b.ttf"] == own / "fonts" / "a b.ttf"
    assert not {"images/cover.svg", "images/A-plan-b.svg", "no.ttf"} & set(resources)
    assert all(file.is_file() for file in resources.values())


@pytest.mark.parametrize(
    ("css", "message"),
    [
        ("\na{b:url(fonts/none.ttf)}", "no file “fonts/none.ttf”"),
        ("\na{b:url(../../x)}", "no file “../../x”"),
        ("\na{b:url(https://example.org/x)}", "no file “https://example.org/x”"),
        ("\na{b:url('file:///etc/passwd')}", "no file “file:///etc/passwd”"),
        ("\n@import 'x.css';", "may not import"),
    ],
)
def test_a_stylesheet_names_nothing_outside_its_folders(
    tmp_path: Path, css: str, message: str
) -> None:
    own = own_template(tmp_path, "css/book.css", css)
    (fault,) = faults_of(paged, book(ONE, TWO, PART), own)
    assert message in fault.message
    assert fault.at == Location("templates/css/book.css", 2)


def test_a_page_without_a_template_is_named_at_its_place() -> None:
    wrong = replace(page("titel-page", "titlepage"), at=Location("book.toml", 9, 10))
    for compose in (paged, epub):
        (fault,) = faults_of(compose, book(wrong, TWO))
        assert (fault.code, str(fault.at)) == (Code.UNKNOWN_PAGE, "book.toml:9:10")
        assert fault.hints == ("did you mean “title-page”?",)


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("<section><p></section>", "not well-formed: mismatched tag"),
        ("<section>&nbsp;</section>", "not well-formed: undefined entity"),
        ("<section/><section/>", "must make one element"),
        ("word <section/>", "must make one element"),
        ('<section><a href="#x">a</a></section>', "leads nowhere"),
        ('<section><a href="y.xhtml">a</a></section>', "leads nowhere"),
        ('<section id="a"><p id="a"/></section>', "the id “a” stands 2 times"),
        ('<section><img src="x.png" alt=""/></section>', "there is no “x.png”"),
        ("<section><script>x</script></section>", "holds no scripts"),
    ],
)
def test_no_template_can_break_the_book(tmp_path: Path, template: str, message: str) -> None:
    own = own_template(tmp_path, "chapter.html.j2", template)
    for compose in (paged, epub):
        faults = faults_of(compose, book(TWO), own)
        assert any(message in fault.message for fault in faults)
        assert {fault.code for fault in faults} == {Code.TEMPLATE_ERROR}


def test_every_faulty_template_is_told_once(tmp_path: Path) -> None:
    own_template(tmp_path, "chapter.html.j2", "{{ a }}")
    own = own_template(tmp_path, "part.html.j2", "\n{{ b }}")
    for compose in (paged, epub):
        faults = faults_of(compose, book(PART, ONE, TWO), own)
        assert [str(f.at) for f in faults] == [
            "templates/part.html.j2:2",
            "templates/chapter.html.j2:1",
        ]


def test_passages_come_in_reading_order_with_their_division() -> None:
    one = replace(ONE, xhtml="<p/>")
    made = book(page("title-page", "titlepage"), page("imprint"), PART, one, TWO)
    settings = replace(SETTINGS, locations={"subtitle": Location("book.toml", 2, 12)})
    publication = paged(replace(made, settings=settings))
    said = [(p.block, p.text) for p in publication.passages]
    assert said == [
        ("", "Six & a Half <Threads>"),
        ("", "A Companion"),
        ("", "Ann Bee"),
        ("", "Cy Dee"),
        ("", "Eve Eff"),
        ("", "No & affiliation."),
        ("", "Second paragraph."),
        ("part-1:title", "The Part"),
        ("", "What it is about."),
        ("one:title", "On one"),
        ("one:1", "First\ufffc there, gone, out\ufffc\ufffc no."),
        ("", "A plan"),
        ("two:title", "On two"),
    ]
    assert publication.passages[1].at == Location("book.toml", 2, 12)
    assert publication.passages[0].kind is Kind.HEADING


def test_an_ebook_reads_in_the_order_of_the_book(tmp_path: Path) -> None:
    publication = epub(whole_book(tmp_path))
    assert [d.name for d in publication.documents if d.in_spine] == [
        "cover.xhtml",
        "title-page.xhtml",
        "imprint.xhtml",
        "nav.xhtml",
        "figures-and-tables.xhtml",
        "part-001.xhtml",
        "chapter-001.xhtml",
        "chapter-002.xhtml",
        "colophon.xhtml",
    ]
    assert publication.modified == "2026-11-24T09:30:00Z"
    assert publication.cover == "images/cover.jpg"


def test_the_contents_are_no_page_where_the_book_has_none() -> None:
    publication = epub(book(TWO))
    nav = next(d for d in publication.documents if "nav" in d.properties)
    assert not nav.in_spine
    assert "landmarks" in nav.content
    assert 'epub:type="toc" href' not in nav.content


def test_documents_are_whole_and_say_their_language_twice(tmp_path: Path) -> None:
    for document in epub(whole_book(tmp_path)).documents:
        if document.media_type != "application/xhtml+xml":
            continue
        root = ElementTree.fromstring(document.content.encode())
        for element in root.iter():
            assert not [name for name in element.attrib if name.startswith("data-")]
            lang = element.get("lang")
            assert element.get("{http://www.w3.org/XML/1998/namespace}lang") == lang
            assert element.tag != f"{XHTML}img" or element.get("alt")
        assert root.get("lang") == "en-GB"


def test_parts_have_an_address_and_the_depth_is_that_of_the_ebook(tmp_path: Path) -> None:
    made = whole_book(tmp_path)
    shallow = replace(made, settings=replace(made.settings, contents=Contents(1, 1)))
    for one, depth in ((made, "3"), (shallow, "2")):
        ncx = ElementTree.fromstring(content_of(epub(one), "toc.ncx").encode())
        space = "{http://www.daisy.org/z3986/2005/ncx/}"
        points = list(ncx.iter(f"{space}navPoint"))
        assert len({p.get("id") for p in points}) == len(points)
        assert all(p.find(f"{space}content").get("src") for p in points)  # type: ignore[union-attr]
        metas = {m.get("name"): m.get("content") for m in ncx.iter(f"{space}meta")}
        assert metas["dtb:depth"] == depth


def test_points_with_one_address_share_their_place(tmp_path: Path) -> None:
    made = whole_book(tmp_path)
    ncx = content_of(epub(replace(made, contents=made.contents * 2)), "toc.ncx")
    root = ElementTree.fromstring(ncx.encode())
    orders: dict[str, set[str]] = {}
    for point in root.iter("{http://www.daisy.org/z3986/2005/ncx/}navPoint"):
        orders.setdefault(point[1].get("src", ""), set()).add(point.get("playOrder", ""))
    assert all(len(order) == 1 for order in orders.values())


def test_the_lists_of_figures_and_tables_are_ways_of_their_own(tmp_path: Path) -> None:
    nav = ElementTree.fromstring(content_of(epub(whole_book(tmp_path)), "nav.xhtml").encode())
    found = {n.get(f"{OPS}type"): n for n in nav.iter(f"{XHTML}nav")}
    assert list(found) == ["toc", "landmarks", "loi", "lot"]
    assert [n.get("hidden") for n in found.values()] == [None, "hidden", "hidden", "hidden"]
    text = ["".join(a.itertext()) for a in found["loi"].iter(f"{XHTML}a")]
    assert text == ["Figure 1. The plan"]


def test_properties_are_those_of_the_content() -> None:
    drawn = chapter("a", '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg><math><mi>x</mi></math>')
    publication = epub(book(drawn, TWO))
    marks = {d.name: d.properties for d in publication.documents}
    assert marks["chapter-001.xhtml"] == ("mathml", "svg")
    assert marks["chapter-002.xhtml"] == ()
    content = content_of(publication, "chapter-001.xhtml")
    assert '<svg viewBox="0 0 1 1" xmlns="http://www.w3.org/2000/svg">' in content


@pytest.mark.parametrize(
    ("body", "media_type", "expected"),
    [
        ("<p>x</p>", "", {"accessMode": ["textual"], "accessModeSufficient": ["textual"]}),
        (
            '<img src="asset:a.png" alt="b"/>',
            "image/png",
            {
                "accessMode": ["textual", "visual"],
                "accessModeSufficient": ["textual", "textual,visual"],
                "accessibilityHazard": ["none"],
            },
        ),
        (
            '<img src="asset:a.png"/>',
            "image/gif",
            {"accessModeSufficient": ["textual,visual"], "accessibilityHazard": ["unknown"]},
        ),
    ],
)
def test_an_ebook_claims_only_what_it_shows(
    tmp_path: Path, body: str, media_type: str, expected: dict[str, list[str]]
) -> None:
    file = tmp_path / "a.png"
    frames = [Image.new("RGB", (2, 2), colour) for colour in ("red", "blue")]
    kept = {"save_all": True, "append_images": frames[1:]} if media_type == "image/gif" else {}
    frames[0].save(file, media_type.removeprefix("image/") or "png", **kept)
    asset = Asset("a.png", file, media_type, "", file.stat().st_size)
    assets = {"a.png": asset} if media_type else {}
    said: dict[str, list[str]] = {}
    for name, value in epub(book(chapter("a", body), assets=assets)).accessibility:
        said.setdefault(name, []).append(value)
    assert {name: said[name] for name in expected} == expected
    described = expected["accessModeSufficient"][0] == "textual"
    has_image = bool(media_type)
    assert ("alternativeText" in said["accessibilityFeature"]) == (described and has_image)


def test_a_cover_that_is_not_there_is_an_error() -> None:
    (fault,) = faults_of(epub, book(TWO, settings=replace(SETTINGS, cover=Cover("x.svg"))))
    assert fault.code is Code.MISSING_IMAGE


@pytest.mark.parametrize("language", ["hi", "en-GB", "ar"])
def test_words_in_another_language_than_the_books_are_a_warning(language: str) -> None:
    made = book(TWO, settings=replace(SETTINGS, language=language))
    outcome = compose_epub(made, FOLDERS, read_words(FOLDERS, language), MODIFIED)
    found = [d.code for d in outcome.diagnostics]
    assert found == ([] if language == "en-GB" else [Code.MISSING_WORDS])
    assert outcome.value.direction == ("rtl" if language == "ar" else "")


@pytest.mark.parametrize(
    ("identifiers", "expected"),
    [
        (Identifiers(epub="978-3-16-148410-0", uuid="urn:uuid:x"), "urn:isbn:9783161484100"),
        (Identifiers(print="978-3-16-148410-0", uuid="urn:uuid:x"), "urn:uuid:x"),
        (Identifiers(), "urn:uuid:2bf43bc1-7949-5374-806d-a3d4fa266c0a"),
    ],
)
def test_an_edition_has_the_same_identifier_every_time(
    identifiers: Identifiers, expected: str
) -> None:
    settings = BookSettings(title="A 本", slug="a", identifiers=identifiers)
    assert epub(book(TWO, settings=settings)).metadata.identifier == expected


def test_the_same_book_gives_the_same_publication(tmp_path: Path) -> None:
    made = whole_book(tmp_path)
    assert epub(made) == epub(made)
    assert paged(made) == paged(made)


def test_the_house_has_a_template_for_every_page_that_resolve_makes() -> None:
    pages = {file.name.removesuffix(".html.j2") for file in (HOUSE / "pages").glob("*.j2")}
    assert pages >= {
        "half-title",
        "title-page",
        "imprint",
        "contents",
        "figures-and-tables",
        "colophon",
    }


def test_a_chapter_in_another_language_says_so() -> None:
    made = book(chapter("a", "<p>x</p>", language="ja"))
    content = content_of(epub(made), "chapter-001.xhtml")
    assert content.count('lang="ja"') == 2
    assert ' lang="ja"' in paged(made).sections[0].html


def test_a_table_can_be_scrolled_and_an_empty_head_is_none() -> None:
    table = '<table><thead><tr><th scope="col"> </th><th scope="col">A</th></tr></thead></table>'
    content = content_of(epub(book(chapter("a", f"<figure>{table}</figure>"))), "chapter-001.xhtml")
    frame = ElementTree.fromstring(content.encode()).find(f".//{XHTML}figure/{XHTML}div")
    assert frame is not None
    assert [e.tag.removeprefix(XHTML) for e in frame[0][0][0]] == ["td", "th"]
    assert "scope" not in frame[0][0][0][0].attrib
