"""Vega-Lite (https://vega.github.io/vega-lite/docs/): what may stand in it, and its words.

Nothing is fetched: the data stand in the book. What the chart shows is told by its own words, and
its data are listed where they are a plain table.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from chapbook.parse.charts import ChartFault

LARGEST = 400_000
DEEPEST = 60
# Keys by which a chart would reach beyond itself.
REACHING = frozenset({"url", "href", "usermeta", "loader", "baseURL"})
MOST_ROWS, MOST_COLUMNS = 60, 6
Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Specification:
    """A chart in Vega-Lite: its title, its words, and its table if it has a plain one."""

    title: str = ""
    alt: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    json: str = ""
    faults: tuple[ChartFault, ...] = ()


def read_specification(code: str) -> Specification:
    """Read a specification; what is wrong with it is in its `faults`."""
    if len(code) > LARGEST:
        fault = ChartFault("the chart is too long", 0, 0, f"at most {LARGEST // 1000} kB are read")
        return Specification(faults=(fault,))
    try:
        made = json.loads(code)
    except json.JSONDecodeError as fault:
        found = ChartFault(_lower(fault.msg), fault.lineno - 1, fault.colno - 1, "this is no JSON")
        return Specification(faults=(found,))
    except RecursionError:
        return Specification(faults=(ChartFault("the chart is nested too deeply"),))
    if not isinstance(made, dict):
        hint = 'begin with { "mark": …, "encoding": … }'
        return Specification(faults=(ChartFault("the chart is no object of JSON", hint=hint),))
    faults = tuple(_faults(made, code))
    title = _title(made.pop("title", ""))
    columns, rows = _table(made)
    said = made.get("description")
    alt = said if isinstance(said, str) and said else _alt(title, columns, rows)
    if not alt:
        hint = 'say what it shows: "description": "…"'
        faults += (ChartFault("nothing says what the chart shows", hint=hint),)
    return Specification(title, alt, columns, rows, json.dumps(made, sort_keys=True), faults)


def _faults(made: Values, code: str) -> Iterator[ChartFault]:
    for key in _keys(made):
        if key in REACHING:
            place = max(code.find(f'"{key}"'), 0)
            line = code.count("\n", 0, place)
            column = place - code.rfind("\n", 0, place) - 1
            hint = 'write the data into the chart: "data": { "values": [ … ] }'
            yield ChartFault(f"“{key}” reaches out of the book", line, column, hint)
    if not {"mark", "layer", "hconcat", "vconcat", "concat", "facet", "repeat"} & made.keys():
        yield ChartFault("the chart has no mark", hint='such as "mark": "bar"')


def _keys(value: object, depth: int = 0) -> Iterator[str]:
    if depth > DEEPEST:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            # A column of the data may have any name.
            if key != "values":
                yield key
                yield from _keys(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _keys(inner, depth + 1)


def _title(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("text", "")
    return " ".join(value) if isinstance(value, list) else str(value or "")


def _table(made: Values) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Give the data as a table, where each row has the same few plain columns."""
    data = made.get("data")
    values = data.get("values") if isinstance(data, dict) else None
    if not isinstance(values, list) or not 0 < len(values) <= MOST_ROWS:
        return (), ()
    if not all(isinstance(row, dict) for row in values):
        return (), ()
    columns = tuple(values[0])
    is_plain = all(tuple(row) == columns for row in values) and len(columns) <= MOST_COLUMNS
    if not is_plain or any(isinstance(v, (dict, list)) for row in values for v in row.values()):
        return (), ()
    return columns, tuple(tuple(_text(row[name]) for name in columns) for row in values)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _alt(title: str, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    told = "; ".join(" ".join(row) for row in rows)
    words = f" ({', '.join(columns)})" if columns else ""
    return f"{title}{words}: {told}" if title and told else title or told


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
