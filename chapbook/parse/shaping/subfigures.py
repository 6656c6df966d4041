"""Figures in a figure: `!!! figures "Caption"`, each with a caption of its own."""

from xml.etree.ElementTree import Element

from chapbook.parse.marks import FIGURE, MADE, STRAY
from chapbook.parse.shaping.captions import BEFORE, WRITTEN
from chapbook.parse.tree import classes, has_class, set_classes

GROUP = "figures"
# How many stand side by side, by how many there are; of more, three.
ROWS = {1: "in-one", 2: "in-two", 4: "in-two"}


def gather_figures(root: Element) -> None:
    """Make one figure of each such box, its title the caption below them all."""
    if not has_class(root, GROUP):
        return
    for box in list(root.iter("div")):
        if {"admonition", GROUP} <= set(classes(box)):
            _gather(box)


def _gather(box: Element) -> None:
    parts = box.findall("figure")
    if not parts:
        set_classes(box, [*classes(box), f"{STRAY}{GROUP}"])
        return
    for part in parts:
        set_classes(part, ["part", *classes(part)])
    title = box.find("p[@class]")
    names = [name for name in classes(box) if name != "admonition"]
    row = ROWS.get(len(parts), "in-three")
    if title is None or "admonition-title" not in classes(title) or MADE in classes(title):
        if title is not None and MADE in classes(title):
            box.remove(title)
        set_classes(box, [*names, row])
        return
    box.tag = "figure"
    set_classes(box, [FIGURE, *names, row])
    box.remove(title)
    title.tag, title.tail = "figcaption", None
    title.attrib.clear()
    title.set(WRITTEN, BEFORE)
    box.append(title)
