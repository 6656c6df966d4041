"""Attributions, ruled lines, the boxes of tasks, and section breaks."""

import re
from xml.etree.ElementTree import Element, SubElement

from chapbook.parse.dialect.directives import directives_in, settle
from chapbook.parse.marks import DONE, TO_DO
from chapbook.parse.tree import classes, has_class, set_classes

DASH = re.compile(r"\s*(?:—|―|---?)[ \u00a0]+(?=\S)")


def attribute_quotes(root: Element) -> None:
    """Mark the last paragraph of a quotation where it begins with a dash."""
    for quote in root.iter("blockquote"):
        last = quote[-1] if len(quote) else None
        if last is None or last.tag != "p":
            continue
        match = DASH.match(last.text or "")
        if match:
            last.text = "— " + (last.text or "")[match.end() :]
            set_classes(last, [*classes(last), "attribution"])


def draw_rules(root: Element) -> None:
    """Make lines to write on: one empty block each, so that a page can break between them."""
    for lines in directives_in(root, "ruled lines"):
        number = settle(lines, "ruled")
        lines.set("data-lines", number)
        for _ in range(int(number)):
            SubElement(lines, "div", {"class": "rule"})


def draw_ticks(root: Element) -> None:
    """Begin each task with a box, ticked or empty, that is read as a word."""
    if not has_class(root, TO_DO, DONE):
        return
    for items in root.iter():
        tasks = [item for item in items if {TO_DO, DONE} & set(classes(item))]
        if tasks and items.tag in ("ul", "ol"):
            set_classes(items, [*classes(items), "tasks"])
        for item in tasks:
            _draw_tick(item)


def _draw_tick(item: Element) -> None:
    is_done = DONE in classes(item)
    set_classes(item, ["task", *(name for name in classes(item) if name not in (TO_DO, DONE))])
    words = item[0] if not (item.text or "").strip() and len(item) and item[0].tag == "p" else item
    tick = Element("span", {"class": "tick", "role": "img"})
    tick.set("aria-label", "done" if is_done else "to do")
    tick.text = "☑" if is_done else "☐"
    tick.tail = " " + (words.text or "").lstrip()
    words.text = None
    words.insert(0, tick)


def mark_breaks(root: Element) -> None:
    """Name every line across the page for what it is, a section break."""
    for line in root.iter("hr"):
        set_classes(line, ["break", *classes(line)])


def set_small_caps(root: Element) -> None:
    """Make of emphasis that is asked for as small capitals no more than that."""
    for element in root.iter():
        if element.tag in ("em", "strong") and "small-caps" in classes(element):
            element.tag = "span"
