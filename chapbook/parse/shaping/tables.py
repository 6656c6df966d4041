"""Tables: alignment by class, heads with a scope."""

from xml.etree.ElementTree import Element

from chapbook.parse.tree import classes, inner_text, set_classes

SIDES = frozenset({"left", "center", "right"})


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
