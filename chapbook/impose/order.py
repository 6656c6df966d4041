"""Which pages share a side of a sheet: the arithmetic of folding and of cutting.

A side is read from left to right, from the top row to the last; a back as it is seen when the
sheet is turned like the page of a book.
"""

from collections.abc import Iterator
from typing import NamedTuple


class Sides(NamedTuple):
    """The pages of the two sides of a sheet, and where the sheet belongs."""

    gathering: int
    depth: int
    front: tuple[int, ...]
    back: tuple[int, ...]


def padded(pages: int, portion: int) -> int:
    """Round a number of pages up to what a whole number of sheets holds."""
    return max(-(-pages // portion), 1) * portion


def folded(pages: int, signature: int, right_to_left: bool) -> Iterator[Sides]:
    """Fold sheets of four pages into gatherings of `signature` pages, the last perhaps thinner.

    In a gathering from page a to page z the sheet at depth d, which is 0 outermost, has z - 2d
    and a + 2d on its front, a + 2d + 1 and z - 2d - 1 on its back.
    """
    for gathering, start in enumerate(range(0, pages, signature)):
        first, last = start + 1, min(start + signature, pages)
        for depth in range((last - start) // 4):
            outer, inner = first + 2 * depth, last - 2 * depth
            front, back = (inner, outer), (outer + 1, inner - 1)
            if right_to_left:
                front, back = front[::-1], back[::-1]
            yield Sides(gathering, depth, front, back)


def stacked(pages: int, columns: int, rows: int, right_to_left: bool) -> Iterator[Sides]:
    """Lay leaves so that the piles, cut apart and laid on each other in reading order, follow on.

    The pile of page 1 comes to lie on top. Leaf n, from 0, bears the pages 2n + 1 and 2n + 2.
    """
    height = pages // (2 * columns * rows)
    for depth in range(height):
        front: list[int] = []
        back: list[int] = []
        for row in range(rows):
            piles = [row * columns + column for column in range(columns)]
            if right_to_left:
                piles.reverse()
            front += (2 * (pile * height + depth) + 1 for pile in piles)
            back += (2 * (pile * height + depth) + 2 for pile in reversed(piles))
        yield Sides(0, depth, tuple(front), tuple(back))
