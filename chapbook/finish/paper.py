"""Read the laid-out text as paper shows it: links lead nowhere there."""

from dataclasses import replace

from chapbook.laid import Hotspot, LaidElement


def without_hotspots(element: LaidElement) -> LaidElement:
    """Give an element without the areas of its links."""
    kids = tuple(
        without_hotspots(kid) if isinstance(kid, LaidElement) else kid
        for kid in element.kids
        if not isinstance(kid, Hotspot)
    )
    return replace(element, kids=kids)
