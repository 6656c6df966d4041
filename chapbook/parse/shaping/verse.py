"""Verse: every line of the source is a line, every paragraph a stanza; lines can be numbered."""

import re
from xml.etree.ElementTree import Element

from chapbook.parse.tree import classes, inner_text, set_classes

NUMBERED = "numbered"
EVERY = 5
# Lines begin further in by steps of two spaces of the source.
STEP, DEEPEST = 2, 6
BLANKS = re.compile(r"[ \u00a0]*")


def set_verse(box: Element) -> None:
    """Set the stanzas of a box; `numbered 41` among its classes counts its lines from 41."""
    names = classes(box)
    start = next((int(name) for name in names if name.isdecimal() and len(name) < EVERY), 1)
    set_classes(box, [name for name in names if not name.isdecimal()])
    number = start
    for stanza in box:
        if stanza.tag == "p" and not stanza.get("class"):
            number = _set_stanza(stanza, number, NUMBERED in names)


def _set_stanza(stanza: Element, number: int, is_numbered: bool) -> int:
    """Make lines of a paragraph; give the number of the line after it."""
    lines = [line for line in cut_lines(stanza) if len(line) or (line.text or "").strip()]
    stanza.tag, stanza.text = "div", None
    stanza[:] = lines
    set_classes(stanza, ["stanza"])
    for line in lines:
        line.tag, line.tail = "div", None
        line.attrib.clear()
        set_classes(line, ["line", *_indent(line)])
        if is_numbered and number % EVERY == 0:
            line.set("data-line", str(number))
        number += 1
    return number


def _indent(line: Element) -> list[str]:
    """Take the spaces before a line away, and name how far in it begins."""
    blanks = BLANKS.match(line.text or "")
    width = blanks.end() if blanks else 0
    line.text = (line.text or "")[width:]
    step = min(width // STEP, DEEPEST)
    return [f"in-{step}"] if step else []


def cut_lines(element: Element) -> list[Element]:
    """Cut an element at the ends of its lines; what a line end stands in is cut in two."""
    lines = [_like(element)]
    _add_text(lines, element, element.text or "")
    for child in element:
        if child.tag == "br":
            lines.append(_like(element, again=True))
            _add_text(lines, element, (child.tail or "").removeprefix("\n"))
            continue
        is_cut = "\n" in inner_text(child) or child.find(".//br") is not None
        first, *others = cut_lines(child) if is_cut else [child]
        tail, first.tail = child.tail or "", None
        lines[-1].append(first)
        for other in others:
            lines.append(_like(element, again=True))
            lines[-1].append(other)
        _add_text(lines, element, tail)
    return lines


def _add_text(lines: list[Element], element: Element, text: str) -> None:
    """Add text to the last line, and a new line after each end of one in it."""
    for place, piece in enumerate(text.split("\n")):
        if place:
            lines.append(_like(element, again=True))
        line = lines[-1]
        if len(line):
            line[-1].tail = (line[-1].tail or "") + piece
        else:
            line.text = (line.text or "") + piece


def _like(element: Element, again: bool = False) -> Element:
    """Make an empty element like another; an id stands once."""
    attributes = {k: v for k, v in element.attrib.items() if not (again and k == "id")}
    return Element(element.tag, attributes)
