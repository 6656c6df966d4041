"""Ruby on pages: the layout library has none, so each word is a box with its readings above it.

All characters of a word come first and then its readings, so that the word is found and copied as
it is written. Where a reading is shorter than its word its signs are spread, and where it is longer
those of the word are; it may overhang kana beside it (https://www.w3.org/TR/jlreq/#ruby_and_emphasis_dots).
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

# How high readings are, and how far they may overhang a kana, in ems of the text.
SIZE = 0.5
OVERHANG = 0.25
KANA = re.compile("[\u3041-\u309f\u30a1-\u30ff]")
SQUARE = re.compile("[\u3000-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
PROPORTIONAL = 0.55


class _Pair(NamedTuple):
    base: str
    reading: str


def set_rubies(root: Element) -> None:
    """Set every `<ruby>` of plain text in a tree; one that holds marks stays as it is."""
    before = ""
    for parent, ruby in list(_rubies(root)):
        place = list(parent).index(ruby)
        before = (parent[place - 1].tail if place else parent.text) or ""
        pairs = _pairs(ruby)
        if pairs:
            _set(ruby, pairs, before[-1:], (ruby.tail or "")[:1])


def _rubies(root: Element) -> Iterator[tuple[Element, Element]]:
    for parent in root.iter():
        for child in parent:
            if child.tag == "ruby":
                yield parent, child


def _pairs(ruby: Element) -> list[_Pair]:
    """Give the characters and readings of a ruby, none where more than text is in it."""
    pairs: list[_Pair] = []
    base = ruby.text or ""
    for child in ruby:
        if child.tag not in ("rt", "rp") or len(child):
            return []
        if child.tag == "rt":
            pairs.append(_Pair(base.strip(), (child.text or "").strip()))
            base = ""
        base += child.tail or ""
    if base.strip():
        pairs.append(_Pair(base.strip(), ""))
    return pairs


def width_of(text: str) -> float:
    """Give the width of a text in ems, roughly where letters have widths of their own."""
    wide = sum(unicodedata.east_asian_width(sign) in "WFA" for sign in text)
    return wide + (len(text) - wide) * PROPORTIONAL


def _set(ruby: Element, pairs: list[_Pair], before: str, after: str) -> None:
    over = tuple(OVERHANG if KANA.match(sign) else 0.0 for sign in (before, after))
    kept = dict(ruby.attrib)
    ruby[:] = []
    ruby.text = None
    ruby.attrib.update({**kept, "class": f"{kept.get('class', '')} set".strip()})
    if len(pairs) == 1:
        _set_group(ruby, pairs[0], *over)
    else:
        _set_each(ruby, pairs, *over)


def _set_group(ruby: Element, pair: _Pair, left: float, right: float) -> None:
    """Set one reading over all of a word."""
    base, reading = width_of(pair.base), width_of(pair.reading) * SIZE
    excess = max(reading - base, 0)
    left, right = min(left, excess / 2), min(right, excess / 2)
    cell = max(base, reading - left - right)
    ruby.set("style", f"width: {cell:.4g}em")
    word = SubElement(ruby, "span", {"class": "rb"})
    word.text = pair.base
    _spread(word, pair.base, cell - base, 1)
    above = SubElement(ruby, "rt")
    above.text = pair.reading
    _place(above, -left, max(cell, reading), max(cell - reading, 0), pair.reading)


def _set_each(ruby: Element, pairs: list[_Pair], left: float, right: float) -> None:
    """Set a reading over each character; a long one sets its character apart from the others."""
    cells = [max(width_of(p.base), width_of(p.reading) * SIZE) for p in pairs]
    first, last = cells[0] - width_of(pairs[0].base), cells[-1] - width_of(pairs[-1].base)
    left, right = min(left, first / 2), min(right, last / 2)
    margins = [0.0] * len(pairs)
    ruby.set("style", f"width: {sum(cells) - left - right:.4g}em")
    for place, (pair, cell) in enumerate(zip(pairs, cells, strict=True)):
        word = SubElement(ruby, "span", {"class": "rb"})
        word.text = pair.base
        margins[place] = -left if not place else 0.0
        if cell > width_of(pair.base) or margins[place]:
            style = f"width: {cell:.4g}em"
            if margins[place]:
                style += f"; margin-left: {margins[place]:.4g}em"
            word.set("style", style)
            word.set("class", "rb cell")
    above = SubElement(ruby, "rt")
    above.set("style", f"left: {-left / SIZE:.4g}em; width: {sum(cells) / SIZE:.4g}em")
    for pair, cell in zip(pairs, cells, strict=True):
        reading = SubElement(above, "span", {"class": "cell"})
        reading.text = pair.reading
        reading.set("style", f"width: {cell / SIZE:.4g}em")


def _spread(element: Element, text: str, room: float, size: float) -> None:
    """Part the signs of a text evenly, with half a part at either end."""
    if room > 0 and SQUARE.fullmatch(text):
        gap = room / len(text) / size
        element.set("style", f"letter-spacing: {gap:.4g}em; margin-left: {gap / 2:.4g}em")
    elif room > 0:
        element.set("style", f"margin-left: {room / 2 / size:.4g}em")


def _place(above: Element, left: float, width: float, room: float, text: str) -> None:
    """Place a reading over its word, its signs spread over the whole of it."""
    style = f"left: {left / SIZE:.4g}em; width: {width / SIZE:.4g}em"
    if room > 0 and SQUARE.fullmatch(text):
        gap = room / len(text) / SIZE
        style += f"; letter-spacing: {gap:.4g}em; text-indent: {gap / 2:.4g}em"
    elif room > 0:
        style += f"; text-indent: {room / 2 / SIZE:.4g}em"
    above.set("style", style)
