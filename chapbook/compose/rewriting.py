"""Turn the neutral markup of a division into an edition's own."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from chapbook.compose.index_places import leave_out, list_pages, list_places
from chapbook.compose.markup import classes, parse_fragment, remove, unwrap, write_xhtml
from chapbook.compose.notes import NoteSetter
from chapbook.compose.places import PagedPlaces, Places
from chapbook.model import Division

# The ways back from an entry or a note to where it is called: on paper there are none.
WAY_BACK = re.compile(r' ?<a class="way-back"[^<>]*>[^<]*</a>')
OUTSIDE = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
NAMES_AN_ID = ("aria-describedby", "aria-details", "aria-labelledby", "for", "headers")
CRAMPED = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "thead", "summary"})
TURNED = frozenset({"landscape", "turned"})
ROW_GROUPS = frozenset({"thead", "tbody", "tfoot"})
LONG, WIDE = 14, 8  # rows, columns
LINKED = frozenset({"a", "img"})


class Rewriter:
    """Rewrites the fragments of one division.

    `image` gives the address of an image by its path in the book; `keep_blocks` says whether
    `data-block` stays, with the division before it.
    """

    def __init__(
        self,
        division: Division,
        places: Places,
        notes: NoteSetter,
        image: Callable[[str], str],
        keep_blocks: bool,
    ) -> None:
        """Rewrite for this division."""
        self._division = division
        self._places = places
        self._notes = notes
        self._image = image
        self._keep_blocks = keep_blocks

    def rewrite(self, xhtml: str, cramped: bool = False) -> str:
        """Give a fragment in the edition's form; `cramped` as for `NoteSetter.set_call`."""
        if isinstance(self._places, PagedPlaces):
            xhtml = WAY_BACK.sub("", xhtml)
        root = parse_fragment(xhtml)
        self._visit(root, cramped)
        return write_xhtml(root)

    def end_notes(self) -> str:
        """Give the notes of all fragments rewritten so far; '' where none stands at the end."""
        seen = 0
        while seen < len(self._notes.at_end):
            # A note may call another, which then comes to the end as well.
            _, blocks = self._notes.at_end[seen]
            self._visit(blocks, cramped=True)
            seen += 1
        listed = self._notes.list_notes()
        if listed is None:
            return ""
        root = parse_fragment("")
        root.append(listed)
        return write_xhtml(root)

    def _visit(self, element: Element, cramped: bool) -> None:
        for child in element:
            if child.tag == "a" and "data-note" in child.attrib:
                note = self._notes.set_call(child, cramped)
                if note is not None:
                    self._visit(note, cramped=True)
            else:
                if "data-block" in child.attrib and not cramped:
                    self._notes.open_block(child)
                if child.get("class") == "locators":
                    self._lead(element, child)
                self._settle(child)
                self._visit(child, cramped or _is_cramped(child))

    def _settle(self, element: Element) -> None:
        if written := element.get("id"):
            element.set("id", self._places.anchor(self._division, written))
        for name in NAMES_AN_ID:
            if listed := element.get(name):
                ids = (self._places.anchor(self._division, one) for one in listed.split())
                element.set(name, " ".join(ids))
        if block := element.attrib.pop("data-block", ""):
            self._keep_block(element, block)
        if element.tag == "a" and "href" in element.attrib:
            self._settle_link(element, element.attrib["href"])
        if self._keep_blocks and element.tag in ("figure", "table"):
            _size_up(element)
            _give_a_page(element)
        if element.tag == "img":
            element.set("src", self._image(element.get("src", "").removeprefix("asset:")))
            element.attrib.setdefault("alt", "")

    def _lead(self, entry: Element, locators: Element) -> None:
        leave_out(entry, locators, self._is_here)
        if isinstance(self._places, PagedPlaces):
            list_pages(locators, self._url)
        else:
            list_places(entry, locators)

    def _is_here(self, target: str) -> bool:
        division, _, anchor = target.removeprefix("book:").partition("#")
        return self._places.holds(division, anchor)

    def _url(self, target: str) -> str:
        division, _, anchor = target.removeprefix("book:").partition("#")
        return self._places.url(division, anchor)

    def _keep_block(self, element: Element, block: str) -> None:
        if self._keep_blocks:
            element.set("data-block", f"{self._division.id}:{block}")

    def _settle_link(self, element: Element, target: str) -> None:
        if target.startswith("book:"):
            element.set("href", self._url(target))
        elif not OUTSIDE.match(target):
            element.tag = "span"
            del element.attrib["href"]


def _size_up(element: Element) -> None:
    """Name a table that may break over pages, and one that needs smaller type.

    A style rule that counts rows would count all of them again for every cell.
    """
    table = element if element.tag == "table" else element.find("table")
    if table is None:
        return
    groups = [table, *(group for group in table if group.tag in ROW_GROUPS)]
    rows = [[row for row in group if row.tag == "tr"] for group in groups]
    if any(len(group) >= LONG for group in rows):
        _add_class(element, "long-table")
    if element is table and any(len(row) >= WIDE for group in rows for row in group):
        _add_class(element, "wide-table")


def _is_cramped(element: Element) -> bool:
    """Whether no note can stand at the foot of the page that an element is on."""
    return element.tag in CRAMPED or not TURNED.isdisjoint(classes(element))


def _give_a_page(figure: Element) -> None:
    """Put a picture that fills its page into a block of its own: its caption has another page."""
    picture = figure.find("img")
    if picture is not None and "full-bleed" in classes(figure):
        page = Element("div", {"class": "full-bleed-page"})
        figure[list(figure).index(picture)] = page
        page.append(picture)


def _add_class(element: Element, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())


def plain_title(xhtml: str) -> str:
    """Give a title for a list: without links, ids, calls of notes and images."""
    if "<" not in xhtml and "&" not in xhtml:
        return xhtml.replace(">", "&gt;")
    root = parse_fragment(xhtml)
    for parent in list(root.iter()):
        for child in [c for c in parent if "data-note" in c.attrib or c.tag == "br"]:
            child.tail = (" " if child.tag == "br" else "") + (child.tail or "")
            remove(parent, child)
        for child in [c for c in parent if c.tag == "img"]:
            child.text = child.get("alt", "")
    formulas = {id(part) for formula in root.iter("math") for part in formula.iter()}
    for element in root.iter():
        if id(element) not in formulas:
            element.attrib = {k: v for k, v in element.attrib.items() if k == "lang"}
    unwrap(root, lambda e: e.tag in LINKED or (e.tag == "span" and not e.attrib))
    return write_xhtml(root)
