"""Chapters written by hand, linked into one file."""

import io
import re
import subprocess
from dataclasses import replace
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chapbook.laid import Closed, Typeset
from chapbook.settings import Edition
from tests.laid_books import BOXES, book, chapter, furniture, leaf, picture
from tests.linked_files import (
    annotations,
    content,
    destinations,
    elements,
    linked,
    opened,
    pictures,
    tree,
)

ONE = chapter(
    "one",
    ["# One", "Words (of) it", "> #two To two", "> #gone To nowhere", "> https://e.org/ä Away"],
    ["* A note", "! A ramp", "~ Pale words", "% Tiled words"],
)
BLANK = chapter("blank", [])
TWO = chapter("two", ["# Two", "## Deeper", "* A note", "> #one To one", "! A ramp", "% Tiled"])
HEADS = [furniture("Running head", 20), furniture("Folio")]
MOVED = {2: 12.5, 4: -10.0}


@pytest.fixture(scope="module")
def whole() -> Typeset:
    return book(ONE, BLANK, TWO, shifts=MOVED, heads=HEADS)


@pytest.fixture(scope="module")
def screen(whole: Typeset) -> Any:
    return opened(whole)


@pytest.fixture(scope="module")
def paper(whole: Typeset) -> Any:
    return opened(whole, Edition.PRINT)


def words(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def test_the_file_is_sound(whole: Typeset, tmp_path: Any) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(linked(whole))
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def boxes(page: Any) -> list[list[float]]:
    return [[float(side) for side in page[f"/{name}Box"]] for name in ("Media", "Bleed", "Trim")]


def test_a_page_on_paper_keeps_its_bleed_and_one_on_the_screen_ends_at_its_trim(
    screen: Any, paper: Any
) -> None:
    drawn, cut = [BOXES.media, BOXES.bleed, BOXES.trim], [BOXES.trim] * 3
    assert [boxes(page) for page in paper.pages] == [[list(box) for box in drawn]] * 4
    assert [boxes(page) for page in screen.pages] == [[list(box) for box in cut]] * 4


def test_pages_have_their_text(screen: Any, whole: Typeset) -> None:
    assert [page.Tabs for page in screen.pages] == ["/S"] * 4
    shown = words(linked(whole))
    assert "Words (of) it" in shown[0]
    assert "Pale words" in shown[1]
    assert "Deeper" in shown[3]
    assert all("Running head" in page and "Folio" in page for page in shown)


def test_chapters_stand_under_one_document(screen: Any) -> None:
    link, note, figure = "P(Link(! .))", "P(Note(P(.)))", "P(Figure(.))"
    one = f"Sect(H1(.) P(.) {link} P(.) {link} {note} {figure} P(.) P(.))"
    two = f"Sect(H1(.) H2(.) {note} {link} {figure} P(.))"
    assert tree(screen.Root.StructTreeRoot.K) == f"Document({one} {two})"


def test_every_element_knows_its_parent(screen: Any) -> None:
    for one in elements(screen):
        for kid in content(one):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                assert kid.P.objgen == one.objgen


def test_content_leads_back_to_its_tags(screen: Any) -> None:
    owners = dict(pikepdf.NumberTree(screen.Root.StructTreeRoot.ParentTree).items())
    forms = [item for item in screen.objects if isinstance(item, pikepdf.Stream)]
    streams = [*(page.obj for page in screen.pages), *(f for f in forms if "/StructParents" in f)]
    assert len(streams) == 5, "what is pale has its own form"
    for stream in streams:
        marks = {
            int(step.operands[1].MCID)
            for step in pikepdf.parse_content_stream(stream)
            if str(step.operator) == "BDC" and "/MCID" in step.operands[1]
        }
        owned = owners.pop(int(stream.StructParents))
        assert marks == {number for number, tag in enumerate(owned) if tag is not None}
    assert {key: tag.S for key, tag in owners.items()} == {
        int(one.StructParent): "/Link" for one in annotations(screen)
    }


def test_a_viewer_finds_the_structure_of_each_page(whole: Typeset) -> None:
    document = pypdfium2.PdfDocument(linked(whole))
    assert [_marks_found(page) for page in document] == [5, 3, 0, 6]


def _marks_found(page: pypdfium2.PdfPage) -> int:
    """Count the marks that a viewer reaches by the structure of a page, the page's own alone."""
    raw = pypdfium2.raw
    root = raw.FPDF_StructTree_GetForPage(page)
    count = raw.FPDF_StructTree_CountChildren(root)
    waiting = [raw.FPDF_StructTree_GetChildAtIndex(root, number) for number in range(count)]
    marks = 0
    while waiting:
        one = waiting.pop()
        for number in range(raw.FPDF_StructElement_CountChildren(one)):
            kid = raw.FPDF_StructElement_GetChildAtIndex(one, number)
            if kid:
                waiting.append(kid)
            elif raw.FPDF_StructElement_GetChildMarkedContentID(one, number) >= 0:
                marks += 1
    raw.FPDF_StructTree_Close(root)
    return marks


def test_headings_nest_across_chapters() -> None:
    part = chapter("part", ["# Part"])
    deep = chapter("deep", ["### Deep", "### Deeper"])
    with opened(book(deep, part, deep)) as pdf:
        heads = [str(one.S) for one in elements(pdf) if str(one.S)[2:].isdigit()]
    assert heads == ["/H1", "/H2", "/H1", "/H2", "/H3"]


def test_notes_are_named_by_their_chapter(screen: Any) -> None:
    ids = dict(pikepdf.NameTree(screen.Root.StructTreeRoot.IDTree).items())
    notes = [one for one in elements(screen) if one.S == "/Note"]
    assert {name: tag.objgen for name, tag in ids.items()} == {
        str(note.ID): note.objgen for note in notes
    }
    assert set(ids) == {"note-one-1", "note-two-1"}


def test_notes_have_names_of_their_own_even_in_chapters_of_one_name() -> None:
    same = chapter("same", ["* A note", "* Another"])
    with opened(book(same, same)) as pdf:
        ids = list(pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree).keys())
    assert sorted(ids) == ["note-same-1", "note-same-1-1", "note-same-1-2", "note-same-2"]


