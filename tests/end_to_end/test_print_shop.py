"""The shipped book goes to the print shop: nothing is said of it, and each file is what it says."""

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tests.conftest import ROOT, Built, run_chapbook

MILLIMETRE = 72 / 25.4
OTHER_INKS = {"rg", "RG", "k", "K"}
SPACES = {"/DeviceGray", "/Separation", "/Pattern"}
INKS = {"/All", "/Indigo"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    output = tmp_path_factory.mktemp("shop") / "output"
    return run_chapbook(ROOT / "source", output, "--quiet", "--strict", "--jobs=1", folder=ROOT)


def sizes(file: Path) -> set[tuple[float, float]]:
    document = pypdfium2.PdfDocument(file)
    boxes = [page.get_trimbox() for page in document]
    document.close()
    return {
        (round((right - left) / MILLIMETRE, 1), round((top - bottom) / MILLIMETRE, 1))
        for left, bottom, right, top in boxes
    }


def places(file: Path) -> list[list[tuple[str, float, float]]]:
    """Give the words of each page, and where they begin, counted from the trim."""
    document = pypdfium2.PdfDocument(file)
    pages: list[list[tuple[str, float, float]]] = []
    for page in document:
        pages.append([])
        left, bottom, *_ = page.get_trimbox()
        text = page.get_textpage()
        for number in range(text.count_rects()):
            x, y, *_ = rectangle = text.get_rect(number)
            said = text.get_text_bounded(*rectangle)
            pages[-1].append((said, round(x - left), round(y - bottom)))
    document.close()
    return pages


def streams(file: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Give all that draws: pages, and the forms and patterns of the file."""
    yield from (page.obj for page in file.pages)
    for thing in file.objects:
        if isinstance(thing, pikepdf.Stream) and (
            thing.get("/Subtype") == "/Form" or "/PatternType" in thing
        ):
            yield thing


def test_nothing_is_said_of_it(built: Built) -> None:
    assert (built.status, built.said) == (0, "")


def test_its_sheets_have_the_sizes_that_printers_cut(built: Built) -> None:
    assert sizes(built.only("-print.pdf")) == {(148.0, 210.0)}
    assert sizes(built.only("-cover.pdf")) == {(296.0, 210.0)}
    assert sizes(built.only("-booklet.pdf")) == {(297.0, 210.0)}


def test_its_pages_are_those_of_the_screen_and_pages_for_notes(built: Built) -> None:
    screen = places(built.only("six-threads.pdf"))
    printed = places(built.only("-print.pdf"))
    assert len(printed) % 4 == 0
    assert printed[: len(screen)] == screen
    assert all(page[0][0] == "Notes" for page in printed[len(screen) :])


@pytest.mark.parametrize("ending", ["-print.pdf", "-cover.pdf"])
def test_it_is_printed_in_black_and_indigo_alone(built: Built, ending: str) -> None:
    inks = set()
    with pikepdf.open(built.only(ending)) as file:
        for drawn in streams(file):
            operators = {str(one.operator) for one in pikepdf.parse_content_stream(drawn)}
            assert not operators & OTHER_INKS
            for space in spaces(drawn):
                family = space[0] if isinstance(space, pikepdf.Array) else space
                assert str(family) in SPACES
                inks |= {str(space[1])} if str(family) == "/Separation" else set()
        pictures = [thing for thing in file.objects if is_picture(thing)]
        assert {str(one.ColorSpace) for one in pictures} <= {"/DeviceGray"}
    assert inks == INKS


def spaces(drawn: pikepdf.Object) -> Iterator[pikepdf.Object]:
    if "/Resources" in drawn and "/ColorSpace" in drawn.Resources:
        yield from (space for _, space in drawn.Resources.ColorSpace.items())


def is_picture(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
