"""Tables: alignment by class, heads with a scope, captions in a figure."""

from xml.etree.ElementTree import Element

from chapbook.parse.marks import CAPTION, CAPTION_AFTER
from chapbook.parse.tree import classes, has_class, inner_text, set_classes

SIDES = frozenset({"left", "center", "right"})
# On a caption that was written after its table, until the words have found their places.
AFTER = "after"


def align_cells(root: Element) -> None:
    """Write the alignment of cells as a class."""
    for cell in root.iter():
        if cell.tag in ("td", "th"):
            side = cell.attrib.pop("align", "").lower()
            if side in SIDES:
                set_classes(cell, [*classes(cell), side])


def name_heads(root: Element) -> None:
    """Give every head its scope, and drop a row of heads that says nothing."""
    for table in list(root.iter("table")):
        for head in table.findall("thead"):
            if not inner_text(head).strip() and not list(head.iter("img")):
                table.remove(head)
            for cell in head.iter("th"):
                cell.set("scope", cell.get("scope", "col"))
        for cell in table.iter("th"):
            cell.set("scope", cell.get("scope", "row"))


def caption_tables(root: Element) -> None:
    """Join each table and the caption beside it in a figure."""
    if not has_class(root, CAPTION, CAPTION_AFTER):
        return
    for parent in list(root.iter()):
        for child in list(parent):
            if {CAPTION, CAPTION_AFTER} & set(classes(child)):
                _caption(parent, child)


def _caption(parent: Element, caption: Element) -> None:
    place = list(parent).index(caption)
    is_after = CAPTION_AFTER in classes(caption)
    table = _table(parent, place - 1) if is_after else _table(parent, place + 1)
    own = [name for name in classes(caption) if name not in (CAPTION, CAPTION_AFTER)]
    if table is None:
        caption.text = "Table: " + (caption.text or "")
        set_classes(caption, own)
        return
    figure = Element("figure")
    set_classes(figure, ["table", *own])
    if "id" in caption.attrib:
        figure.set("id", caption.attrib.pop("id"))
    parent.insert(list(parent).index(table), figure)
    parent.remove(table)
    parent.remove(caption)
    table.tail = None
    caption.tag = "figcaption"
    caption.attrib.clear()
    if is_after:
        caption.set(AFTER, "")
    figure.extend([caption, table])


def _table(parent: Element, place: int) -> Element | None:
    if 0 <= place < len(parent) and parent[place].tag == "table":
        return parent[place]
    return None
