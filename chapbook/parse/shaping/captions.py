"""Join each table, listing and formula with the caption beside it, in a figure."""

from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from chapbook.parse.marks import CAPTION, STRAY
from chapbook.parse.tree import classes, has_class, set_classes

# On a caption that does not stand where it was written, until the words have found their places.
WRITTEN = "written"
BEFORE, AFTER = "before", "after"
FORMULA = "math"
# A formula that has a number alone.
UNWORDED = "unworded"


def _is_formula(element: Element) -> bool:
    return element.tag == "div" and FORMULA in classes(element)


BELONGS: dict[str, Callable[[Element], bool]] = {
    "table": lambda element: element.tag == "table",
    "listing": lambda element: element.tag == "pre",
    "equation": _is_formula,
}


def caption_blocks(root: Element) -> None:
    """Make a figure of each captioned block, and of each formula that has an id."""
    if has_class(root, CAPTION):
        for parent in list(root.iter()):
            for child in list(parent):
                if kind := _kind(child):
                    _caption(parent, child, kind)
    if has_class(root, FORMULA):
        for parent in list(root.iter()):
            if parent.tag != "figure":
                for child in list(parent):
                    if _is_formula(child) and "id" in child.attrib:
                        _frame(parent, child, f"equation {UNWORDED}", child)


def _kind(element: Element) -> str:
    found = (name for name in classes(element) if name.startswith(CAPTION))
    return next(found, "").removeprefix(CAPTION)


def _caption(parent: Element, caption: Element, kind: str) -> None:
    place = list(parent).index(caption)
    set_classes(caption, (name for name in classes(caption) if not name.startswith(CAPTION)))
    before, after = (_beside(parent, n, kind) for n in (place - 1, place + 1))
    if (
        before is not None
        and after is not None
        and "id" in before.attrib
        and "id" in caption.attrib
    ):
        before = None  # it has a name of its own already
    block = after if before is None else before
    if block is None:
        caption.text = f"{kind.capitalize()}: {caption.text or ''}"
        set_classes(caption, [*classes(caption), f"{STRAY}{kind}"])
        return
    parent.remove(caption)
    made = _frame(parent, block, kind, caption)
    made.text, made[:] = caption.text, list(caption)
    if kind != "equation" and before is not None:
        made.set(WRITTEN, AFTER)
    elif kind == "equation" and before is None:
        made.set(WRITTEN, BEFORE)


def _beside(parent: Element, place: int, kind: str) -> Element | None:
    if 0 <= place < len(parent) and BELONGS[kind](parent[place]):
        return parent[place]
    return None


def _frame(parent: Element, block: Element, kind: str, named: Element) -> Element:
    """Put a block into a figure that has the id and the classes of `named`; give its caption.

    The caption of a formula stands after it, as its number does.
    """
    figure = Element("figure")
    set_classes(figure, [kind, *(() if named is block else classes(named))])
    if name := named.attrib.pop("id", "") or block.attrib.pop("id", ""):
        figure.set("id", name)
    place = list(parent).index(block)
    parent[place] = figure
    figure.tail, block.tail = block.tail, None
    if kind.startswith("equation"):
        figure.append(block)
        return SubElement(figure, "figcaption")
    caption = SubElement(figure, "figcaption")
    figure.append(block)
    return caption
