"""The numbers of the objects of one chapter: a slot in the file, kept from edit to edit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import accumulate

SLOT = 256
# What every file has once, by the same number.
CATALOG, PAGES, INFO, FONTS, STRUCTURE, DOCUMENT, PARENTS, FIRST_PICTURE = range(1, 9)


class Kind(IntEnum):
    """The kinds of objects in a chapter, in the order of their numbers."""

    PAGE = 0
    NODE = 1
    RESOURCES = 2
    PART = 3
    PATTERN = 4
    LINK = 5
    TAG = 6
    OWNERS = 7
    PARENTS = 8
    PACKET = 9


def end_of_slot(start: int, size: int) -> int:
    """Give the end of a slot: room is left, so that an edit seldom moves the chapters behind."""
    return -(-(start + size * 9 // 8) // SLOT) * SLOT


@dataclass(frozen=True, slots=True)
class Numbers:
    """Says which number each object of a chapter has.

    `counts` are by `Kind`. `fonts` is the part that stands for the fonts of the file, `pictures`
    gives the numbers of those parts that are drawn in other chapters as well.
    """

    base: int
    counts: Sequence[int]
    fonts: int
    pictures: Mapping[int, int] = field(default_factory=dict)
    _starts: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Count the kinds through."""
        object.__setattr__(self, "_starts", tuple(accumulate(self.counts, initial=self.base)))

    def first(self, kind: Kind) -> int:
        """Give the number of the first object of a kind."""
        return self._starts[kind]

    def page(self, page: int) -> int:
        """Give the number of a page of the chapter, which counts from 1."""
        return self.base + page - 1

    def part(self, part: int) -> int:
        """Give the number of a part of the drawing."""
        if part == self.fonts:
            return FONTS
        return self.pictures.get(part) or self._starts[Kind.PART] + part - 1
