"""Write the page numbers of an index, once it is known where everything stands.

`data-pages` lists what an entry leads to (`compose.index_places` says how). Here each page stands
once, and neighbouring pages are one range, so that this is no work for the style sheet; every
number is a link to the place that it came from.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape, unescape
from urllib.parse import unquote

from chapbook.typeset.folios import roman

LIST = re.compile(r'<span class="locators" data-pages="(?P<pages>[^"]*)"></span>')
UNKNOWN = "00"  # about as wide as a number will be
DASH = "\u2013"
MANY = 3  # so many pages in a row are written as a range

Numbers = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class End:
    """One end of what an entry leads to: its address, and how its number is written."""

    url: str
    is_roman: bool
    is_main: bool

    @property
    def anchor(self) -> str:
        """The name of the anchor."""
        return unquote(self.url.removeprefix("#"))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pages in a row, and the places that its first and its last number lead to."""

    first: int
    last: int
    start: End
    end: End

    @property
    def key(self) -> tuple[bool, int, int, bool]:
        """What stretches are sorted by: roman ones come first."""
        return not self.start.is_roman, self.first, self.last, not self.start.is_main


def fill_page_lists(html: str, numbers: Numbers) -> str:
    """Write the numbers where they are asked for; one that is not yet known has room kept."""
    return LIST.sub(lambda match: _write(match["pages"], numbers), html)


def listed_anchors(html: str) -> set[str]:
    """Give the names of all anchors whose pages are listed."""
    lists = (match["pages"] for match in LIST.finditer(html))
    return {end.anchor for pages in lists for ends in _read(pages) for end in ends}


def _read(pages: str) -> Iterator[tuple[End, End]]:
    for item in unescape(pages).split():
        first, _, last = item.partition("|")
        yield _end(first), _end(last or first)


def _end(written: str) -> End:
    flags, _, name = written.partition("#")
    return End(f"#{name}", "r" in flags, "m" in flags)


def _write(pages: str, numbers: Numbers) -> str:
    known, crossing, unknown = [], [], []
    for start, end in _read(pages):
        if start.anchor not in numbers or end.anchor not in numbers:
            unknown.append(_link(start, UNKNOWN))
            continue
        first, last = numbers[start.anchor], numbers[end.anchor]
        if first is None or last is None:
            continue
        if start.is_roman and not end.is_roman:
            crossing.append(Stretch(first, last, start, end))
        else:
            known.append(Stretch(first, max(first, last), start, end))
    written = [_range(one) for one in [*crossing, *merged(known)]] + unknown
    return f'<span class="locators">{", ".join(written)}</span>'


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Drop what stands twice, and make a range of pages that follow each other.

    Two pages are a range only where a stretch of text goes from one to the other.
    """
    ordered = sorted(stretches, key=lambda one: one.key)
    mains = {(s.start.is_roman, s.first): s for s in ordered if s.start.is_main}
    plain = [s for s in ordered if not s.start.is_main and not _is_said(s, mains)]
    found = [one for chain in _chains(plain) for one in _joined(chain)]
    kept = [s for s in ordered if s.start.is_main and mains[s.start.is_roman, s.first] is s]
    return sorted([*found, *kept], key=lambda one: one.key)


def _is_said(one: Stretch, mains: Mapping[tuple[bool, int], Stretch]) -> bool:
    return one.first == one.last and (one.start.is_roman, one.first) in mains


def _chains(stretches: Iterable[Stretch]) -> Iterator[list[Stretch]]:
    """Cut sorted stretches where one neither touches nor meets those before it."""
    chain: list[Stretch] = []
    for one in stretches:
        if chain and (
            one.start.is_roman != chain[0].start.is_roman
            or one.first > max(before.last for before in chain) + 1
        ):
            yield chain
            chain = []
        chain.append(one)
    if chain:
        yield chain


def _joined(chain: list[Stretch]) -> list[Stretch]:
    first, last = chain[0], max(chain, key=lambda one: one.last)
    is_range = any(one.last > one.first for one in chain)
    if is_range or last.last - first.first + 1 >= MANY:
        return [replace(first, last=last.last, end=last.end)]
    return list({one.first: one for one in reversed(chain)}.values())[::-1]


def _range(one: Stretch) -> str:
    start = _link(one.start, _number(one.first, one.start))
    if one.last == one.first and one.start.is_roman == one.end.is_roman:
        return start
    return f'<span class="range">{start}{DASH}{_link(one.end, _number(one.last, one.end))}</span>'


def _number(number: int, end: End) -> str:
    return roman(number) if end.is_roman and number > 0 else str(number)


def _link(end: End, words: str) -> str:
    kind = "locator main" if end.is_main else "locator"
    return f'<a class="{kind}" href="{escape(end.url)}">{words}</a>'
