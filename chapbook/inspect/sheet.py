"""What can be read on a page, or in a document of an e-book, and is not yet accounted for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from chapbook.inspect.letters import (
    PIECE_END,
    REORDERED,
    RIGHT_TO_LEFT,
    SHAPED,
    UNSPACED,
    base_letters,
    spaced_letters,
)

TAKEN = "\0"
WORD, PIECE = 1, 2


class Fit(NamedTuple):
    """At what kind of edge a run must begin, break off, and end where it is all that is sought."""

    opening: int
    inner: int
    closing: int


ANY_WORD = Fit(WORD, WORD, WORD)


@dataclass(slots=True)
class Sheet:
    """The letters of one page in the order in which they were drawn.

    What a passage has been found in is `TAKEN`, so that no letter stands for two. `edges` has
    `WORD` before each letter at which a word may begin or end, and `PIECE` where a piece drawn
    at once does; a block always fills its pieces. `scattered` counts the letters of right-to-left
    scripts, and `reordered` says how many there are of those that shaping moves.
    """

    name: str
    text: str
    edges: bytes
    scattered: Counter[str]
    reordered: int

    def find(self, sought: str, closing: int, start: int = 0, end: int | None = None) -> int:
        """Give where `sought` stands as whole words between two offsets, or -1."""
        end = len(self.text) if end is None else end
        at = self.text.find(sought, start, end)
        while at >= 0 and not (self.edges[at] and self.edges[at + len(sought)] >= closing):
            at = self.text.find(sought, at + 1, end)
        return at

    def take(self, start: int, end: int) -> None:
        """Account for the letters between two offsets."""
        self.text = self.text[:start] + TAKEN * (end - start) + self.text[end:]

    def give_back(self, start: int, text: str) -> None:
        """Undo a taking."""
        self.text = self.text[:start] + text + self.text[start + len(text) :]

    def longest_run(self, sought: str, start: int, fit: Fit) -> tuple[int, int]:
        """Find the longest beginning of `sought` that stands at or after `start`.

        Gives its place and length, length 0 for none.
        """
        best = (-1, 0)
        for width in (4, 1):
            key = sought[:width]
            at = self.text.find(key, start)
            while at >= 0:
                length = self._run_at(at, sought, fit) if self.edges[at] >= fit.opening else 0
                best = (at, length) if length > best[1] else best
                at = self.text.find(key, at + 1)
            if best[1]:
                break
        return best

    def _run_at(self, at: int, sought: str, fit: Fit) -> int:
        low, high = 0, min(len(sought), len(self.text) - at)
        while low < high:
            middle = (low + high + 1) // 2
            if self.text.startswith(sought[:middle], at):
                low = middle
            else:
                high = middle - 1
        if low == len(sought) and self.edges[at + low] >= fit.closing:
            return low
        ends = [
            self.edges.rfind(edge, at + 1, at + low + 1) for edge in range(fit.inner, PIECE + 1)
        ]
        return max(max(ends) - at, 0)

    def is_taken(self, start: int, end: int) -> bool:
        """Whether all between two offsets is accounted for."""
        return not self.text[start:end].strip(TAKEN)


def make_sheet(name: str, pieces: Iterable[str], shaped: bool = True) -> Sheet:
    """Gather the pieces of text of a page, in the order in which they are drawn, into a sheet.

    Where they are `shaped`, as on a page, the scripts that shaping changes are counted apart.
    """
    text = PIECE_END.join(pieces)
    apart = "".join(SHAPED.findall(text)) if shaped else ""
    if apart:
        text = SHAPED.sub(" ", text)
    drawn = [piece.split() for piece in spaced_letters(text).split(PIECE_END)]
    scattered = Counter(base_letters("".join(RIGHT_TO_LEFT.findall(apart))))
    reordered = len(REORDERED.findall(apart))
    letters = "".join(word for piece in drawn for word in piece)
    return Sheet(name, letters, _edges(drawn), scattered, reordered)


def _edges(pieces: list[list[str]]) -> bytes:
    edges = bytearray(sum(len(word) for piece in pieces for word in piece) + 1)
    at = 0
    edges[0] = PIECE
    for piece in pieces:
        for word in piece:
            if not word.isascii():
                for run in UNSPACED.finditer(word):
                    for index in range(at + run.start(), at + run.end() + 1):
                        edges[index] = edges[index] or WORD
            at += len(word)
            edges[at] = WORD
        edges[at] = PIECE
    return bytes(edges)
