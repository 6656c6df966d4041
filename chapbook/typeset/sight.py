"""Settle which references leave their page out, since what they refer to is in sight.

That is where it stands on the same page, or on the one that faces it in the open book. Leaving a
page out may move the text, and the text what is in sight. So a reference whose page had to be
shown again shows it for good, and after some rounds no other is left out: it comes to rest, and
no page is missing where it is needed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from chapbook.laid import LaidChapter
from chapbook.typeset.standing import Standing

MOST_ROUNDS = 4

Near = tuple[int, ...]  # references of a chapter, by their place among them


@dataclass(slots=True)
class Sight:
    """Knows which references have their page left out; the rest is as they have been before."""

    left_out: dict[int, set[int]] = field(default_factory=dict)
    for_good: set[tuple[int, int]] = field(default_factory=set)
    rounds: int = 0

    def look(self, chapters: Sequence[LaidChapter], standings: Sequence[Standing]) -> list[Near]:
        """Give, for each chapter as it now stands, the references that are to leave theirs out."""
        self.rounds += 1
        if any(chapter.references for chapter in chapters):
            sides = _sides_of_anchors(chapters, standings)
            for place, (chapter, first) in enumerate(
                zip(chapters, first_sides(chapters, standings), strict=True)
            ):
                self._look(place, chapter, first, sides)
        return [tuple(sorted(self.left_out.get(place, ()))) for place in range(len(chapters))]

    def _look(self, place: int, chapter: LaidChapter, first: int, sides: Mapping[str, int]) -> None:
        out = self.left_out.setdefault(place, set())
        for number, side in _sides_of_references(chapter, first).items():
            there = sides.get(chapter.references[number])
            is_in_sight = there is not None and faces(side, there)
            is_free = self.rounds <= MOST_ROUNDS and (place, number) not in self.for_good
            if number in out and not is_in_sight:
                out.discard(number)
                self.for_good.add((place, number))
            elif is_in_sight and is_free:
                out.add(number)


def faces(one: int, other: int) -> bool:
    """Whether two sides, counted from 1, are one, or face each other in an open book."""
    return one // 2 == other // 2


def first_sides(chapters: Sequence[LaidChapter], standings: Sequence[Standing]) -> Iterator[int]:
    """Give the side on which each chapter begins, counted from 1 through the book."""
    side = 1
    for chapter, standing in zip(chapters, standings, strict=True):
        side += 0 if standing.blank is None else 1
        yield side
        side += len(chapter.pages)


def _sides_of_anchors(
    chapters: Sequence[LaidChapter], standings: Sequence[Standing]
) -> Mapping[str, int]:
    sides: dict[str, int] = {}
    for chapter, first in zip(chapters, first_sides(chapters, standings), strict=True):
        for side, page in enumerate(chapter.pages, first):
            for anchor in page.anchors:
                sides.setdefault(anchor, side)
    return sides


def _sides_of_references(chapter: LaidChapter, first: int) -> Mapping[int, int]:
    """Give the side on which each reference ends."""
    return {n: side for side, page in enumerate(chapter.pages, first) for n in page.references}
