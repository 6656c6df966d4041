"""Tables: heads of several lines, cells that reach over others, an attribute list below.

A cell that holds just `<<` belongs to the cell on its left, one with `^^` to the cell above it.
"""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.tables import TableProcessor

from chapbook.diagnostics import Code
from chapbook.parse.dialect.attributes import LIST, assign
from chapbook.parse.dialect.context import Context
from chapbook.parse.dialect.lines import TABLE_NOTE, head_lines
from chapbook.parse.dialect.table_options import DASHES, TableOptions
from chapbook.parse.marks import TABLE
from chapbook.parse.marks import TABLE_NOTE as NOTE
from chapbook.parse.tree import classes, set_classes

LEFT, ABOVE = "<<", "^^"
ATTRIBUTES = re.compile(rf"[ ]*{LIST}[ ]*$")
BELOW = re.compile(rf"\s*{LIST}\s*$")

Grid = list[list[Element]]


class Tables(TableProcessor):
    """Makes a `<table>` with its spans; what else its attributes ask for is done later."""

    def __init__(self, markdown: Markdown, context: Context) -> None:
        """Work for the file of `context`."""
        super().__init__(markdown.parser, {"use_align_attribute": True})
        self.directives = context.directives

    def test(self, parent: Element, block: str) -> bool:
        """Whether this block is one of ours: every line of its head has as many cells."""
        lines = [line.strip(" ") for line in block.split("\n")]
        heads = head_lines(lines)
        if not heads or not super().test(parent, "\n".join([lines[0], *lines[heads:]])):
            return False
        rows = [self._split_row(line) for line in lines[:heads]]  # type: ignore[attr-defined]
        return all(len(row) == len(self.separator) for row in rows)

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Take the block and make its element."""
        lines = [line.strip(" ") for line in blocks[0].split("\n")]
        written = ATTRIBUTES.fullmatch(lines[-1])
        lines = lines[:-1] if written else lines
        heads = head_lines(lines)
        blocks[0] = "\n".join([lines[0], lines[heads]])
        super().run(parent, blocks)
        table = parent[-1]
        align = [cell.get("align") for cell in table[0][0]]
        for group, rows in ((table[0], lines[:heads]), (table[1], lines[heads + 1 :])):
            self._fill(group, rows, align)
        table.set("class", TABLE)
        assign(table, written[1] if written else "")
        table.set(DASHES, " ".join(str(part.count("-")) for part in self.separator))

    def _fill(self, group: Element, rows: list[str], align: Sequence[str | None]) -> None:
        if rows:
            group[:] = []
        for row in rows:
            self._build_row(row, group, align)  # type: ignore[attr-defined]
        for place in join_cells(group):
            self._report(rows[place])

    def _report(self, row: str) -> None:
        """Report a mark that joins nothing."""
        message = f"“{LEFT}” or “{ABOVE}” joins no cell here, and stays text"
        hint = "cells that are joined must make a rectangle with the one they belong to"
        self.directives.report(Code.BAD_TABLE, message, row, hint)


class TableNotes(BlockProcessor):
    """Marks a paragraph `Table note: …`; whether it stands below a table is seen later."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        """Whether this block is one of ours."""
        return TABLE_NOTE.match(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Take the block and make its element."""
        block = blocks.pop(0)
        note = SubElement(parent, "p")
        match = BELOW.search(block)
        if match:
            assign(note, match[1])
            block = block[: match.start()]
        set_classes(note, [NOTE, *classes(note)])
        note.text = TABLE_NOTE.sub("", block, count=1)


def join_cells(group: Element) -> list[int]:
    """Join the cells of a head or a body by their marks; give the rows whose marks join nothing."""
    grid: Grid = [list(row) for row in group]
    owners: Grid = [list(row) for row in group]
    faults: list[int] = []
    for place, row in enumerate(grid):
        for column, cell in enumerate(row):
            mark = (cell.text or "").strip()
            if mark == LEFT and column:
                owners[place][column] = owners[place][column - 1]
            elif mark == ABOVE and place:
                owners[place][column] = owners[place - 1][column]
            elif mark in (LEFT, ABOVE):
                faults.append(place)
    for owner, places in _reaches(owners).items():
        faults += _reach(group, grid, owner, places)
    return sorted(set(faults))


def _reaches(owners: Grid) -> dict[Element, list[tuple[int, int]]]:
    """Give the places that each cell with more than its own reaches over."""
    reaches: dict[Element, list[tuple[int, int]]] = {}
    for place, row in enumerate(owners):
        for column, owner in enumerate(row):
            reaches.setdefault(owner, []).append((place, column))
    return {owner: places for owner, places in reaches.items() if len(places) > 1}


def _reach(group: Element, grid: Grid, owner: Element, places: list[tuple[int, int]]) -> list[int]:
    """Let a cell reach over places that make a rectangle; else give the row of the first mark."""
    rows, columns = ([pair[axis] for pair in places] for axis in (0, 1))
    height, width = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
    others = [(row, column) for row, column in places if grid[row][column] is not owner]
    if height * width != len(places):
        return [others[0][0]]
    for row, column in others:
        group[row].remove(grid[row][column])
    if width > 1:
        owner.set("colspan", str(width))
    if height > 1:
        owner.set("rowspan", str(height))
    return []


class TablesExtension(Extension):
    """Replaces the tables of Python-Markdown."""

    def __init__(self, context: Context) -> None:
        """Work for the file of `context`."""
        super().__init__()
        self.context = context

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds, the options before the words are read (20)."""
        if "|" not in md.ESCAPED_CHARS:
            md.ESCAPED_CHARS.append("|")
        md.parser.blockprocessors.register(Tables(md, self.context), "table", 75)
        md.parser.blockprocessors.register(TableNotes(md.parser), "table_notes", 79)
        md.treeprocessors.register(TableOptions(self.context.directives), "table_options", 23)
