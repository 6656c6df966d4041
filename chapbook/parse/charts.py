"""Charts as an author writes them: a few keys, a blank line, and a table of names and numbers.

A number is kept as it was written, for it is printed so, and as a float, by which it is drawn.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

KINDS = ("bar", "line", "pie", "dot")
KEYS = ("type", "title", "units", "alt", "x", "y")
KEY = re.compile(r"[ \t]*(?P<key>[A-Za-z-]+)[ \t]*:(?:[ \t]+(?P<value>.*?))?[ \t]*$")
RULE = re.compile(r"[ \t|:-]+$")
NUMBER = re.compile(
    r"(?P<sign>[-+\u2212]?)"
    r"(?P<digits>[0-9][0-9 \u00a0\u202f'\u2019]*|(?=[.,]))(?P<rest>[.,][0-9]+)?$"
)
MOST_ROWS, MOST_COLUMNS = 200, 8
MOST_SLICES = 12
LONGEST_ALT = 60  # values


@dataclass(frozen=True, slots=True)
class ChartFault:
    """What is wrong with a chart: in which of its lines (from 0), from which column, and a hint."""

    message: str
    line: int = 0
    column: int = 0
    hint: str = ""


@dataclass(slots=True)
class Chart:
    """A chart: its keys, the names of its columns (`head` is the first), its rows."""

    keys: dict[str, str] = field(default_factory=dict)
    head: str = ""
    columns: list[str] = field(default_factory=list)
    rows: list[tuple[str, list[str], list[float]]] = field(default_factory=list)
    faults: list[ChartFault] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Its caption, '' where it has none."""
        return self.keys.get("title", "")

    def alt(self) -> str:
        """Tell its data in one sentence that any language reads."""
        if own := self.keys.get("alt"):
            return own
        units = _unit(self.keys.get("units", ""))
        shown = self.rows[: max(LONGEST_ALT // max(len(self.columns), 1), 1)]
        rows = (f"{name}{self._values(values, units)}" for name, values, _ in shown)
        more = "; …" if len(shown) < len(self.rows) else ""
        title = f"{self.title}: " if self.title else ""
        return f"{title}{'; '.join(rows)}{more}"

    def _values(self, values: list[str], units: str) -> str:
        if len(self.columns) == 1:
            return f" {values[0]}{units}"
        pairs = zip(self.columns, values, strict=True)
        return ": " + ", ".join(f"{name} {value}{units}" for name, value in pairs if value)

    def to_json(self) -> str:
        """Write it for the drawing."""
        return json.dumps(
            {
                "keys": self.keys,
                "head": self.head,
                "columns": self.columns,
                "rows": self.rows,
            },
            ensure_ascii=False,
        )


def _unit(units: str) -> str:
    return f"\u00a0{units}" if units else ""


def read_chart(code: str) -> Chart:
    """Read a chart; what is wrong with it is in its `faults`."""
    chart = Chart()
    lines = code.split("\n")
    first = _read_keys(chart, lines)
    rows = [(n, line) for n, line in enumerate(lines) if n >= first and line.strip()]
    rows = [(n, line) for n, line in rows if not (RULE.match(line) and "-" in line)]
    if len(rows) < 2:
        hint = "write a line of names and below it a line for each value: Yes, 37"
        chart.faults.append(ChartFault("the chart has no numbers", max(first - 1, 0), 0, hint))
        return chart
    cut = _cutter(rows[0][1])
    chart.head, *chart.columns = (text for _, text in cut(rows[0][1]))
    for number, line in rows[1 : MOST_ROWS + 1]:
        _read_row(chart, number, cut(line))
    chart.faults += _faults_of_whole(chart, rows)
    return chart


def _read_keys(chart: Chart, lines: list[str]) -> int:
    """Read the keys, and give the number of the line after them."""
    for number, line in enumerate(lines):
        match = KEY.match(line)
        if match is None:
            break
        key, value = match["key"].lower(), match["value"] or ""
        if key not in KEYS:
            near = get_close_matches(key, KEYS, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]}?" if near else f"the keys are {', '.join(KEYS)}"
            chart.faults.append(ChartFault(f"a chart has no “{key}”", number, 0, hint))
        elif key == "type" and value not in KINDS:
            near = get_close_matches(value, KINDS, n=1, cutoff=0.4)
            hint = f"did you mean {near[0]}?" if near else f"the types are {', '.join(KINDS)}"
            fault = ChartFault(f"there is no chart “{value}”", number, line.find(value), hint)
            chart.faults.append(fault)
        else:
            chart.keys[key] = value
    else:
        number = len(lines)
    chart.keys.setdefault("type", "bar")
    return number


def _cutter(head: str) -> Callable[[str], list[tuple[int, str]]]:
    """Give what cuts a line into cells, each with its column: at `|`, tabs, `;` or commas.

    A cell in quotation marks may hold the mark itself.
    """
    mark = next((mark for mark in "|\t;" if mark in head), ",")

    def cut(line: str) -> list[tuple[int, str]]:
        bare = line.strip().strip("|") if mark == "|" else line.strip()
        start = line.find(bare)
        cells = []
        for cell in _cells(bare, mark):
            start = max(line.find(cell.strip(), start), start)
            cells.append((start, cell.strip()))
            start += len(cell.strip())
        return cells

    return cut


def _cells(line: str, mark: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=mark, skipinitialspace=True), []) or [""]
    except csv.Error:
        return line.split(mark)