def test_links_lead_somewhere_and_say_where(screen: Any) -> None:
    found = annotations(screen)
    assert [str(one.Contents) for one in found] == ["To two", "Away", "To one"]
    assert [str(one.Dest) for one in found if "/Dest" in one] == ["two", "one"]
    assert [str(one.A.URI) for one in found if "/A" in one] == ["https://e.org/%C3%A4"]
    assert [float(side) for side in found[0].Rect] == [40, 317, 140, 329]
    assert all(one.BS.W == 0 for one in found)
    assert len({int(one.StructParent) for one in found}) == len(found)


def test_a_link_to_nowhere_is_text(screen: Any) -> None:
    assert "To nowhere" not in [str(one.Contents) for one in annotations(screen)]


def test_a_link_that_stands_in_no_tag_is_left_out() -> None:
    stray = replace(TWO, digest="stray", body=Closed.of(replace(TWO.body.open(), kids=())))
    with opened(book(ONE, stray)) as pdf:
        assert [str(one.Contents) for one in annotations(pdf)] == ["To two", "Away"]


def test_paper_has_no_links(paper: Any, screen: Any) -> None:
    assert not any("/Annots" in page for page in paper.pages)
    marked = tree(screen.Root.StructTreeRoot.K).replace("Link(! .)", ".")
    assert tree(paper.Root.StructTreeRoot.K) == marked
    assert paper.Root.PageLayout == "/TwoPageRight"
    assert "/PageMode" not in paper.Root


def test_places_move_with_their_pages(screen: Any) -> None:
    assert destinations(screen) == {
        "one": (1, [40, 380]),
        "blank": (3, [40, 380]),
        "two": (4, [30, 380]),
    }
    assert [float(side) for side in annotations(screen)[2].Rect] == [30, 297, 130, 309]
    with screen.open_outline() as outline:
        assert [float(item.destination[2]) for item in outline.root] == [40, 30]
    boxes = [[float(side) for side in o.A.BBox] for o in elements(screen) if o.S == "/Figure"]
    assert boxes == [[52.5, 340, 92.5, 352], [30, 280, 70, 292]]


