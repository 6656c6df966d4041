"""Captions that stand beside nothing that could have them, and groups of figures without any."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from chapbook.diagnostics import Code, Diagnostic, Location, warning
from chapbook.parse.marks import STRAY
from chapbook.parse.positions import Positions
from chapbook.parse.tree import classes, set_classes

NEEDED = {"table": "a table", "listing": "a code block", "equation": "a formula"}


def stray_captions(root: Element, positions: Positions) -> Iterator[Diagnostic]:
    """Report them at their places, and take our sign off them.

    Words that only look like a caption are none: it is one if it has an id.
    """
    places = {id(draft.owner): draft for draft in positions.walk.drafts}
    for element in root.iter():
        kind = next((n.removeprefix(STRAY) for n in classes(element) if n.startswith(STRAY)), "")
        if not kind:
            continue
        set_classes(element, (name for name in classes(element) if not name.startswith(STRAY)))
        draft = next((places[id(e)] for e in element.iter() if id(e) in places), None)
        at = positions.of_draft(draft) if draft else Location(positions.places.path)
        if kind in NEEDED and "id" in element.attrib:
            yield _no_neighbour(kind, at)
        elif kind not in NEEDED:
            message = "nothing in the group is a figure, so it is set as an ordinary box"
            hint = "write each figure on a line of its own: ![What is seen](file.svg)"
            yield warning(Code.STRAY_CAPTION, message, at, hint)


def _no_neighbour(kind: str, at: Location) -> Diagnostic:
    message = f"the caption stands beside no {kind}, so it stays a text and has no number"
    hint = f"put it right before or after {NEEDED[kind]}, with a blank line between"
    return warning(Code.STRAY_CAPTION, message, at, hint)
