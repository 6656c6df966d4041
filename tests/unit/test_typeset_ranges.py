"""No line ends within a range of numbers, nor after a letter and its hyphen."""

import pytest
import weasyprint
from weasyprint.formatting_structure import boxes

from chapbook.typeset.galley.boxes import walk
from chapbook.typeset.lessons.ranges import whole_ranges

WORDS = "The vision of 2018–2022 and the e-book, a well-known pair, pp. 12–15"  # noqa: RUF001
WIDTHS = range(120, 300, 8)


def _lines(width: float, words: str = WORDS) -> list[str]:
    style = f"<style>@page{{size:600px}}p{{font:16px serif;width:{width}px}}</style>"
    document = weasyprint.HTML(string=f'{style}<p lang="en">{words}</p>').render()
    return [
        "".join(inner.text for inner in walk(line) if isinstance(inner, boxes.TextBox)).strip()
        for line in walk(document.pages[0]._page_box)
        if isinstance(line, boxes.LineBox)
    ]


def _ends(lines: list[str]) -> set[str]:
    return {line.rsplit(" ", 1)[-1] for line in lines}


@pytest.fixture(scope="module")
def engine() -> dict[int, list[str]]:
    """Give the lines that the engine alone makes, by the width of the measure."""
    return {width: _lines(width) for width in WIDTHS}


def test_the_engine_needs_the_lesson(engine: dict[int, list[str]]) -> None:
    ends = set().union(*map(_ends, engine.values()))
    assert {"2018–", "e-", "12–", "well-"} <= ends  # noqa: RUF001


def test_ranges_and_such_words_stay_whole(engine: dict[int, list[str]]) -> None:
    with whole_ranges():
        lines = {width: _lines(width) for width in WIDTHS}
    ends = set().union(*map(_ends, lines.values()))
    assert ends.isdisjoint({"2018–", "e-", "12–"})  # noqa: RUF001
    assert "well-" in ends
    for width, set_lines in lines.items():
        assert "".join(set_lines).replace(" ", "") == WORDS.replace(" ", "")
        if _ends(engine[width]).isdisjoint({"2018–", "e-", "12–"}):  # noqa: RUF001
            assert set_lines == engine[width]


def test_a_range_wider_than_its_line_is_parted() -> None:
    with whole_ranges():
        assert _lines(50, "2018–2022") == ["2018–", "2022"]  # noqa: RUF001