def ink(pdf: bytes, page: int, top: int, bottom: int) -> list[int]:
    """Give the first and last column with ink between two heights, in points from the trim."""
    box = (0, 400 - bottom, 0, top)
    image = pypdfium2.PdfDocument(pdf)[page].render(scale=1, crop=box, grayscale=True).to_pil()
    left, _, right, _ = image.point([255 * (shade < 200) for shade in range(256)]).getbbox()
    return [left, right]


def test_all_that_is_drawn_moves_but_not_the_furniture(whole: Typeset) -> None:
    still, moved = linked(book(ONE, BLANK, TWO, heads=HEADS)), linked(whole)
    for top, bottom in ((45, 65), (65, 85), (105, 115)):
        before, after = ink(still, 3, top, bottom), ink(moved, 3, top, bottom)
        assert [side - 10 for side in before] == after
    assert ink(still, 3, 0, 30) == ink(moved, 3, 0, 30)


def test_a_tiled_ground_moves_with_its_page() -> None:
    still = pypdfium2.PdfDocument(linked(book(TWO)))[0]
    moved = pypdfium2.PdfDocument(linked(book(TWO, shifts={1: -10.0})))[0]
    before, after = (one.render(scale=1).to_pil() for one in (still, moved))
    assert before.crop((10, 0, *before.size)).tobytes() == (
        after.crop((0, 0, after.width - 10, after.height)).tobytes()
    )


def test_the_first_of_two_anchors_has_the_name() -> None:
    same = chapter("same", ["# Same"])
    with opened(book(same, same)) as pdf:
        assert destinations(pdf)["same"][0] == 1


def test_names_can_be_found_however_many_and_in_whatever_letters() -> None:
    names = [f"n{number}" for number in range(600)] + ["äpfel", "zebra", "日本語"]
    chapters = [chapter(name, [f"# {n}", f"> #{name} Here"]) for n, name in enumerate(names)]
    laid = book(*chapters)
    pdf = linked(laid)
    with pikepdf.open(io.BytesIO(pdf)) as read:
        found = destinations(read)
    assert {name: page for name, (page, _) in found.items()} == dict(laid.anchors)
    document = pypdfium2.PdfDocument(pdf)
    assert [_first_target(document[number]) for number in range(len(document))] == [*range(603)]


def _first_target(page: pypdfium2.PdfPage) -> int:
    """Give the page, from 0, that a viewer goes to by the first link."""
    raw = pypdfium2.raw
    link = raw.FPDFLink_GetLinkAtPoint(page, 45, 340)
    place = raw.FPDFLink_GetDest(page.pdf, link)
    return int(raw.FPDFDest_GetDestPageIndex(page.pdf, place))


def test_the_outline_nests_and_may_skip_levels() -> None:
    deep = chapter("deep", ["### A", "## B", "# C", "### D", "## E", "### F"])
    with opened(book(deep)) as pdf, pdf.open_outline() as outline:
        shape = [(item.title, [below.title for below in item.children]) for item in outline.root]
        assert shape == [("A", []), ("B", []), ("C", ["D", "E"])]
        assert [one.title for one in outline.root[2].children[1].children] == ["F"]
        assert int(pdf.Root.Outlines.Count) == 6


def test_a_closed_line_hides_those_below() -> None:
    laid = chapter("shut", ["# A", "## B", "## C", "# D"])
    (page,) = laid.pages
    first, *others = page.bookmarks
    shut = replace(page, bookmarks=(replace(first, is_closed=True), *others))
    with opened(book(replace(laid, digest="shut", pages=(shut,)))) as pdf:
        assert int(pdf.Root.Outlines.Count) == 2
        assert int(pdf.Root.Outlines.First.Count) == -2


