"""Tables: cells that are joined, heads, widths, and tables of files."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chapbook.diagnostics import Code, Diagnostic, Location, error
from chapbook.model import Chapter, Kind, SourceFile, TableFile
from chapbook.parse import parse_source
from chapbook.settings import FrontMatter


def parse(text: str, *files: TableFile) -> tuple[Chapter, tuple[Diagnostic, ...]]:
    source = SourceFile("one.md", f"# One\n\n{text}\n", FrontMatter(), tables=files)
    outcome = parse_source(source, "en")
    (chapter,) = outcome.value
    return chapter, outcome.diagnostics


def bare(chapter: Chapter) -> str:
    return re.sub(r' data-block="[^"]*"', "", chapter.xhtml)


def test_joined_cells_make_rectangles() -> None:
    rows = "| a | << | b |\n|---|---|---|\n| c | << | d |\n| ^^ | ^^ | e |"
    chapter, found = parse(rows)
    assert not found
    assert '<th colspan="2" scope="col">a</th>' in bare(chapter)
    assert '<td colspan="2" rowspan="2">c</td><td>d</td></tr><tr><td>e</td>' in bare(chapter)


def test_what_is_joined_to_nothing_stays_and_is_said() -> None:
    chapter, (found,) = parse("| a | b |\n|---|---|\n| c | << |\n| d | ^^ |")
    assert (found.code, found.at) == (Code.BAD_TABLE, Location("one.md", 5, 1))
    assert "<td>&lt;&lt;</td>" in bare(chapter)
    assert "<td>^^</td>" in bare(chapter)


def test_escaped_marks_are_text() -> None:
    chapter, found = parse("| a | b |\n|---|---|\n| c | \\<< |")
    assert not found
    assert "<td>&lt;&lt;</td>" in bare(chapter)


def test_heads_of_columns_follow_what_reaches_down() -> None:
    rows = "| a | b | c |\n|---|---|---|\n| d | e | f |\n| ^^ | g | h |\n{: head-columns=2 }"
    chapter, found = parse(rows)
    assert not found
    heads = re.findall(r'<th[^>]* scope="row"[^>]*>(.)</th>', bare(chapter))
    assert heads == ["d", "e", "g"]


@pytest.mark.parametrize(
    ("told", "widths"),
    [("widths='3 1'", ["75", "25"]), ("widths=dashes", ["40", "60"]), ("widths='1, 2'", None)],
)
def test_columns_have_their_shares(told: str, widths: list[str] | None) -> None:
    chapter, found = parse(f"| a | b |\n|----|------|\n| c | d |\n{{: {told} }}")
    assert not found
    widths = widths or ["33.33", "66.67"]
    assert re.findall(r'<col style="width: ([0-9.]+)%"/>', chapter.xhtml) == widths


@pytest.mark.parametrize("told", ["widths='1'", "align='left up'", "head-columns=2", "widths=0,1"])
def test_a_form_that_does_not_fit_is_said(told: str) -> None:
    chapter, (found,) = parse(f"| a | b |\n|---|---|\n| c | d |\n{{: {told} }}")
    assert found.code is Code.BAD_TABLE
    assert found.at is not None
    assert found.at.path == "one.md"
    assert "style" not in chapter.xhtml


def test_an_author_can_not_write_what_a_form_becomes() -> None:
    chapter, found = parse('<table><tr><td style="width: 1%" class="x">a</td></tr></table>')
    assert "style" not in chapter.xhtml
    assert [one.code for one in found] == [Code.UNSAFE_HTML]


def test_notes_and_what_is_turned_stay_with_the_table() -> None:
    text = "Table: Cap. {: .turned }\n\n| a |\n|---|\n| b |\n\nTable note: one\n\nTable note: two"
    chapter, found = parse(text)
    assert not found
    assert bare(chapter).startswith('<div class="noted turned"><figure class="table"')
    assert '</figure><p class="table-note">one</p><p class="table-note">two</p>' in bare(chapter)


# tables of files


def test_values_are_words_and_have_their_places() -> None:
    file = TableFile("p.csv", "data/p.csv", 'Fruit;Price\n"<b>*Plum*</b>";2,50\n')
    chapter, found = parse("[table: p.csv]{: .head-column #p }", file)
    assert not found
    assert '<th scope="row">&lt;b&gt;*Plum*&lt;/b&gt;</th>' in bare(chapter)
    assert '<td class="right">2,50</td>' in bare(chapter)
    cells = [(p.text, p.at) for p in chapter.passages if p.kind is Kind.CELL]
    assert cells[2] == ("<b>*Plum*</b>", Location("data/p.csv", 2))


def test_an_example_in_code_reads_no_file() -> None:
    fault = error(Code.MISSING_FILE, "gone", Location("p.csv"))
    file = TableFile("p.csv", "p.csv", faults=(fault,))
    assert not parse("```\n[table: p.csv]\n```", file)[1]
    (found,) = parse("[table: p.csv]", file)[1]
    assert (found.message, found.at) == ("gone", Location("one.md", 3, 1))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "p.csv has no values"),
        ('a,b\n"c,d\n', "can not be read as a table"),
        ("a\n" * 2001, "2001 rows and 1 columns"),
        (",".join("a" * 41), "1 rows and 41 columns"),
    ],
)
def test_what_is_no_table_of_a_book_is_an_error(text: str, message: str) -> None:
    _, (found,) = parse("[table: p.csv]", TableFile("p.csv", "p.csv", text))
    assert found.is_error
    assert message in found.message


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=8)


@settings(max_examples=40)
@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=2, max_size=4))
def test_every_value_is_shown(rows: list[list[str]]) -> None:
    quoted = ("\t".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    file = TableFile("p.tsv", "p.tsv", "\n".join(quoted))
    chapter, found = parse("[table: p.tsv]", file)
    values = [" ".join(cell.split()) for row in rows for cell in row]
    if any(values):
        assert not [one for one in found if one.is_error]
        shown = "".join(passage.text for passage in chapter.passages if passage.kind is Kind.CELL)
        assert sum(map(str.isalnum, shown)) == sum(map(str.isalnum, "".join(values)))


MARKS = st.sampled_from(["a", "<<", "^^", "b", ""])


@settings(max_examples=40)
@given(st.lists(st.lists(MARKS, min_size=3, max_size=3), min_size=1, max_size=4))
def test_any_marks_make_a_table_without_holes(rows: list[list[str]]) -> None:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    chapter, found = parse("\n".join(["| x | y | z |", "|---|---|---|", *lines]))
    assert not [one for one in found if one.is_error]
    cells = re.findall(r"<td([^>]*)>", chapter.xhtml)
    area = sum(_span(cell, "colspan") * _span(cell, "rowspan") for cell in cells)
    assert area == 3 * len(rows)


def _span(cell: str, name: str) -> int:
    found = re.search(rf'{name}="([0-9]+)"', cell)
    return int(found[1]) if found else 1
