"""How large a text can be set, reckoned before it is laid out.

The widths are those of the house's faces, rounded up: what is said to fit does. A point is 1/72
inch, other lengths are millimetres.
"""

from collections.abc import Sequence
from math import ceil

from chapbook.cover.spine import is_square

POINTS = 72 / 25.4


def ems(text: str) -> float:
    """Give about how wide a text is set on one line, in ems."""
    return sum(_em(sign) for sign in text)


def _em(sign: str) -> float:
    if is_square(sign):
        return 1.0
    if sign.isspace() or sign in ".,;:!|'’ijltfI()":  # noqa: RUF001
        return 0.33
    if sign.isupper():
        return 0.88 if sign in "MWŒÆ" else 0.7
    return 0.86 if sign in "mwœæ" else 0.54


def lines(text: str, size: float, measure: float) -> int:
    """Give how many lines a text takes in type of `size` points, `measure` millimetres wide."""
    per_line = measure * POINTS / size
    count, used = 1, 0.0
    for word in _words(text):
        wide = ems(word)
        if used and used + wide > per_line:
            count, used = count + 1, 0.0
        used += wide
        if used > per_line:
            count += ceil(used / per_line) - 1
            used %= per_line
        used += 0.26 if not is_square(word[-1]) else 0
    return count


def _words(text: str) -> list[str]:
    """Part a text where a line may end."""
    spaced = "".join(f" {sign} " if is_square(sign) else sign for sign in text)
    return spaced.split() or [" "]


def longest_word(text: str) -> float:
    """Give about how wide the widest word is, in ems."""
    return max(ems(word) for word in _words(text))


def largest(
    text: str, sizes: Sequence[float], measure: float, height: float, leading: float
) -> float | None:
    """Give the largest of `sizes` in which a text fits an area, no word broken; None if none does.

    `leading` is the distance of lines as a multiple of the size.
    """
    for size in sizes:
        high = lines(text, size, measure) * size * leading / POINTS
        if high <= height and longest_word(text) * size / POINTS <= measure:
            return size
    return None


def largest_of_paragraphs(
    paragraphs: Sequence[str], sizes: Sequence[float], measure: float, height: float, leading: float
) -> float | None:
    """Do so for paragraphs that are half a line apart."""
    for size in sizes:
        count = sum(lines(text, size, measure) for text in paragraphs)
        count_with_gaps = count + 0.5 * max(len(paragraphs) - 1, 0)
        if count_with_gaps * size * leading / POINTS <= height:
            return size
    return None
