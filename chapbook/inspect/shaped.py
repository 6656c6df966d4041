"""Account for scripts whose letters a PDF keeps in another order than the author's.

Right-to-left letters are counted one by one. Where shaping joins and moves letters (the scripts
of India and South-East Asia) a PDF does not even keep which they were, so there only their
number tells: a passage of which half is missing is lost.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chapbook.inspect.letters import REORDERED, RIGHT_TO_LEFT, SHAPED, base_letters
from chapbook.inspect.sheet import Sheet

_HALF = 0.5


@dataclass(frozen=True, slots=True)
class ShapedLoss:
    """Shaped words of a passage that are missing: where they begin in its text, and the words."""

    offset: int
    words: str


def lost_shaped(text: str, sheets: Sequence[Sheet]) -> ShapedLoss | None:
    """Take a passage's shaped words from its sheets; give the first that is not there."""
    reordered = len(REORDERED.findall(text))
    if reordered and _take_number(reordered, sheets) < reordered * _HALF:
        first = REORDERED.search(text)
        assert first is not None
        return ShapedLoss(first.start(), text[first.start() :])
    for offset, word in _right_to_left(text):
        if not _take_letters(Counter(base_letters(word)), sheets):
            return ShapedLoss(offset, text[offset:])
    return None


def _right_to_left(text: str) -> Iterator[tuple[int, str]]:
    for found in SHAPED.finditer(text):
        if RIGHT_TO_LEFT.match(found.group()):
            yield found.start(), found.group()


def _take_number(wanted: int, sheets: Sequence[Sheet]) -> int:
    taken = 0
    for sheet in sheets:
        part = min(sheet.reordered, wanted - taken)
        sheet.reordered -= part
        taken += part
    return taken


def _take_letters(wanted: Counter[str], sheets: Sequence[Sheet]) -> bool:
    for sheet in sheets:
        part = wanted & sheet.scattered
        sheet.scattered -= part
        wanted -= part
    return not wanted
