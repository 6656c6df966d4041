"""Repeat the heading of an index entry where a column or a page parts its sub-entries.

No style rule can ask for that, so the index is laid out, the repeated headings are put in where it
broke, and it is laid out again until they all stand at the head of a column. Where that can not
be reached there are none.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from chapbook.typeset.galley.boxes import Box, children, walk

MOST_ROUNDS = 5
REPEATED = "continued-entry"

Heads = frozenset[str]  # the `data-block` of each entry that a repeated heading stands before


def can_repeat(html: str) -> bool:
    """Whether an index stands in some HTML that has sub-entries."""
    return " data-continued=" in html


def settled_heads(lay_out: Callable[[Heads], Sequence[Any]]) -> Heads:
    """Give the repeated headings that the pages need which `lay_out` makes with them."""
    seen: list[Heads] = [frozenset()]
    while len(seen) <= MOST_ROUNDS:
        wanted = frozenset(_broken(lay_out(seen[-1])))
        if wanted == seen[-1]:
            return wanted
        if wanted in seen:
            break
        seen.append(wanted)
    return frozenset()


def repeat_heads(root: Element, heads: Heads) -> None:
    """Put the repeated headings into a document."""
    if not heads:
        return
    parents = {child: parent for parent in root.iter() for child in parent}
    for entry in [e for e in root.iter("p") if e.get("data-block") in heads]:
        pattern, above = _above(entry, parents)
        repeated = Element("p", {"class": REPEATED})
        repeated.set("style", f"margin-left: -{len(above)}em")
        before, _, after = pattern.partition("{term}")
        repeated.text = before
        SubElement(repeated, "span").text = ", ".join(above)
        repeated[-1].tail = after
        parents[entry].insert(0, repeated)


def _above(entry: Element, parents: dict[Element, Element]) -> tuple[str, list[str]]:
    """Give the pattern of a repeated heading, and the terms that an entry stands below."""
    terms: list[str] = []
    item = parents[entry]
    above = parents.get(item)
    while above is not None and not above.get("data-continued"):
        if above.tag == "li":
            term = next((e for e in above[0].iter("span") if e.get("class") == "index-term"), None)
            terms.insert(0, "".join(term.itertext()) if term is not None else "")
        above = parents.get(above)
    pattern = "{term}" if above is None else above.get("data-continued", "")
    return pattern, terms


def _broken(pages: Sequence[Any]) -> Iterator[str]:
    """Give the entries at the heads of columns that stand below another."""
    for page in pages:
        for box in walk(page._page_box):
            if box.element is not None and box.element.get("data-continued"):
                yield from _heads_in(box)


def _heads_in(listed: Box) -> Iterator[str]:
    for column in children(listed):
        depth = 0
        for box in walk(column):
            if box.element_tag == "li":
                depth += 1
            if box.element_tag == "p" and box.element.get("class") != REPEATED:
                if depth > 1:
                    yield box.element.get("data-block", "")
                break
