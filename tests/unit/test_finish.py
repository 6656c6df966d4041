import io
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from chapbook.finish import finish_pdf
from chapbook.finish.metadata import NAMESPACES, write_xmp
from chapbook.laid import Typeset
from chapbook.publication import Metadata, PagedPublication
from chapbook.settings import Edition
from chapbook.typeset import typeset
from tests.paged_books import CONTENTS, FRONT, ONE, TWO, publication


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> PagedPublication:
    return publication(tmp_path_factory.mktemp("book"), FRONT, CONTENTS, ONE, TWO)


@pytest.fixture(scope="module")
def laid(book: PagedPublication) -> Typeset:
    return typeset(book).value


@pytest.fixture(scope="module")
def screen(laid: Typeset, book: PagedPublication) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(finish_pdf(laid, book)))


@pytest.fixture(scope="module")
def paper(laid: Typeset, book: PagedPublication) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(finish_pdf(laid, replace(book, edition=Edition.PRINT))))


def elements(pdf: pikepdf.Pdf) -> Iterator[Dictionary]:
    """Give every structure element, in the order of the text."""
    stack = [pdf.Root.StructTreeRoot.K]
    while stack:
        item = stack.pop()
        if isinstance(item, pikepdf.Dictionary) and "/S" in item:
            yield item
            kids = item.get("/K", pikepdf.Array())
            stack.extend(reversed(list(kids) if isinstance(kids, pikepdf.Array) else [kids]))


def roles(pdf: pikepdf.Pdf) -> list[str]:
    return [str(element.S)[1:] for element in elements(pdf)]


