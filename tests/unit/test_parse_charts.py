"""Charts: what an author writes, what is kept of it, and each fault in its place."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.diagnostics import Code, Diagnostic
from chapbook.model import SourceFile
from chapbook.parse import parse_source
from chapbook.parse.charts import read_chart, read_number
from chapbook.settings import FrontMatter


def findings(text: str) -> list[Diagnostic]:
    return list(
        parse_source(SourceFile("a.md", f"# T\n\n{text}\n", FrontMatter()), "en").diagnostics
    )


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        ("a, b\nx, 1\ny, 2.5", [("x", ["1"], [1.0]), ("y", ["2.5"], [2.5])]),
        ("type: dot\n\na; b\nx, y; 1,5", [("x, y", ["1,5"], [1.5])]),
        ("| a | b |\n|---|--:|\n| x | 1 000 |", [("x", ["1 000"], [1000.0])]),
        ('a, b\n"x, y", -3', [("x, y", ["-3"], [-3.0])]),
        ("units: %\na, b\nx, 37 %", [("x", ["37"], [37.0])]),
        ("a\tb\nx\t1", [("x", ["1"], [1.0])]),
    ],
)
def test_a_table_is_read_however_its_columns_are_parted(code: str, rows: object) -> None:
    chart = read_chart(code)
    assert (chart.faults, chart.rows) == ([], rows)


def test_a_chart_tells_its_data_in_words() -> None:
    chart = read_chart("title: Apples\nunits: kg\n\nkind, 2023, 2024\nCox, 1, 2\nRusset, 3, 4")
    assert (
        chart.alt() == "Apples: Cox: 2023 1\xa0kg, 2024 2\xa0kg; Russet: 2023 3\xa0kg, 2024 4\xa0kg"
    )
    assert read_chart("alt: Own words\na, b\nx, 1").alt() == "Own words"


@pytest.mark.parametrize(
    ("block", "place", "message"),
    [
        ("type: bra\na, b\nx, 1", "a.md:4:7", "there is no chart “bra”"),
        ("titel: X\na, b\nx, 1", "a.md:4:1", "a chart has no “titel”"),
        ("a, b\nx, much", "a.md:5:4", "“much” is no number"),
        ("a, b, c\nx, 1", "a.md:5:1", "the line has 1 value, its head has 2"),
        ("title: X", "a.md:4:1", "the chart has no numbers"),
        ("type: pie\n\na, b\nx, -1\ny, 2", "a.md:6:1", "the pieces of a pie are above 0"),
        ("type: line\n\na, b\nx, 1", "a.md:6:1", "a line needs two points"),
    ],
)
def test_a_fault_of_a_chart_is_told_in_its_place(block: str, place: str, message: str) -> None:
    (found,) = findings(f"```chart\n{block}\n```")
    assert (str(found.at), found.message, found.code) == (place, message, Code.BAD_CHART)


@pytest.mark.parametrize(
    ("block", "place", "message"),
    [
        ('{"mark": "bar" }', "a.md:4:1", "nothing says what the chart shows"),
        ('{"title": "T" }', "a.md:4:1", "the chart has no mark"),
        ('{"mark":\n  "title"', "a.md:5:10", "expecting ',' delimiter"),
        ('{"mark": "bar", "title": "T",\n "data": {"url": "x"}}', "a.md:5:11", "“url” reaches out"),
        ('{"mark": {"type": "image", "url": "x"}, "title": "T"}', "a.md:4:28", "“url” reaches out"),
        ("[1]", "a.md:4:1", "the chart is no object of JSON"),
    ],
)
def test_vega_lite_stays_inside_the_book(block: str, place: str, message: str) -> None:
    (found,) = findings(f"```vega-lite\n{block}\n```")
    assert found.message.startswith(message)
    assert (str(found.at), found.code) == (place, Code.BAD_CHART)


def test_a_column_of_data_may_have_any_name() -> None:
    block = '{"mark": "bar", "title": "T", "data": {"values": [{"url": "a", "n": 1}]}}'
    assert findings(f"```vega-lite\n{block}\n```") == []


def test_a_chart_with_a_title_is_a_numbered_figure() -> None:
    text = "# T\n\n```chart {#c .wide}\ntitle: X\na, b\nx, 1\n```\n\n```chart\na, b\nx, 1\n```\n"
    (chapter,) = parse_source(SourceFile("a.md", text, FrontMatter()), "en").value
    assert [(c.kind.value, c.anchor, c.text) for c in chapter.captions] == [("figure", "c", "X")]
    assert chapter.xhtml.count("data-chart=") == 2


@given(st.integers(-(10**6), 10**6), st.integers(0, 999), st.sampled_from(".,"))
def test_a_number_is_read_as_it_was_written(whole: int, part: int, point: str) -> None:
    value = read_number(f"{whole}{point}{part:03}")
    assert value == pytest.approx(float(f"{whole}.{part:03}"))


@given(st.text(st.sampled_from('ab1,;|-: \n"%.'), max_size=40))
def test_any_table_is_read_or_has_a_fault(code: str) -> None:
    chart = read_chart(code)
    assert chart.faults or json.loads(chart.to_json())["rows"]
    assert all(fault.line <= code.count("\n") for fault in chart.faults)
