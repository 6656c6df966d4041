"""Report what asks for a page of its own where there can be none."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from chapbook.diagnostics import Code, Diagnostic, Location, warning
from chapbook.parse.positions import Positions
from chapbook.parse.tree import classes

AROUND = {"columns": "columns", "landscape": "what is turned", "turned": "what is turned"}
ALONE = {
    "blank-page": "a blank page",
    "notes-page": "a page for notes",
    "full-bleed": "a picture that fills its page",
    "landscape": "what is turned",
    "turned": "what is turned",
}


def misplaced(root: Element, positions: Positions) -> Iterator[Diagnostic]:
    """Report each element that can have no page of its own, for it stands in columns or is turned.

    It is shown all the same, but for a page that would have nothing on it.
    """
    drafts = {id(draft.owner): draft for draft in reversed(positions.walk.drafts)}
    seen: set[int] = set()
    for outer in root.iter("div"):
        around = _named(outer, AROUND)
        for inner in outer.iter() if around else ():
            alone = _named(inner, ALONE)
            if inner is not outer and alone and id(inner) not in seen:
                seen.add(id(inner))
                message = f"{alone} can have no page of its own inside {around}"
                hint = "end the indented text before it, and begin it anew after it"
                words = (*inner.iter(), *outer.iter())
                first = next((drafts[id(one)] for one in words if id(one) in drafts), None)
                at = positions.of_draft(first) if first else Location(positions.places.path)
                yield warning(Code.MISPLACED_PAGE, message, at, hint)


def _named(element: Element, names: dict[str, str]) -> str:
    if element.get("data-directive") == "notes page":
        return names.get("notes-page", "")
    return next((names[name] for name in classes(element) if name in names), "")
