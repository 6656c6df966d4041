"""What of a heading is repeated elsewhere: in the contents, at the head of a page, in a list."""

from copy import deepcopy
from xml.etree.ElementTree import Element

from chapbook.parse.tree import inner_text, squeeze, unwrap, with_parents, write_inside

OMITTED = frozenset({"img", "br"})


def repeat(element: Element) -> tuple[str, str]:
    """Give the text and the XHTML without anchors, links and calls of notes."""
    copy = deepcopy(element)
    for parent, child in reversed(list(with_parents(copy))):
        child.attrib.pop("id", None)
        if child.tag == "br":
            child.tail = " " + (child.tail or "")
        if child.tag == "a" or child.tag in OMITTED or not (child.attrib or inner_text(child)):
            unwrap(parent, child)
    return squeeze(inner_text(copy)), write_inside(copy).strip()
