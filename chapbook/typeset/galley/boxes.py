"""Walk the boxes of a laid-out page, in reading order and without recursion."""

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

Box = Any  # the engine ships no types
SIDE_NOTE = "sidenote"  # the class of a note that stands beside the text
POINTS_PER_PIXEL = 0.75  # https://www.w3.org/TR/css-values-4/#absolute-lengths


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


def side_notes(page_box: Box) -> list[Box]:
    """Give the boxes of a page that are side notes, in reading order."""
    return [box for box in walk(page_box) if _is_side_note(box)]


def _is_side_note(box: Box) -> bool:
    if box.element is None or box.style["position"] != "absolute":
        return False
    return SIDE_NOTE in (box.element.get("class") or "").split()


def drawn_text(box: Box) -> str:
    """Give the words in a box; a line ends with a blank, and the dots of a leader are left out."""
    parts: list[str] = []
    stack = [box]
    while stack:
        box = stack.pop()
        if box.is_leader:
            parts.append(" ")
        elif isinstance(box, boxes.TextBox):
            parts.append(box.text)
        else:
            if isinstance(box, boxes.LineBox):
                parts.append(" ")
            stack.extend(reversed(children(box)))
    return "".join(parts)


def main_area(page_box: Box) -> list[Box]:
    """Give the boxes of a page's text, without running heads, folios and notes."""
    aside = (boxes.MarginBox, boxes.FootnoteAreaBox)
    return [child for child in children(page_box) if not isinstance(child, aside)]


def page_text(page_box: Box) -> str:
    """Give the words of a page's main area."""
    return " ".join(drawn_text(area) for area in main_area(page_box))


def _real(box: Box) -> Box:
    return box._box if isinstance(box, AbsolutePlaceholder) else box
