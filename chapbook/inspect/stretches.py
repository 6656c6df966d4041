"""Cut the passages into stretches: words that stand together wherever they are set."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from chapbook.inspect.letters import GAP, RIGHT_TO_LEFT, SHAPED, UNSPACED, letters
from chapbook.inspect.sheet import PIECE, WORD
from chapbook.model import Kind, Passage

_SURE = 16


class Run(NamedTuple):
    """A run of letters found: on which sheet, from where to where."""

    sheet: int
    start: int
    end: int


@dataclass(slots=True)
class Stretch:
    """Words of a passage without a gap in them.

    `passage` counts the passages; `offset` is where `raw` begins in the passage's text. `window`
    are the sheets on which it must stand. `runs` is where it was found; from the letter `lost`
    on, `lost_letters` were not, and -1 means that nothing is missing. `moved` says that its words
    stand in another order. `closing` is the kind of edge at which it ends: it ends a piece unless
    a word of a shaped script follows.
    """

    passage: int
    kind: Kind
    offset: int
    raw: str
    letters: str
    window: range
    closing: int
    in_order: bool = True
    runs: list[Run] = field(default_factory=list)
    lost: int = -1
    lost_letters: int = 0
    moved: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether it is long enough not to stand in two places by chance."""
        return len(self.letters) >= _SURE

    @property
    def is_found(self) -> bool:
        """Whether all of it was found."""
        return bool(self.runs) and self.lost < 0

    @property
    def is_note(self) -> bool:
        """Whether it stands apart from the flow of the text."""
        return self.kind is Kind.NOTE

    def word_starts(self) -> list[int]:
        """Give where the letters of each word begin; a Japanese letter is a word."""
        starts = []
        at = 0
        for unit in self.raw.split():
            reduced = letters(unit)
            for index in range(len(reduced)):
                if index == 0 or UNSPACED.match(reduced, index):
                    starts.append(at + index)
            at += len(reduced)
        return starts

    def raw_from(self, first: int, count: int) -> tuple[int, str]:
        """Give the author's own writing of some letters, from the word in which they begin.

        The first value is its offset in the passage.
        """
        seen = 0
        start = end = len(self.raw)
        for index, character in enumerate(self.raw):
            width = len(letters(character))
            if width and seen <= first < seen + width:
                start = index
            seen += width
            if width and seen >= first + count:
                end = index + 1
                break
        while start and not self.raw[start - 1].isspace() and not UNSPACED.match(self.raw, start):
            start -= 1
        return self.offset + start, self.raw[start:end]


def cut(
    passages: Sequence[Passage], windows: Mapping[str, range], everywhere: range, shaped: bool
) -> Iterator[Stretch]:
    """Cut passages at their gaps, and at words of scripts that shaping changes.

    `windows` gives the sheets of each block that is known.
    """
    gap = re.compile(f"{GAP}+|{SHAPED.pattern}" if shaped else f"{GAP}+")
    for number, passage in enumerate(passages):
        if passage.kind is Kind.ALT:
            continue
        window = windows.get(passage.block, everywhere)
        is_plain = passage.text.isascii()  # so nothing in it is a gap, or shaped
        in_order = is_plain or not (shaped and RIGHT_TO_LEFT.search(passage.text))
        for offset, raw in ((0, passage.text),) if is_plain else _between(gap, passage.text):
            reduced = letters(raw)
            if reduced:
                cut_short = shaped and SHAPED.match(passage.text, offset + len(raw))
                closing = WORD if cut_short or not passage.block else PIECE
                yield Stretch(number, passage.kind, offset, raw, reduced, window, closing, in_order)


def _between(gaps: re.Pattern[str], text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for gap in gaps.finditer(text):
        if gap.start() > at:
            yield at, text[at : gap.start()]
        at = gap.end()
    if at < len(text):
        yield at, text[at:]