def streams(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Give everything that content is drawn in: the pages, and the forms that hold tagged text."""
    forms = [form for form in pdf.objects if isinstance(form, pikepdf.Stream)]
    return [*(page.obj for page in pdf.pages), *(f for f in forms if "/StructParents" in f)]


def marked(stream: pikepdf.Object) -> set[int]:
    """Give the numbers of the runs of marked content that are drawn in a page or form."""
    return {
        int(step.operands[1].MCID)
        for step in pikepdf.parse_content_stream(stream)
        if str(step.operator) == "BDC" and "/MCID" in step.operands[1]
    }


def test_every_run_of_content_has_a_tag_and_every_tag_its_content(screen: pikepdf.Pdf) -> None:
    tree = screen.Root.StructTreeRoot.ParentTree.Nums.as_list()
    owners = dict(zip(map(int, tree[::2]), tree[1::2], strict=True))
    assert len(streams(screen)) == len(screen.pages) + 1, "half transparent text has its own form"
    for stream in streams(screen):
        owned = owners[int(stream.StructParents)].as_list()
        assert marked(stream) == {place for place, tag in enumerate(owned) if tag is not None}


def test_pages_are_labelled_as_they_are_numbered(screen: pikepdf.Pdf) -> None:
    assert [page.label for page in screen.pages] == ["i", "ii", "1", "2", "3"]


def test_every_link_is_described_and_stands_in_a_tag(screen: pikepdf.Pdf) -> None:
    annotations = [a for page in screen.pages for a in page.get("/Annots", pikepdf.Array())]
    words = [str(annotation.Contents) for annotation in annotations]
    assert "1 On Everything" in words
    assert "日本語の章" in words
    assert not any(text.startswith("#") for text in words)
    held = {
        kid.Obj.objgen
        for element in elements(screen)
        if element.S == "/Link"
        for kid in element.K.as_list()
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"
    }
    assert held == {annotation.objgen for annotation in annotations}
    keys = [int(annotation.StructParent) for annotation in annotations]
    assert len(set(keys)) == len(keys)


def test_paper_has_no_links_but_the_same_text(paper: pikepdf.Pdf, screen: pikepdf.Pdf) -> None:
    assert not any("/Annots" in page for page in paper.pages)
    assert "Link" not in roles(paper)
    assert [role for role in roles(paper) if role not in ("Link", "Reference")] == [
        role for role in roles(screen) if role not in ("Link", "Reference")
    ]
    assert [marked(one) for one in streams(paper)] == [marked(one) for one in streams(screen)]


def test_an_annotation_in_no_tag_is_taken_away(laid: Typeset, book: PagedPublication) -> None:
    with pikepdf.open(io.BytesIO(laid.pdf)) as pdf:
        stray = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(stray)])
        changed = io.BytesIO()
        pdf.save(changed)
    done = finish_pdf(replace(laid, pdf=changed.getvalue()), book)
    with pikepdf.open(io.BytesIO(done)) as pdf:
        assert len(pdf.pages[0].Annots.as_list()) == 0


def test_headings_have_titles_and_nest(screen: pikepdf.Pdf) -> None:
    heads = [(str(e.S)[1:], str(e.T)) for e in elements(screen) if str(e.S)[2:].isdigit()]
    assert heads == [
        ("H1", "A Book"),
        ("H1", "Contents"),
        ("H1", "On Everything"),
        ("H2", "Tables"),
        ("H3", "Deeper"),
        ("H1", "日本語の章"),
    ]


def test_divisions_are_sections_with_titles(screen: pikepdf.Pdf) -> None:
    sections = [str(element.T) for element in elements(screen) if element.S == "/Sect"]
    assert sections == ["A Book", "Contents", "On Everything", "日本語の章"]


def test_pictures_have_words_and_ornament_has_no_tag(screen: pikepdf.Pdf) -> None:
    figures = [element for element in elements(screen) if element.S == "/Figure"]
    assert [str(figure.Alt) for figure in figures] == ["A gray ramp", "A drawing"]
    assert all(figure.A.O == "/Layout" and len(figure.A.BBox) == 4 for figure in figures)


def test_notes_can_be_found_by_their_identifier(screen: pikepdf.Pdf) -> None:
    (note,) = [element for element in elements(screen) if element.S == "/Note"]
    names = screen.Root.StructTreeRoot.IDTree.Names.as_list()
    assert [str(names[0]), names[1].objgen] == [str(note.ID), note.objgen]


def test_roles_that_are_not_of_the_standard_are_mapped(screen: pikepdf.Pdf) -> None:
    mapped = {str(key)[1:] for key in screen.Root.StructTreeRoot.RoleMap.keys()}  # noqa: SIM118
    assert {"Em", "Strong"} <= mapped


def test_the_outline_is_that_of_the_headings(screen: pikepdf.Pdf) -> None:
    with screen.open_outline() as outline:
        assert [item.title for item in outline.root] == [
            "A Book",
            "Contents",
            "On Everything",
            "日本語の章",
        ]
        assert [item.title for item in outline.root[2].children] == ["Tables"]


def test_viewers_open_the_book_as_it_is_read(screen: pikepdf.Pdf, paper: pikepdf.Pdf) -> None:
    assert screen.Root.PageLayout == "/SinglePage"
    assert screen.Root.PageMode == "/UseOutlines"
    assert paper.Root.PageLayout == "/TwoPageRight"
    for pdf in (screen, paper):
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.Root.Lang) == "en"


def test_the_metadata_say_what_the_book_is(screen: pikepdf.Pdf) -> None:
    meta = ET.fromstring(screen.Root.Metadata.read_bytes())

    def texts(name: str) -> list[str]:
        return [
            t for e in meta.iterfind(f".//{name}", NAMESPACES) for t in e.itertext() if t.strip()
        ]

    assert texts("dc:title") == ["A Book & More"]
    assert texts("dc:creator") == ["Ann Author", "宮沢 賢治"]
    assert texts("dc:publisher") == ["The House"]
    assert texts("dc:rights") == ["© 2024 Ann Author"]
    assert texts("dc:identifier") == ["urn:uuid:12345678-1234-5678-1234-567812345678"]
    assert texts("pdfuaid:part") == ["1"]
    assert texts("pdf:Producer") == [str(screen.docinfo["/Producer"])]
    assert str(screen.docinfo["/Title"]) == "A Book & More"


def test_a_file_with_missing_glyphs_claims_nothing(laid: Typeset, book: PagedPublication) -> None:
    done = finish_pdf(replace(laid, missing_glyphs="x"), book)
    with pikepdf.open(io.BytesIO(done)) as pdf:
        assert b"pdfuaid" not in pdf.Root.Metadata.read_bytes()


def test_what_the_book_does_not_say_is_left_out() -> None:
    xmp = write_xmp(Metadata("T", "en", "urn:uuid:0"), "P", is_accessible=True)
    for name in ("dc:creator", "dc:rights", "dc:publisher", "xmp:CreateDate", "pdf:Keywords"):
        assert f"<{name}" not in xmp


def test_the_same_book_gives_the_same_bytes(laid: Typeset, book: PagedPublication) -> None:
    assert finish_pdf(laid, book) == finish_pdf(laid, book)
