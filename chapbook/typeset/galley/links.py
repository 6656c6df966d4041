"""Tidy the links of the laid-out pages before they are drawn, and join notes to their calls."""

from collections.abc import Sequence
from typing import Any

from chapbook.typeset.galley.boxes import Box, walk

Rectangle = tuple[float, float, float, float]  # left, top, right, bottom, in CSS pixels


def tidy_links(pages: Sequence[Any]) -> None:
    """Leave one area where an element inside a link made a second one; link the notes."""
    _link_notes(pages)
    for page in pages:
        page.links[:] = _without_nested(page.links)


def _without_nested(links: list[Any]) -> list[Any]:
    kept: list[Any] = []
    for link in links:
        kind, target, area, _ = link
        if not any(
            (kind, target) == other[:2] and _covers(other[2], area) for other in reversed(kept)
        ):
            kept.append(link)
    return kept


def _covers(outer: Rectangle, inner: Rectangle) -> bool:
    """Whether one area holds another along the line; a smaller face may stand out above it."""
    left, top, right, bottom = inner
    shared = min(bottom, outer[3]) - max(top, outer[1])
    beside = outer[0] - 0.5 <= left and right <= outer[2] + 0.5
    return beside and shared >= (bottom - top) / 2


def _link_notes(pages: Sequence[Any]) -> None:
    """Link each call to its note and the note's mark back to it, where the note has an id."""
    for page in pages:
        for box in walk(page._page_box):
            note = box.footnote
            if note is not None and note.style["anchor"]:
                name = note.style["anchor"]
                area = _area(box)
                page.links.append(("internal", name, area, box))
                page.anchors.setdefault(f"{name}-call", area)
            elif _is_note_mark(box):
                target = f"{box.element.get('id')}-call"
                page.links.append(("internal", target, _area(box), box))


def _is_note_mark(box: Box) -> bool:
    named = (box.element_tag or "").endswith("::footnote-marker")
    return named and hasattr(box, "children") and bool(box.element.get("id"))


def _area(box: Box) -> Rectangle:
    left, top, width, height = box.hit_area()
    return left, top, left + width, top + height
