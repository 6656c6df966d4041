"""Align once more, with care, where words seem lost.

The quick way takes the nearest place from which two texts run alike again. Where what was put in
resembles what follows, as a caption and the heading after it, that is the wrong place. Here all
ways through a small stretch are weighed, and the one that loses the least is taken.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import pairwise

from chapbook.parse.letters import Letters

AROUND = 300
# So many stretches, and so many pairs of words in each: what is truly lost must not cost more.
MOST, LARGEST = 40, 400_000
# What a letter is worth: all that was made comes from somewhere, sooner from what is visible.
VISIBLE, HIDDEN = 1001, 1000
# From here on each sign is a word.
CJK = "\u2e80"

Token = tuple[str, int, int]  # its letters, its first index, what it is worth


class Realigner:
    """Mends the alignment of one text in place."""

    def __init__(
        self,
        source: Letters,
        made: str,
        starts: bytes,
        origin: "array[int]",
        shown: bytearray,
    ) -> None:
        """Mend `origin` and `shown`, as `align` makes them."""
        self.source, self.made, self.starts = source, made, starts
        self.origin, self.shown = origin, shown

    def mend(self) -> bool:
        """Say whether anything was mended."""
        stretches = list(self._stretches())
        if not stretches:
            return False
        known = array("l", (k for k, place in enumerate(self.origin) if place >= 0))
        places = array("l", (self.origin[k] for k in known))
        if any(a > b for a, b in pairwise(places)):
            return False
        return any([self._stretch(first, last, known, places) for first, last in stretches])

    def _stretches(self) -> Iterator[tuple[int, int]]:
        """Give the stretches of the source in which letters seem lost, the first of them alone."""
        size = len(self.shown)
        hidden, shown = (
            int.from_bytes(each, "little") for each in (self.source.hidden, self.shown)
        )
        accounted = (hidden | shown).to_bytes(size, "little")
        first = accounted.find(0)
        for _ in range(MOST):
            if first < 0:
                return
            last = first
            while (after := accounted.find(0, last + 1, last + AROUND)) >= 0:
                last = after
            yield max(first - AROUND, 0), min(last + AROUND, size)
            first = accounted.find(0, last + 1)

    def _stretch(self, first: int, last: int, known: "array[int]", places: "array[int]") -> bool:
        low, high = bisect_left(places, first), bisect_left(places, last)
        start = known[low - 1] + 1 if low else 0
        end = known[high] if high < len(known) else len(self.made)
        # What is aligned outside keeps its letters.
        first = max(first, places[low - 1] + 1 if low else 0)
        written = list(self._written(first, last))
        shown = list(self._shown(start, end))
        if len(written) * len(shown) > LARGEST:
            return False
        pairs = _best(written, shown)
        found = sum(len(written[i][0]) for i, _ in pairs if not self.source.hidden[written[i][1]])
        before = sum(1 for i in range(first, last) if self.shown[i] and not self.source.hidden[i])
        if found <= before:
            return False
        self.origin[start:end] = array("l", [-1]) * (end - start)
        self.shown[first:last] = bytes(last - first)
        for i, k in pairs:
            (word, place, _), (_, target, _) = written[i], shown[k]
            self.origin[target : target + len(word)] = array("l", range(place, place + len(word)))
            self.shown[place : place + len(word)] = b"\x01" * len(word)
        return True

    def _written(self, first: int, last: int) -> Iterator[Token]:
        text, places, hidden = self.source.text, self.source.places, self.source.hidden

        def parts(i: int) -> bool:
            return places[i] != places[i - 1] + 1 or hidden[i] != hidden[i - 1]

        for start, end in _words(text, first, last, parts):
            worth = (end - start) * (HIDDEN if hidden[start] else VISIBLE)
            yield text[start:end], start, worth

    def _shown(self, first: int, last: int) -> Iterator[Token]:
        for start, end in _words(self.made, first, last, lambda i: bool(self.starts[i])):
            yield self.made[start:end], start, 0


def _words(
    text: str, first: int, last: int, parts: Callable[[int], bool]
) -> Iterator[tuple[int, int]]:
    start = first
    for i in range(first + 1, last + 1):
        if i == last or parts(i) or text[i] >= CJK or text[i - 1] >= CJK:
            if start < i:
                yield start, i
            start = i


def _best(written: list[Token], shown: list[Token]) -> list[tuple[int, int]]:
    """Pair equal words in order so that they are worth the most."""
    width = len(shown) + 1
    rows = [array("l", [0]) * width for _ in range(len(written) + 1)]
    for i in range(len(written) - 1, -1, -1):
        word, _, worth = written[i]
        row, below = rows[i], rows[i + 1]
        for k in range(width - 2, -1, -1):
            best = below[k] if below[k] >= row[k + 1] else row[k + 1]
            if shown[k][0] == word and below[k + 1] + worth > best:
                best = below[k + 1] + worth
            row[k] = best
    pairs = []
    i = k = 0
    while i < len(written) and k < len(shown):
        word, _, worth = written[i]
        if shown[k][0] == word and rows[i][k] == rows[i + 1][k + 1] + worth:
            pairs.append((i, k))
            i, k = i + 1, k + 1
        elif rows[i][k] == rows[i + 1][k]:
            i += 1
        else:
            k += 1
    return pairs
