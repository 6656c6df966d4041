"""Repeat the head of an index entry where a column or a page parts its sub-entries.

No style rule can ask for that. `repeat_heads` puts a repeated head into every sub-entry, and the
engine is taught to lay out only those at which a column begins.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from weasyprint.layout import block

from chapbook.typeset.galley.boxes import Box
from chapbook.typeset.galley.swap import swapped

REPEATED = "continued-entry"
WORDED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})


def repeat_heads(root: Element) -> None:
    """Put a repeated head into each sub-entry of the indexes in a document."""
    for listed in [e for e in root.iter("div") if e.get("data-continued")]:
        for entry in _entries(listed):
            _repeat(listed.get("data-continued", ""), entry, [])


def _entries(above: Element) -> list[Element]:
    """Give the entries of the next level below an element."""
    groups = [child for child in above if child.tag in ("div", "ul")]
    found = [
        inner for group in groups for inner in (_entries(group) if group.tag == "div" else group)
    ]
    return [entry for entry in found if entry.tag == "li"]


def _repeat(pattern: str, entry: Element, above: list[str]) -> None:
    terms = [*above, _term(entry)]
    for inner in _entries(entry):
        _repeat(pattern, inner, terms)
    if above:
        before, _, after = pattern.partition("{term}")
        head = Element("p", {"class": REPEATED, "style": f"margin-left: -{len(above)}em"})
        head.text = before
        SubElement(head, "span").text = ", ".join(above)
        head[0].tail = after
        entry.insert(0, head)


def _term(entry: Element) -> str:
    terms = (e for e in entry[0].iter("span") if e.get("class") == "index-term")
    return "".join("".join(term.itertext()) for term in terms)


@contextmanager
def heads_repeated() -> Iterator[None]:
    """While the block runs, give no room to repeated heads but at the head of a column."""
    engine_layout = block.block_box_layout
    is_fresh = False

    def lay_out(
        context: Any, box: Box, bottom_space: float, skip_stack: Any, *rest: Any, **named: Any
    ) -> Any:
        nonlocal is_fresh
        if _begins_column(box, skip_stack):
            is_fresh = True
        elif box.element_tag in WORDED:
            if not is_fresh and box.element.get("class") == REPEATED:
                box = box.copy_with_children([])
            is_fresh = False
        return engine_layout(context, box, bottom_space, skip_stack, *rest, **named)

    with swapped((block, "block_box_layout", lay_out)):
        yield


def _begins_column(box: Box, skip_stack: Any) -> bool:
    """Whether a box is a column of an index, or goes on with one on another page."""
    if box.element is None or not box.element.get("data-continued"):
        return False
    return bool(box.is_column or skip_stack)
