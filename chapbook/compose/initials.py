# ruff: noqa: RUF001  # the signs that look alike are the matter here
"""Letters of three lines at the beginning of chapters and of paragraphs of the class `drop-cap`.

In an e-book `::first-letter` does it; the layout library puts the first line below such a letter.
"""

import re
from itertools import pairwise
from xml.etree.ElementTree import Element

from chapbook.compose.markup import classes

LETTER = re.compile(r"\s*([«‹“„‘‚\"'¿¡(\[–—\u00a0\u202f]*[^\W_][\u0300-\u036f]*)(?=[\w’'\s,])")
HOLDERS = frozenset({"a", "b", "cite", "em", "i", "p", "q", "span", "strong"})


def set_initials(root: Element) -> None:
    """Put such a letter into an element of its own, `<span class="initial-letter">`."""
    for parent in list(root.iter()):
        for before, after in pairwise([Element("p"), *parent]):
            is_opening = after.tag == "p" and "initial" in classes(before)
            if is_opening or "drop-cap" in classes(after):
                _set(after)


def _set(paragraph: Element) -> None:
    holder = paragraph
    while not (holder.text or "").strip() and len(holder) and holder[0].tag in HOLDERS:
        holder = holder[0]
    match = LETTER.match(holder.text or "")
    if match and holder.tag in HOLDERS:
        letter = Element("span", {"class": "initial-letter"})
        letter.text, letter.tail = match[1], (holder.text or "")[match.end() :]
        holder.text = None
        holder.insert(0, letter)
