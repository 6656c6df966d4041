"""What the entries of an index lead to, in the form of an edition.

In pages, the press writes the numbers (`typeset.page_lists`); an e-book names each place once.
"""

from collections.abc import Callable
from xml.etree.ElementTree import Element

APART = " \u00b7 "


def leave_out(entry: Element, locators: Element, is_here: Callable[[str], bool]) -> None:
    """Leave out what this edition does not show; of a stretch the end that it shows remains."""
    kept: list[Element] = []
    for child in list(locators):
        locators.remove(child)
        ends = [one for one in (list(child) or [child]) if is_here(one.get("href", ""))]
        whole = child if len(ends) == max(len(child), 1) else None
        kept += [whole] if whole is not None else ends[:1]
    for child in kept:
        child.tail = ", "
        locators.append(child)
    if kept:
        kept[-1].tail = None
    else:
        before = _before(entry, locators)
        before.tail = (before.tail or "").removesuffix(", ")


def list_pages(locators: Element, url: Callable[[str], str]) -> None:
    """Leave the pages to the press: `data-pages` lists the anchors whose pages it is to write.

    They are parted by blanks, and the two ends of a stretch by `|`; before the address of an
    anchor `r` asks for a roman number, `m` for one that stands out.
    """
    listed = " ".join(_named(child, url) for child in locators)
    for child in list(locators):
        locators.remove(child)
    locators.text = None
    locators.attrib.update({"class": "locators", "data-pages": listed})


def _named(child: Element, url: Callable[[str], str]) -> str:
    if child.get("class") == "range":
        return "|".join(_named(end, url) for end in child)
    is_roman, is_main = child.get("data-matter") == "front", "main" in child.get("class", "")
    flags = ("r" if is_roman else "") + ("m" if is_main else "")
    return flags + url(child.get("href", ""))


def list_places(entry: Element, locators: Element) -> None:
    """Name each place once; a stretch within one place is that place.

    Titles may have commas of their own, so other signs part them.
    """
    met: dict[str, Element] = {}
    for child in list(locators):
        locators.remove(child)
        kept = _within_one(child)
        place = " ".join(end.get("data-place", "") for end in (kept, *kept))
        if place not in met:
            met[place] = kept
        elif "main" in kept.get("class", ""):
            met[place].set("class", "locator main")
    for kept in met.values():
        kept.tail = APART
        for start in kept[:-1]:
            start.tail = " \u2013 "
        locators.append(kept)
    if met:
        locators[-1].tail = None
        before = _before(entry, locators)
        before.tail = (before.tail or "").removesuffix(", ") + ": "


def _before(entry: Element, locators: Element) -> Element:
    """Give the term that locators stand behind."""
    return entry[max(list(entry).index(locators) - 1, 0)]


def _within_one(child: Element) -> Element:
    """Give the first end of a stretch that does not leave its place."""
    ends = [end.get("data-place") for end in child]
    return child[0] if ends and ends[0] == ends[-1] else child
