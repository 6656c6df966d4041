"""Read the laid-out text without the areas of links that lead nowhere, as all do on paper."""

from collections.abc import Container
from dataclasses import replace

from chapbook.laid import Hotspot, LaidElement


def without_hotspots(
    element: LaidElement, kept: Container[tuple[int, int]] = frozenset()
) -> LaidElement:
    """Give an element with only those hotspots whose page and number are among the `kept`."""
    kids = tuple(
        without_hotspots(kid, kept) if isinstance(kid, LaidElement) else kid
        for kid in element.kids
        if not isinstance(kid, Hotspot) or (kid.page, kid.number) in kept
    )
    return replace(element, kids=kids)
