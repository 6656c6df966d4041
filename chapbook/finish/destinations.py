"""The places that links and outlines lead to, by name (ISO 32000-1, 12.3.2.3)."""

from collections.abc import Iterable, Mapping, Sequence

from chapbook.finish.name_tree import write_name_tree
from chapbook.finish.syntax import number, text
from chapbook.finish.volume import Volume
from chapbook.laid import LaidPage


def destination(page: int, x: float, y: float) -> bytes:
    """Write a place on a page, which is shown at the size that it is shown at already."""
    return b"[%d 0 R/XYZ %b %b 0]" % (page, number(round(x, 3)), number(round(y, 3)))


def destinations_of(
    pages: Sequence[LaidPage], numbers: Sequence[int], shifts: Sequence[float]
) -> dict[str, bytes]:
    """Give the place of each anchor; where two have one name, the first has it."""
    found: dict[str, bytes] = {}
    for page, own, shift in zip(pages, numbers, shifts, strict=True):
        for name, (x, y) in page.anchors.items():
            if name not in found:
                found[name] = destination(own, x + shift, y)
    return found


def write_destinations(
    volume: Volume, chapters: Iterable[Mapping[str, bytes]], is_wide: bool
) -> int:
    """Write the destinations of all chapters; give the number of the object, 0 for none."""
    found: dict[str, bytes] = {}
    for chapter in reversed(list(chapters)):
        found.update(chapter)
    return write_name_tree(volume, [(text(name, is_wide), found[name]) for name in sorted(found)])