def _read_row(chart: Chart, number: int, cells: list[tuple[int, str]]) -> None:
    (_, name), *values = cells
    if len(values) != len(chart.columns):
        count = f"{len(values)} value" + ("" if len(values) == 1 else "s")
        message = f"the line has {count}, its head has {len(chart.columns)}"
        hint = "put words with a comma in quotation marks, or part the columns with ; or |"
        chart.faults.append(ChartFault(message, number, 0, hint))
        return
    written, drawn = [], []
    for column, text in values:
        value = read_number(text, chart.keys.get("units", ""))
        if value is None:
            hint = "write 37, 37.5 or -4; the units stand in “units”"
            chart.faults.append(ChartFault(f"“{text}” is no number", number, column, hint))
            return
        written.append(text.removesuffix(chart.keys.get("units", "")).strip())
        drawn.append(value)
    chart.rows.append((name, written, drawn))


def read_number(text: str, units: str = "") -> float | None:
    """Read a number with a point or a comma; None where it is none."""
    bare = text.removesuffix(units).strip() if units else text
    match = NUMBER.match(bare)
    if match is None:
        return None
    digits = re.sub(r"[^0-9]", "", match["digits"]) or "0"
    value = float(digits + (match["rest"] or "").replace(",", "."))
    return -value if match["sign"] in ("-", "\u2212") else value


def _faults_of_whole(chart: Chart, rows: list[tuple[int, str]]) -> Iterator[ChartFault]:
    head, last = rows[0][0], rows[-1][0]
    if len(rows) - 1 > MOST_ROWS:
        yield ChartFault(f"a chart has at most {MOST_ROWS} lines", last, 0, "sum them up")
    if not 1 <= len(chart.columns) <= MOST_COLUMNS:
        message = f"a chart has 1 to {MOST_COLUMNS} columns of numbers"
        yield ChartFault(message, head, 0, "the first column has the names")
    if chart.keys["type"] == "pie" and chart.rows:
        if len(chart.columns) > 1 or len(chart.rows) > MOST_SLICES:
            message = f"a pie has one column, and at most {MOST_SLICES} pieces"
            yield ChartFault(message, head, 0, "make it a bar chart")
        elif any(row[2][0] < 0 for row in chart.rows) or not sum(r[2][0] for r in chart.rows):
            yield ChartFault("the pieces of a pie are above 0", head, 0, "make it a bar chart")
    if chart.keys["type"] == "line" and len(chart.rows) == 1:
        yield ChartFault("a line needs two points", head, 0, "make it a bar chart")
