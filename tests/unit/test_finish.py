"""Books that were really laid out, finished: what is in the file."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pikepdf
import pytest

from chapbook.cache import Cache
from chapbook.finish import finish_pdf
from chapbook.finish.metadata import NAMESPACES, write_xmp
from chapbook.laid import Typeset
from chapbook.publication import Metadata, PagedPublication
from chapbook.settings import Edition
from chapbook.typeset import typeset
from chapbook.workers import Workers
from tests.linked_files import annotations, elements
from tests.paged_books import CONTENTS, FRONT, ONE, TWO, publication


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> PagedPublication:
    return publication(tmp_path_factory.mktemp("book"), FRONT, CONTENTS, ONE, TWO)


@pytest.fixture(scope="module")
def laid(book: PagedPublication) -> Typeset:
    with Workers(2, 300.0) as workers:
        return typeset(book, workers, Cache(None)).value


@pytest.fixture(scope="module")
def screen(laid: Typeset, book: PagedPublication) -> Iterator[Any]:
    with pikepdf.open(io.BytesIO(finish_pdf(laid, book, Cache(None)))) as pdf:
        yield pdf


@pytest.fixture(scope="module")
def paper(laid: Typeset, book: PagedPublication) -> Iterator[Any]:
    printed = replace(book, edition=Edition.PRINT)
    with pikepdf.open(io.BytesIO(finish_pdf(laid, printed, Cache(None)))) as pdf:
        yield pdf


def roles(pdf: Any) -> list[str]:
    return [str(element.S)[1:] for element in elements(pdf)]


def streams(pdf: Any) -> list[Any]:
    """Give everything that content is drawn in: the pages, and the forms that hold tagged text."""
    forms = [form for form in pdf.objects if isinstance(form, pikepdf.Stream)]
    return [*(page.obj for page in pdf.pages), *(f for f in forms if "/StructParents" in f)]


def marked(stream: Any) -> set[int]:
    """Give the numbers of the runs of marked content that are drawn in a page or form."""
    return {
        int(step.operands[1].MCID)
        for step in pikepdf.parse_content_stream(stream)
        if str(step.operator) == "BDC" and "/MCID" in step.operands[1]
    }


def test_every_run_of_content_has_a_tag_and_every_tag_its_content(screen: Any) -> None:
    owners = dict(pikepdf.NumberTree(screen.Root.StructTreeRoot.ParentTree).items())
    assert len(streams(screen)) == len(screen.pages) + 1, "half transparent text has its own form"
    for stream in streams(screen):
        owned = owners[int(stream.StructParents)].as_list()
        assert marked(stream) == {place for place, tag in enumerate(owned) if tag is not None}


def test_pages_are_labelled_as_they_are_numbered(screen: Any) -> None:
    assert [page.label for page in screen.pages] == ["i", "ii", "1", "2", "3"]


def test_every_link_is_described_and_stands_in_a_tag(screen: Any) -> None:
    found = annotations(screen)
    words = [str(annotation.Contents) for annotation in found]
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
    assert held == {annotation.objgen for annotation in found}
    keys = [int(annotation.StructParent) for annotation in found]
    assert len(set(keys)) == len(keys)


def test_paper_has_no_links_but_the_same_text(paper: Any, screen: Any) -> None:
    assert not any("/Annots" in page for page in paper.pages)
    assert "Link" not in roles(paper)
    assert [role for role in roles(paper) if role not in ("Link", "Reference")] == [
        role for role in roles(screen) if role not in ("Link", "Reference")
    ]
    assert [marked(one) for one in streams(paper)] == [marked(one) for one in streams(screen)]


def test_headings_have_titles_and_nest(screen: Any) -> None:
    heads = [(str(e.S)[1:], str(e.T)) for e in elements(screen) if str(e.S)[2:].isdigit()]
    assert heads == [
        ("H1", "A Book"),
        ("H1", "Contents"),
        ("H1", "On Everything"),
        ("H2", "Tables"),
        ("H3", "Deeper"),
        ("H1", "日本語の章"),
    ]


def test_divisions_are_sections_with_titles(screen: Any) -> None:
    sections = [str(element.T) for element in elements(screen) if element.S == "/Sect"]
    assert sections == ["A Book", "Contents", "On Everything", "日本語の章"]


def test_pictures_have_words_and_ornament_has_no_tag(screen: Any) -> None:
    figures = [element for element in elements(screen) if element.S == "/Figure"]
    assert [str(figure.Alt) for figure in figures] == ["A gray ramp", "A drawing"]
    assert all(figure.A.O == "/Layout" and len(figure.A.BBox) == 4 for figure in figures)


def test_notes_can_be_found_by_their_identifier(screen: Any) -> None:
    (note,) = [element for element in elements(screen) if element.S == "/Note"]
    names = screen.Root.StructTreeRoot.IDTree.Names.as_list()
    assert [str(names[0]), names[1].objgen] == [str(note.ID), note.objgen]


def test_roles_that_are_not_of_the_standard_are_mapped(screen: Any) -> None:
    mapped = {str(key)[1:] for key in screen.Root.StructTreeRoot.RoleMap.keys()}  # noqa: SIM118
    assert {"Em", "Strong"} <= mapped


def test_the_outline_is_that_of_the_headings(screen: Any) -> None:
    with screen.open_outline() as outline:
        assert [item.title for item in outline.root] == [
            "A Book",
            "Contents",
            "On Everything",
            "日本語の章",
        ]
        assert [item.title for item in outline.root[2].children] == ["Tables"]


def test_viewers_open_the_book_as_it_is_read(screen: Any, paper: Any) -> None:
    assert screen.Root.PageLayout == "/SinglePage"
    assert screen.Root.PageMode == "/UseOutlines"
    assert paper.Root.PageLayout == "/TwoPageRight"
    for pdf in (screen, paper):
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.Root.Lang) == "en"


def test_the_metadata_say_what_the_book_is(screen: Any) -> None:
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
    done = finish_pdf(replace(laid, missing_glyphs="x"), book, Cache(None))
    with pikepdf.open(io.BytesIO(done)) as pdf:
        assert b"pdfuaid" not in pdf.Root.Metadata.read_bytes()


def test_what_the_book_does_not_say_is_left_out() -> None:
    xmp = write_xmp(Metadata("T", "en", "urn:uuid:0"), is_accessible=True)
    for name in ("dc:creator", "dc:rights", "dc:publisher", "xmp:CreateDate", "pdf:Keywords"):
        assert f"<{name}" not in xmp
