"""Where the formulas and charts of a file stand in it, and what keeps formulas from being read."""

from collections.abc import Iterator

from chapbook.diagnostics import Code, Diagnostic, error
from chapbook.parse.dialect.charts import Charts
from chapbook.parse.dialect.formulas import Formulas, Taken
from chapbook.parse.formulas import read_formula
from chapbook.parse.places import Places
from chapbook.parse.positions import Positions
from chapbook.parse.scan import Scan


def find_formulas(formulas: Formulas, positions: Positions) -> None:
    """Find the place of each formula of a stretch of source."""
    for mark in positions.walk.marks:
        if mark.kind == "formula" and mark.number >= 0:
            taken = formulas.taken[mark.number]
            found = taken.offset if taken.is_block else positions.offset_of(mark, taken.written)
            if found is not None:
                positions.drawn["formula", mark.number] = found


def find_charts(charts: Charts, positions: Positions) -> None:
    """Find the place of each chart of a stretch of source."""
    for mark in positions.walk.marks:
        if mark.kind == "chart" and mark.number >= 0:
            positions.drawn["chart", mark.number] = charts.taken[mark.number].fence.offset


def formula_faults(formulas: Formulas, positions: Positions, language: str) -> Iterator[Diagnostic]:
    """Report what is wrong with the formulas of a stretch of source, each in its place."""
    for mark in positions.walk.marks:
        if mark.kind != "formula" or mark.number < 0:
            continue
        taken = formulas.taken[mark.number]
        start = positions.drawn.get(("formula", mark.number))
        for fault in read_formula(taken.latex, taken.is_block, language).faults:
            at = positions.near(mark)
            if start is not None:
                at = positions.places.locate(_inside(positions.text, start, taken, fault.offset))
            yield error(Code.BAD_FORMULA, fault.message, at, *filter(None, (fault.hint,)))


def unended(scan: Scan, places: Places) -> Iterator[Diagnostic]:
    """Report the first of the formulas that begin on a line of their own and do not end."""
    for offset in scan.unended[:1]:
        hint = "a formula has no blank line in it; \\$$ shows the dollars"
        message = "a formula begins here and does not end"
        yield error(Code.BAD_FORMULA, message, places.locate(offset), hint)


def _inside(text: str, start: int, taken: Taken, offset: int) -> int:
    """Give where in the text a character of the LaTeX stands, whatever begins the lines."""
    if offset < 0:
        return start
    here = start + (2 if text.startswith("$$", start) else 1)
    for char in taken.latex[:offset]:
        if not char.isspace():
            here = text.find(char, here) + 1
    found = text.find(taken.latex[offset : offset + 1], here)
    return found if found >= 0 else start
