"""Walk the boxes of a laid-out page, in reading order and without recursion."""

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

Box = Any  # the engine ships no types


def children(box: Box) -> list[Box]:
    """Give the boxes inside a box; where one is positioned absolutely, that box itself."""
    return [_real(child) for child in box.children]


def walk(box: Box) -> Iterator[Box]:
    """Give a box and all that is in it, parents before children."""
    stack = [_real(box)]
    while stack:
        box = stack.pop()
        yield box
        stack.extend(reversed(children(box)))


def main_area(page_box: Box) -> list[Box]:
    """Give the boxes of a page's text, without running heads, folios and notes."""
    aside = (boxes.MarginBox, boxes.FootnoteAreaBox)
    return [child for child in children(page_box) if not isinstance(child, aside)]


def page_text(page_box: Box) -> str:
    """Give the words of a page's main area; a line ends with a blank."""
    parts: list[str] = []
    for area in main_area(page_box):
        for box in walk(area):
            if isinstance(box, boxes.LineBox):
                parts.append(" ")
            elif isinstance(box, boxes.TextBox):
                parts.append(box.text)
    return "".join(parts)


def _real(box: Box) -> Box:
    return box._box if isinstance(box, AbsolutePlaceholder) else box
