"""A line before an element in the text ends where it is full."""

import pytest
import weasyprint
from weasyprint.formatting_structure import boxes

from chapbook.typeset.galley.boxes import walk
from chapbook.typeset.galley.engine import resting_collector
from chapbook.typeset.lessons import taught_engine
from chapbook.typeset.lessons.line_ends import full_lines

WORDS = "Plain text that comes before the <b>NPO</b> law"


NAMES = ", ".join(f"<code>.{name}</code>" for name in ("map", "filter", "take", "drop", "find"))


def lines(width: float, words: str = WORDS) -> list[str]:
    """Give the text of each line of a paragraph."""
    style = f"<style>@page{{size:600px}}p{{font:16px serif;width:{width}px}}</style>"
    document = weasyprint.HTML(string=f'{style}<p lang="en">{words}</p>').render()
    return [
        "".join(inner.text for inner in walk(line) if isinstance(inner, boxes.TextBox))
        for line in walk(document.pages[0]._page_box)
        if isinstance(line, boxes.LineBox)
    ]


@pytest.fixture(scope="module")
def troubled() -> list[float]:
    """Give the widths at which the engine alone ends the line after the first word."""
    with resting_collector():
        return [w for w in range(150, 400) if lines(w)[0].strip() == "Plain"]


def test_the_engine_needs_the_lesson(troubled: list[float]) -> None:
    assert troubled


def test_such_a_line_holds_all_the_words_that_fit(troubled: list[float]) -> None:
    with full_lines():
        assert {lines(w)[0].strip() for w in troubled} == {"Plain text that comes before the"}


def test_other_lines_are_as_the_engine_makes_them(troubled: list[float]) -> None:
    widths = [w for w in range(150, 400, 10) if w not in troubled]
    stock = [lines(w) for w in widths]
    with full_lines():
        assert [lines(w) for w in widths] == stock


def test_no_word_is_lost(troubled: list[float]) -> None:
    with taught_engine():
        for width in troubled:
            assert (
                " ".join(lines(width)).split()
                == WORDS.replace("<b>", "").replace("</b>", "").split()
            )


def test_a_line_may_end_before_a_name_that_begins_with_a_full_stop() -> None:
    with full_lines():
        assert [line.strip() for line in lines(150, NAMES)] == [
            ".map, .filter,",
            ".take, .drop,",
            ".find",
        ]
