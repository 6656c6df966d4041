"""Lines and pages that read badly: lone lines, lone headings, holes, rivers, overfull lines."""

from pathlib import Path

import pytest

from chapbook.diagnostics import Code, Location, Severity
from tests.preflight_books import Pressed, press

SENTENCE = "The words of this paragraph go on for as long as it takes to fill three lines of it"
PARAGRAPH = f"{SENTENCE}, no more and no fewer, {SENTENCE.lower()}."
TITLES = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel")


def _at_the_foot(what: str) -> str:
    """Let chapters end their first page a line later each, with something at its foot."""
    return "\n\n".join(
        f"# {title}\n\n" + "A line.\n\n" * (20 + number) + what.format(title=title)
        for number, title in enumerate(TITLES)
    )


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Pressed:
    text = _at_the_foot(f"## On {{title}}\n\n{{title}} begins it. {PARAGRAPH}")
    return press(tmp_path_factory.mktemp("house"), text)


def test_the_house_leaves_no_line_and_no_heading_alone(house: Pressed) -> None:
    assert house.told() == ()


def test_widows_and_orphans_are_told_with_their_page(tmp_path: Path) -> None:
    text = _at_the_foot(f"{{title}} begins it. {PARAGRAPH}")
    found = press(tmp_path, text, "p { widows: 1; orphans: 1 }").of(Code.LONE_LINE)
    said = [one.message for one in found]
    assert any("begins with the last line of a paragraph: “" in one for one in said)
    assert any("ends with the first line of a paragraph: “" in one for one in said)
    assert all(one.at and one.at.path == "one.md" and one.at.line > 20 for one in found)
    assert len(found) == 2


def test_a_heading_alone_at_the_foot_is_told(tmp_path: Path) -> None:
    text = f"# One\n\n{PARAGRAPH}\n\n## On alders\n\n{PARAGRAPH}\n"
    found = press(tmp_path, text, "h2 { break-after: page }").one(Code.LONE_HEADING)
    assert found.at == Location("one.md", 5, 4)
    assert found.message == (
        "page 1: ends with the heading “On alders”, and its text is on the next page"
    )


def test_a_line_with_holes_is_told(tmp_path: Path) -> None:
    words = "incomprehensibilities notwithstanding responsibilities " * 4
    text = f"# One\n\n{words}\n\nA usual paragraph.\n"
    found = press(tmp_path, text, "p { width: 58mm; hyphens: none }").of(Code.LOOSE_LINE)
    assert found
    assert {one.severity for one in found} == {Severity.WARNING}
    assert all("times the usual" in one.message for one in found)
    assert found[0].at is not None
    assert found[0].at.line == 3


def test_only_the_worst_holes_are_told(tmp_path: Path) -> None:
    words = "incomprehensibilities notwithstanding responsibilities " * 4
    text = "# One\n\n" + "".join(f"{title} {words}\n\n" for title in TITLES)
    found = press(tmp_path, text, "p { width: 58mm; hyphens: none }").of(Code.LOOSE_LINE)
    assert len(found) <= 3
    assert any("are not shown" in hint for hint in found[-1].hints)


def test_ragged_lines_have_no_holes(tmp_path: Path) -> None:
    words = "incomprehensibilities notwithstanding responsibilities " * 4
    css = "p { width: 58mm; hyphens: none; text-align: left }"
    assert not press(tmp_path, f"# One\n\n{words}\n", css).of(Code.LOOSE_LINE)


def test_a_line_that_runs_into_the_margin_is_told(tmp_path: Path) -> None:
    long = "under" + "neath" * 13
    words = "".join(f"{one} {other} " for one in TITLES for other in TITLES)
    text = f"# One\n\n{words}\n\nThen {long} came.\n"
    css = "p { overflow-wrap: normal; hyphens: none }"
    found = press(tmp_path / "long", text, css).one(Code.OVERFULL_LINE)
    assert "into the margin: “underneath" in found.message
    assert found.at is not None
    assert found.at.line == 5
    assert not press(tmp_path / "house", text).of(Code.OVERFULL_LINE)


def test_a_river_is_told_where_it_begins(tmp_path: Path) -> None:
    streak = "\\\n".join(["wide words that stand"] * 7)
    text = f"# One\n\nA usual paragraph.\n\n{streak}\n"
    found = press(tmp_path / "wide", text, "p { word-spacing: .3em }").one(Code.RIVER)
    assert found.message == (
        "page 1: a white streak runs through 6 lines from “wide words that stand”"
    )
    assert found.at is not None
    assert found.at.line == 5
    assert not press(tmp_path / "usual", text).of(Code.RIVER)
