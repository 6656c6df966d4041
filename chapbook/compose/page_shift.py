"""Find the beginnings of printed pages again in an edition that shows other words.

A page start counts signs and pictures as the printed edition has them. Where some stand in one of
the two editions alone, the counts differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from chapbook.compose.fragments import texts_of
from chapbook.compose.markup import classes, parse_fragment
from chapbook.compose.page_breaks import PICTURES
from chapbook.compose.signs import NO_SIGN, UNCOUNTED
from chapbook.conditions import CLASS, editions_of, shown_as
from chapbook.laid import PageStart, PrintedPages
from chapbook.model import Book, Division
from chapbook.settings import Edition


def shift_pages(pages: PrintedPages | None, book: Book, edition: Edition) -> PrintedPages | None:
    """Give the page starts as an edition of the book counts them."""
    if pages is None:
        return None
    printed = shown_as(pages.edition)
    counts = {
        division.id: _Counts(division, printed, edition)
        for division in book.divisions
        if any(CLASS in text for text in texts_of(division))
    }
    if not counts:
        return pages
    shifted = tuple(
        (label, counts[start.section].shift(start) if start.section in counts else start)
        for label, start in pages.pages
    )
    return replace(pages, pages=shifted)


@dataclass(slots=True)
class _Block:
    """The signs of a block in runs: how many, and whether each edition shows them."""

    is_here: bool
    runs: list[tuple[int, bool, bool]] = field(default_factory=list)


class _Counts:
    """What one division shows in the printed edition and in this one."""

    def __init__(self, division: Division, printed: Edition, edition: Edition) -> None:
        self._editions = printed, edition
        self._blocks: dict[str, _Block] = {}
        self._pictures: list[tuple[bool, bool]] = []
        self._before = f"{division.id}:"
        for text in (division.title_xhtml, division.xhtml):
            block = "title" if text is division.title_xhtml else ""
            self._read(parse_fragment(text), block, True, True)

    def _read(self, element: Element, block: str, in_print: bool, is_here: bool) -> None:
        self._add(block, element.text, in_print, is_here)
        for child in element:
            editions = editions_of(classes(child))
            printed, here = (
                (e in editions) if editions is not None else True for e in self._editions
            )
            shown = in_print and printed, is_here and here
            name = child.get("data-block") or block
            if child.tag in PICTURES:
                self._pictures.append(shown)
            elif name != block:
                self._blocks.setdefault(name, _Block(shown[1]))
            if child.tag not in UNCOUNTED and "data-note" not in child.attrib:
                self._read(child, name, *shown)
            self._add(block, child.tail, in_print, is_here)

    def _add(self, block: str, text: str | None, in_print: bool, is_here: bool) -> None:
        if text and (count := len(NO_SIGN.sub("", text))):
            known = self._blocks.setdefault(block, _Block(is_here))
            known.runs.append((count, in_print, is_here))

    def shift(self, start: PageStart) -> PageStart:
        """Give a page start as this edition counts."""
        start = replace(start, next_block=self._kept(start.next_block))
        if start.picture:
            number = self._picture(start.picture)
            return replace(start, picture=number, block="" if number else start.next_block)
        if not start.block:
            return start
        block = self._blocks.get(start.block.removeprefix(self._before))
        if block is None:
            return start
        if not block.is_here:
            return replace(start, block=self._kept(start.block), before=0)
        return replace(start, before=_shifted(block, start.before))

    def _kept(self, name: str) -> str:
        """Give a block, or the next one that is here where it is not."""
        bare = name.removeprefix(self._before)
        if bare not in self._blocks:
            return name
        names = iter(self._blocks)
        later = [bare, *_after(names, bare)]
        found = next((each for each in later if self._blocks[each].is_here), bare)
        return self._before + found

    def _picture(self, number: int) -> int:
        """Give the number here of a printed picture, 0 where it is not here."""
        printed = [place for place, shown in enumerate(self._pictures) if shown[0]]
        if number > len(printed):
            return number
        place = printed[number - 1]
        here = sum(shown[1] for shown in self._pictures[: place + 1])
        return here if self._pictures[place][1] else 0


def _shifted(block: _Block, before: int) -> int:
    """Count the signs of this edition that stand before the printed one of that number."""
    here = 0
    for count, in_print, is_here in block.runs:
        if in_print and before < count:
            return here + (before if is_here else 0)
        before -= count if in_print else 0
        here += count if is_here else 0
    return here


def _after(names: Iterator[str], name: str) -> Iterator[str]:
    for each in names:
        if each == name:
            break
    yield from names
