"""Widths of columns, notes under tables, and tables that are turned on their side."""

from xml.etree.ElementTree import Element

from chapbook.parse.marks import TABLE_NOTE, WIDTH
from chapbook.parse.tree import classes, has_class, set_classes

NOTED, NOTE, TURNED = "noted", "table-note", "turned"


def size_columns(root: Element) -> None:
    """Give the columns of a table the widths that they were given."""
    if not has_class(root, WIDTH):
        return
    for table in root.iter("table"):
        for column in table.iter("col"):
            for name in classes(column):
                if name.startswith(WIDTH):
                    column.attrib.pop("class")
                    column.set("style", f"width: {name.removeprefix(WIDTH)}%")
                    set_classes(table, [*classes(table), "sized"])


def frame_tables(root: Element) -> None:
    """Put a table that has notes, or is turned, into a block with all that belongs to it."""
    if not has_class(root, TABLE_NOTE, TURNED):
        return
    for parent in list(root.iter()):
        for child in list(parent):
            if _is_table(child):
                _frame(parent, child)
    for element in root.iter("p"):
        if TABLE_NOTE in classes(element):
            set_classes(element, (name for name in classes(element) if name != TABLE_NOTE))
            element.text = f"Table note: {element.text or ''}"


def _frame(parent: Element, block: Element) -> None:
    place = list(parent).index(block)
    notes: list[Element] = []
    for following in parent[place + 1 :]:
        if TABLE_NOTE not in classes(following):
            break
        notes.append(following)
    turned = [one for one in (block, block.find("table")) if one is not None and _turns(one)]
    if not notes and not turned:
        return
    frame = Element("div")
    set_classes(frame, [*([NOTED] if notes else []), *([TURNED] if turned else [])])
    for one in turned:
        set_classes(one, (name for name in classes(one) if name != TURNED))
    for note in notes:
        parent.remove(note)
        set_classes(note, [NOTE, *(n for n in classes(note) if n != TABLE_NOTE)])
    parent[place] = frame
    frame.tail, block.tail = block.tail, None
    frame.append(block)
    frame.extend(notes)


def _is_table(element: Element) -> bool:
    is_figure = element.tag == "figure" and element.find("table") is not None
    return is_figure or element.tag == "table"


def _turns(element: Element) -> bool:
    return TURNED in classes(element)
