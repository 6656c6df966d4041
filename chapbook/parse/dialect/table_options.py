"""What a table is told by an attribute list, below it or at its caption.

`{: .head-column }` makes heads of the first cells of its rows, `head-columns=2` of the first two;
`widths="3 1 1"` are its columns' shares of the width, `widths=dashes` those of the dashes below its
head; `align="left right"` is how its columns are aligned.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

from chapbook.diagnostics import Code
from chapbook.parse.dialect.directives import Directives
from chapbook.parse.marks import CAPTION, TABLE, WIDTH
from chapbook.parse.tree import classes, set_classes

DASHES = "data-dashes"
HEAD_COLUMN = "head-column"
OPTIONS = ("align", "head-columns", "widths")
SIDES = {"l": "left", "c": "center", "r": "right", "left": "left", "right": "right"}
SIDES |= {"center": "center", "centre": "center"}
NUMBER = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4})?%?")


class TableOptions(Treeprocessor):
    """Works before the words are read: what an author writes in HTML is no such table."""

    def __init__(self, directives: Directives) -> None:
        """Report among the findings of a file's directives."""
        super().__init__()
        self.directives = directives

    def run(self, root: Element) -> None:
        """Carry out the options of every table."""
        for parent in list(root.iter()):
            for place, table in enumerate(list(parent)):
                if TABLE in classes(table):
                    self._settle(table, _told(parent, place))

    def _settle(self, table: Element, told: Mapping[str, str]) -> None:
        set_classes(table, (name for name in classes(table) if name != TABLE))
        dashes = table.attrib.pop(DASHES, "")
        count = _width(table)
        _mark_inner(table, count)
        if "align" in told:
            self._align(table, told["align"], count)
        if "widths" in told:
            self._size(table, told["widths"], dashes, count)
        heads = told.get("head-columns", "0")
        if heads.isdecimal() and int(heads) < count:
            _head(table, int(heads))
        else:
            self._doubt("head-columns", heads, f"a table of {count} columns")

    def _align(self, table: Element, written: str, count: int) -> None:
        sides = [SIDES.get(word.lower()) for word in written.replace(",", " ").split()]
        if len(sides) != count or None in sides:
            self._doubt("align", written, f"{count} columns")
            return
        for column, cell in _placed(table):
            side = sides[column]
            if side and "colspan" not in cell.attrib:
                cell.set("align", side)

    def _size(self, table: Element, written: str, dashes: str, count: int) -> None:
        words = (dashes if written == "dashes" else written).replace(",", " ").split()
        shares = [float(word.rstrip("%")) for word in words if NUMBER.fullmatch(word)]
        if len(shares) != len(words) or len(shares) != count or not all(shares):
            self._doubt("widths", written, f"{count} columns")
            return
        group = Element("colgroup")
        for share in shares:
            percent = f"{100 * share / sum(shares):.2f}".rstrip("0").rstrip(".")
            group.append(Element("col", {"class": f"{WIDTH}{percent}"}))
        table.insert(0, group)

    def _doubt(self, name: str, written: str, of: str) -> None:
        message = f"{name}={written} does not fit {of}, and was passed over"
        hint = {
            "align": 'give each column left, center or right, as in align="left right"',
            "widths": 'give each column its share, as in widths="3 1 1", or write widths=dashes',
        }.get(name, "leave at least one column without a head")
        self.directives.report(Code.BAD_TABLE, message, written, hint)


def _told(parent: Element, place: int) -> Mapping[str, str]:
    """Take what a table and the captions beside it say of its form."""
    told: dict[str, str] = {}
    for element in (*_captions(parent, place), parent[place]):
        told |= {name: element.attrib.pop(name) for name in OPTIONS if name in element.attrib}
        if HEAD_COLUMN in classes(element):
            set_classes(element, (name for name in classes(element) if name != HEAD_COLUMN))
            told.setdefault("head-columns", "1")
    return told


def _captions(parent: Element, place: int) -> list[Element]:
    """Give the captions of a table: the one below it, and the one above that has no other."""
    places = [place + 1]
    if place < 2 or parent[place - 2].tag != "table":
        places.append(place - 1)
    around = [parent[n] for n in places if 0 <= n < len(parent)]
    return [one for one in around if any(name.startswith(CAPTION) for name in classes(one))]


def _width(table: Element) -> int:
    """Count the columns."""
    first = next(table.iter("tr"), ())
    return sum(int(cell.get("colspan", "1")) for cell in first)


def _placed(table: Element) -> Iterator[tuple[int, Element]]:
    """Give every cell with the column that it begins in."""
    for group in table:
        yield from _placed_in(list(group))


def _placed_in(rows: Sequence[Element]) -> Iterator[tuple[int, Element]]:
    taken: set[tuple[int, int]] = set()
    for place, row in enumerate(rows):
        column = 0
        for cell in row:
            while (place, column) in taken:
                column += 1
            yield column, cell
            width, height = int(cell.get("colspan", "1")), int(cell.get("rowspan", "1"))
            taken |= {(place + y, column + x) for y in range(height) for x in range(width)}


def _mark_inner(table: Element, count: int) -> None:
    """Mark the cells that end their row but not the table: one from above stands beside them."""
    lasts = {id(row[-1]) for row in table.iter("tr") if len(row)}
    for column, cell in _placed(table):
        if id(cell) in lasts and column + int(cell.get("colspan", "1")) < count:
            set_classes(cell, [*classes(cell), "inner"])


def _head(table: Element, count: int) -> None:
    """Make heads of the cells in the first columns of a table's body."""
    for column, cell in _placed(table):
        if column < count and cell.tag == "td":
            cell.tag = "th"
            cell.set("scope", "row")
