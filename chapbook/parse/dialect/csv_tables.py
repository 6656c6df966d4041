"""Tables made of files of values: `[table: prices.csv]`.

The values are words and never Markdown or HTML. The first row is the head, unless the table has
the class `.headless`; a column of numbers is ranged right, unless `align=` says otherwise.
https://www.rfc-editor.org/rfc/rfc4180
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from chapbook.diagnostics import Code, Diagnostic, Location, error, warning
from chapbook.model import TableFile
from chapbook.parse.dialect.attributes import assign
from chapbook.parse.dialect.directives import Directive, Directives
from chapbook.parse.marks import AT, MADE, TABLE
from chapbook.parse.tree import classes, set_classes

HEADLESS = "headless"
MOST_ROWS, MOST_COLUMNS = 2000, 40
NUMBER = re.compile(r"[-−+±~≈<>]?\s?[$€£¥]?\s?[0-9][0-9.,'’\s]*\s?(?:%|‰|[$€£¥]|[A-Z]{3})?")  # noqa: RUF001
BLANK = frozenset({"", "-", "–", "—", "n/a"})  # noqa: RUF001

Row = tuple[int, list[str]]  # the line at which it ends, and its values


def put_table(parent: Element, directive: Directive, directives: Directives) -> bool:
    """Make the table of a directive; False, with a finding, where there is nothing to make."""
    file = directives.tables.get(directive.argument)
    at = directives.places.locate(directive.offset)
    if file is None or file.faults:
        directives.findings += _faults(directive.argument, file, at)
        return False
    try:
        rows = list(_rows(file))
    except csv.Error as fault:
        message = f"{file.path} can not be read as a table: {fault}"
        hint = "part the values by commas, and put those that hold a comma in quotation marks"
        directives.findings.append(error(Code.BAD_TABLE, message, at, hint))
        return False
    if found := _too_much(file, rows, at):
        directives.findings.append(found)
        return False
    directives.findings += _uneven(file, rows)
    _build(parent, directive, file, rows)
    return True


def _faults(named: str, file: TableFile | None, at: Location) -> Iterator[Diagnostic]:
    """Say why a file can not be had, at the place that names it or at the place in it."""
    if file is None:
        yield error(Code.MISSING_FILE, f'there is no file "{named}"', at)
        return
    for fault in file.faults:
        is_inside = fault.at is not None and fault.at.line > 0
        yield fault if is_inside else replace(fault, at=at)


def _rows(file: TableFile) -> Iterator[Row]:
    """Give the rows that are not blank; raises `csv.Error`."""
    reader = csv.reader(io.StringIO(file.text), delimiter=_delimiter(file), strict=True)
    try:
        for row in reader:
            values = [" ".join(value.split()) for value in row]
            if any(values):
                yield reader.line_num, values
    except csv.Error as fault:
        raise csv.Error(f"line {reader.line_num}: {fault}") from None


def _delimiter(file: TableFile) -> str:
    """Tell what parts the values: tabs in a `.tsv`, else what the first line has most of."""
    if file.path.casefold().endswith(".tsv"):
        return "\t"
    first = re.sub(r'"[^"]*"', "", file.text.split("\n", 1)[0])
    return max(",;\t", key=first.count)


def _too_much(file: TableFile, rows: Sequence[Row], at: Location) -> Diagnostic | None:
    columns = max((len(values) for _, values in rows), default=0)
    if not rows:
        return error(Code.BAD_TABLE, f"{file.path} has no values", at, "fill it, or name another")
    if len(rows) <= MOST_ROWS and columns <= MOST_COLUMNS:
        return None
    message = f"{file.path} has {len(rows)} rows and {columns} columns"
    hint = f"a table of a book has at most {MOST_ROWS} rows and {MOST_COLUMNS} columns"
    return error(Code.BAD_TABLE, message, at, hint)


def _uneven(file: TableFile, rows: Sequence[Row]) -> Iterator[Diagnostic]:
    width = len(rows[0][1])
    odd = next(((line, values) for line, values in rows if len(values) != width), None)
    if odd is not None:
        line, values = odd
        message = f"the row has {len(values)} values, the first one {width}"
        hint = "put a value that holds a comma in quotation marks"
        yield warning(Code.BAD_TABLE, message, Location(file.path, line), hint)


def _build(parent: Element, directive: Directive, file: TableFile, rows: Sequence[Row]) -> None:
    table = SubElement(parent, "table", {"class": TABLE})
    assign(table, directive.attributes)
    is_headless = HEADLESS in classes(table)
    set_classes(table, (name for name in classes(table) if name != HEADLESS))
    width = max(len(values) for _, values in rows)
    heads, body = ([], rows) if is_headless or len(rows) == 1 else (rows[:1], rows[1:])
    sides = _sides(body, width)
    for tag, group, cell in (("thead", heads, "th"), ("tbody", body, "td")):
        if group:
            _fill(SubElement(table, tag), group, cell, file.path, sides)


def _fill(group: Element, rows: Iterable[Row], tag: str, path: str, sides: Sequence[str]) -> None:
    for line, values in rows:
        made = SubElement(group, "tr")
        name = f"{MADE} {AT}{line}:{quote(path, safe='')}"
        for column, side in enumerate(sides):
            value = values[column] if column < len(values) else ""
            cell = SubElement(made, tag, {"class": name})
            cell.text = AtomicString(value)
            if side:
                cell.set("align", side)


def _sides(rows: Sequence[Row], width: int) -> list[str]:
    """Range right the columns that hold numbers alone."""
    columns = [
        [values[n] for _, values in rows if n < len(values) and values[n] not in BLANK]
        for n in range(width)
    ]
    return ["right" if values and all(map(NUMBER.fullmatch, values)) else "" for values in columns]
