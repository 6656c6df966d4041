"""The blocks of a document between which it can be cut, and the notes that go with them."""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
OPEN = frozenset({"section", "article", "main", "div", "blockquote", "ul", "ol", "dl"})
OPEN_AS_TABLE = frozenset({"figure", "table", "tbody"})
REPEATED = frozenset({"colgroup", "thead"})
NOTE = "doc-footnote"
PAGE_BREAK = "doc-pagebreak"  # of a printed page that begins with what follows
# What says what a whole is; a later piece of it says no more than how it looks.
KEPT = re.compile(r"class|dir|lang|style|type|(\{.*\})lang")
CONTINUED = "continued"
WHOLE = re.compile(r"-?[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Holder:
    """An element that was opened; `before` counts the items that stand before this place in it."""

    element: Element
    before: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """A block that is not cut, and what it stands in. `weight` is in bytes, with its notes.

    `holds_next`: it must not be the last of a part, as a heading; `stays`: nor this the first.
    """

    element: Element = field(repr=False)
    path: tuple[Holder, ...]
    weight: int
    is_heading: bool = False
    holds_next: bool = False
    stays: bool = False


class Notes:
    """The notes at the end of a document, taken out of it."""

    def __init__(self, parent: Element, section: Element) -> None:
        """Take the section of the notes out of what it stands in."""
        parent.remove(section)
        self._section = section
        self._notes = {e.get("id", ""): e for e in section.iter() if e.get("role") == NOTE}
        self._weights = {name: weigh(note) for name, note in self._notes.items()}
        self._told: set[str] = set()

    def weigh_called(self, block: Element) -> int:
        """Give the bytes of the notes that are called here, and nowhere before."""
        new = [name for name in self._called(block) if name not in self._told]
        self._told.update(new)
        return sum(self._weights[name] for name in new)

    def hand_out(self, parts: Sequence[Element]) -> None:
        """Put each note at the end of the part that calls it first; one never called, at the end.

        A part that ends in the middle of a section has its notes in that section.
        """
        waiting = dict(self._notes)
        for part in parts:
            called = [n for n in self._called(part) if waiting.pop(n, None) is not None]
            if part is parts[-1]:
                called += list(waiting)
            if called:
                part[-1].append(self._shell(called))

    def _called(self, block: Element) -> list[str]:
        """Name the notes called in a block, and those called in them."""
        names: dict[str, None] = {}
        waiting = [block]
        while waiting:
            for link in waiting.pop().iter("a"):
                name = link.get("href", "").removeprefix("#")
                if name in self._notes and name not in names and link.get("role") != "doc-backlink":
                    names[name] = None
                    waiting.append(self._notes[name])
        return list(names)

    def _shell(self, called: Sequence[str]) -> Element:
        made = Element(self._section.tag, dict(self._section.attrib))
        made.text, made.tail = self._section.text, self._section.tail
        wanted = {id(self._notes[name]) for name in called}
        for child in self._section:
            if child.get("role") != NOTE:
                made.append(deepcopy(child))
            elif id(child) in wanted:
                made.append(child)
        return made


def notes_of(root: Element) -> Notes | None:
    """Take the notes out of a document; None where it has none that stand in one section."""
    for parent in root.iter():
        for child in parent:
            if child.tag == "section" and any(note.get("role") == NOTE for note in child):
                return Notes(parent, child)
    return None


def runs_of(root: Element, limit: int, notes: Notes | None) -> Iterator[Run]:
    """Give the blocks of a document in order; what is larger than `limit` is opened if it can be.

    The first element, that of the whole division, is always opened.
    """
    for child in root:
        yield from _runs(child, (), limit, notes)


def _runs(
    element: Element, path: tuple[Holder, ...], limit: int, notes: Notes | None
) -> Iterator[Run]:
    weight = weigh(element)
    if len(element) and (not path or weight > limit) and _opens(element):
        count = 0
        for child in element:
            yield from _runs(child, (*path, Holder(element, count)), limit, notes)
            count += child.tag == "li"
        return
    is_anchor = element.get("role") == PAGE_BREAK
    heads = element.tag in HEADINGS or (len(element) > 0 and element[0].tag in HEADINGS)
    is_last_caption = element.tag == "figcaption" and path[-1].element[0] is not element
    yield Run(
        element,
        path,
        weight + (notes.weigh_called(element) if notes else 0),
        is_heading=heads or is_anchor,
        holds_next=is_anchor or element.tag in HEADINGS | REPEATED | {"dt", "header", "figcaption"},
        stays=is_last_caption or element.tag == "dd",
    )


def _opens(element: Element) -> bool:
    if element.tag in OPEN:
        return "reversed" not in element.attrib
    if element.tag not in OPEN_AS_TABLE:
        return False
    cells = [e for e in element.iter() if e.tag in ("td", "th")]
    return bool(cells) and not any({"rowspan", "headers"} & c.attrib.keys() for c in cells)


def continued(holder: Holder) -> Element:
    """Make what stands for an element in a later part: a list goes on, a table repeats its head."""
    element = holder.element
    kept = {name: value for name, value in element.attrib.items() if KEPT.fullmatch(name)}
    made = Element(element.tag, kept)
    made.text, made.tail = "\n", element.tail
    if element.tag == "section":
        made.set("class", f"{kept.get('class', '')} {CONTINUED}".strip())
    if element.tag == "ol":
        made.set("start", str(_next_number(holder)))
    if element.tag == "table":
        for child in element:
            if child.tag in REPEATED:
                again = deepcopy(child)
                for inner in again.iter():
                    inner.attrib.pop("id", None)
                made.append(again)
    return made


def _next_number(holder: Holder) -> int:
    """Give the number of the item that a list goes on with."""
    number = _whole(holder.element.get("start"), 1)
    for item in holder.element.findall("li")[: holder.before]:
        number = _whole(item.get("value"), number) + 1
    return number


def _whole(written: str | None, otherwise: int) -> int:
    return int(written) if written and WHOLE.fullmatch(written) else otherwise


def weigh(element: Element) -> int:
    """Give the bytes of an element as it is written."""
    return len(ElementTree.tostring(element, "utf-8"))
