# ruff: noqa: RUF001  # the signs that look alike are the matter here
"""Bare addresses in the text become links."""

import re
from xml.etree.ElementTree import Element

from chapbook.parse.shaping.prose import VERBATIM
from chapbook.parse.tree import inner_text

ADDRESS = re.compile(r"(?<![\w/.])https?://[^\s<>\"“”«»]*[^\s<>\"“”«».,;:!?'’)\]*_~]")


def link_addresses(root: Element) -> None:
    """Make a link of each bare address that stands in none, and not in code."""
    if "://" in inner_text(root):
        _link(root)


def _link(root: Element) -> None:
    if root.tag == "a" or root.tag in VERBATIM:
        return
    for child in list(root):
        _link(child)
    place = 0
    if root.text and "://" in root.text:
        root.text, links = _cut(root.text)
        root[0:0] = links
        place = len(links)
    for child in list(root)[place:]:
        if child.tail and "://" in child.tail:
            child.tail, links = _cut(child.tail)
            at = list(root).index(child) + 1
            root[at:at] = links


def _cut(text: str) -> tuple[str, list[Element]]:
    """Give the text before the first address, and the links with the text after each."""
    links: list[Element] = []
    before, end = text, 0
    for match in ADDRESS.finditer(text):
        start, stop = match.span()
        if text[stop : stop + 1] == ")" and "(" in match.group():
            stop += 1
        if links:
            links[-1].tail = text[end:start]
        else:
            before = text[:start]
        link = Element("a", {"href": text[start:stop]})
        link.text = text[start:stop]
        links.append(link)
        end = stop
    if links:
        links[-1].tail = text[end:]
    return before, links
