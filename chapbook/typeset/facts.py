"""Read off the laid-out pages what stands where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chapbook.laid import Leaf
from chapbook.model import Matter
from chapbook.typeset.boxes import Box, main_area, page_text, walk
from chapbook.typeset.folios import folio_labels

POINTS_PER_PIXEL = 0.75  # https://www.w3.org/TR/css-values-4/#absolute-lengths


@dataclass(frozen=True, slots=True)
class Facts:
    """The leaves, and the pages of anchors and blocks, as `Typeset` has them."""

    leaves: tuple[Leaf, ...]
    anchors: Mapping[str, int]
    blocks: Mapping[str, tuple[int, int]]


def read_facts(pages: Sequence[Any], matters: Mapping[Any, Matter]) -> Facts:
    """Read the engine's pages; `matters` tells the matter of each section's root element."""
    anchors: dict[str, int] = {}
    blocks: dict[str, tuple[int, int]] = {}
    for number, page in enumerate(pages, 1):
        for name in page.anchors:
            anchors.setdefault(name, number)
        for block in _blocks(page._page_box):
            blocks[block] = (blocks.get(block, (number, number))[0], number)
    return Facts(_leaves(pages, matters), anchors, blocks)


def _blocks(page_box: Box) -> set[str]:
    elements = {box.element for box in walk(page_box) if box.element is not None}
    return {block for element in elements if (block := element.get("data-block"))}


def _leaves(pages: Sequence[Any], matters: Mapping[Any, Matter]) -> tuple[Leaf, ...]:
    found = [_matter(page._page_box, matters) for page in pages]
    labels = folio_labels(found)
    return tuple(
        _leaf(number, page, matter, label)
        for number, (page, matter, label) in enumerate(zip(pages, found, labels, strict=True), 1)
    )


def _leaf(number: int, page: Any, matter: Matter | None, label: str) -> Leaf:
    kind = page._page_box.page_type
    words = page_text(page._page_box).split() or [""]
    return Leaf(
        number=number,
        label=label,
        matter=matter,
        is_blank=bool(kind.blank),
        is_recto=kind.side == "right",
        width=round(page.width * POINTS_PER_PIXEL, 3),
        height=round(page.height * POINTS_PER_PIXEL, 3),
        words=(words[0], words[-1]),
    )


def _matter(page_box: Box, matters: Mapping[Any, Matter]) -> Matter | None:
    """Give the matter of the section that a page begins with; None where the page is blank."""
    if page_box.page_type.blank:
        return None
    for area in main_area(page_box):
        for box in walk(area):
            if box.element in matters:
                return matters[box.element]
    return None
