"""What of a heading is repeated elsewhere: in the contents, at the head of a page, in a list."""

from copy import deepcopy
from xml.etree.ElementTree import Element

from chapbook.parse.tree import inner_text, remove, squeeze, unwrap, with_parents, write_inside

OMITTED = frozenset({"img", "br"})


def repeat(element: Element) -> tuple[str, str]:
    """Give the text and the XHTML without anchors, links and calls of notes.

    References stay: their words come later.
    """
    copy = deepcopy(element)
    formulas = _put_aside(copy)
    for parent, child in reversed(list(with_parents(copy))):
        child.attrib.pop("id", None)
        if child.tag == "br":
            child.tail = " " + (child.tail or "")
        is_empty = not inner_text(child)
        is_reference = child.tag == "a" and is_empty and "href" in child.attrib
        is_link = child.tag == "a" and not is_reference
        if is_link or child.tag in OMITTED or (is_empty and not child.attrib):
            unwrap(parent, child)
    text = squeeze(_without_readings(copy))
    for sign, formula in formulas:
        sign.tag, sign.text, sign[:] = "math", formula.text, list(formula)
        sign.attrib = {k: v for k, v in formula.attrib.items() if k != "id"}
    return text, write_inside(copy).strip()


def _without_readings(root: Element) -> str:
    """Give the text of a heading as it is named: a reading belongs to the page, not to the name."""
    if root.find(".//rt") is None:
        return inner_text(root)
    bare = deepcopy(root)
    for parent, child in list(with_parents(bare)):
        if child.tag in ("rt", "rp"):
            child.text, child[:] = None, []
            remove(parent, child)
    return inner_text(bare)


def _put_aside(root: Element) -> list[tuple[Element, Element]]:
    """Put a line of signs in the place of each formula; give both."""
    from chapbook.parse.formulas.line import write_line

    found = []
    for formula in list(root.iter("math")):
        whole = deepcopy(formula)
        formula[:] = []
        formula.tag, formula.text = "span", write_line(whole)
        found.append((formula, whole))
    return found