@given(st.lists(st.integers(1, 6), max_size=12))
@settings(max_examples=40)
def test_whatever_the_levels_the_outline_is_whole(levels: list[int]) -> None:
    lines = [f"{'#' * min(level, 3)} {number}" for number, level in enumerate(levels)]
    with opened(book(chapter("any", lines))) as pdf:
        with pdf.open_outline() as outline:
            stack, titles = list(reversed(outline.root)), []
            while stack:
                item = stack.pop()
                titles.append(item.title)
                stack += reversed(item.children)
        assert titles == [str(number) for number in range(len(levels))]


def test_pages_are_labelled_by_their_folios(whole: Typeset) -> None:
    labels = ["i", "ii", "1", "2"]
    leaves = tuple(leaf(number, label) for number, label in enumerate(labels, 1))
    with opened(replace(whole, leaves=leaves)) as pdf:
        assert [page.label for page in pdf.pages] == labels


def test_furniture_is_drawn_once_for_all_pages(screen: Any) -> None:
    names = [str(name) for page in screen.pages for name in page.Resources.XObject]
    assert names.count("/F0") == len(screen.pages)
    forms = {page.Resources.XObject[key].objgen for page in screen.pages for key in ("/F0", "/F1")}
    assert len(forms) == 2
    for page in screen.pages:
        steps = pikepdf.parse_content_stream(page)
        shown = [
            str(s.operator) for s in steps if str(s.operator) in ("q", "Q", "BDC", "EMC", "Do")
        ]
        assert shown[-10:] == ["BDC", "q", "Do", "Q", "EMC"] * 2


def test_a_picture_of_several_chapters_is_in_the_file_once(screen: Any) -> None:
    found = pictures(screen)
    assert len(found) == 2
    assert set(found) == {picture(7).payload, picture(5).payload}
    drawn = {str(e.A.BBox): e for e in elements(screen) if e.S == "/Figure"}
    assert len(drawn) == 2


def test_pictures_share_their_masks() -> None:
    first = chapter("first", ["! A", "! B"], shades=(7, 8), masked=True)
    other = chapter("other", ["! B", "! C"], shades=(8, 6), masked=True)
    with opened(book(first, other)) as pdf:
        assert len(pictures(pdf)) == 4
        for page in pdf.pages:
            masks = [image.SMask for image in page.Resources.XObject.values()]
            assert all(mask.read_raw_bytes() == picture(99).payload for mask in masks)


def test_fonts_are_those_of_the_file(screen: Any) -> None:
    fonts = {page.Resources.Font.objgen for page in screen.pages}
    fonts |= {page.Resources.XObject["/F0"].Resources.Font.objgen for page in screen.pages}
    assert len(fonts) == 1
    assert screen.pages[0].Resources.Font["/f1"].BaseFont == "/Helvetica"
    assert screen.pages[0].Resources.Font["/f1"].Encoding.BaseEncoding == "/WinAnsiEncoding"


def test_a_book_of_blank_pages_has_no_outline_and_no_notes() -> None:
    with opened(book(BLANK, BLANK)) as pdf:
        assert len(pdf.pages) == 2
        assert "/Outlines" not in pdf.Root
        assert "/PageMode" not in pdf.Root
        assert "/IDTree" not in pdf.Root.StructTreeRoot


def test_the_file_is_named_by_its_content(screen: Any, paper: Any) -> None:
    ids = [bytes(pdf.trailer.ID[0]) for pdf in (screen, paper)]
    assert ids[0] != ids[1]
    assert all(len(one) == 16 for one in ids)


def test_dates_come_from_the_book(screen: Any) -> None:
    assert str(screen.docinfo["/CreationDate"]) == "D:20240229"
    assert str(screen.docinfo["/Author"]) == "Ann Author, 宮沢 賢治"
    assert re.fullmatch(r"WeasyPrint \d+\.\d+", str(screen.docinfo["/Producer"]))


def test_a_book_without_furniture_draws_its_pages_as_they_are() -> None:
    with opened(book(BLANK)) as pdf:
        assert isinstance(pdf.pages[0].Contents, pikepdf.Stream)
