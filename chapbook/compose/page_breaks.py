"""Mark in the text of an e-book where the pages of the printed book begin.

https://www.w3.org/TR/epub-a11y-11/#sec-page-nav and https://www.w3.org/TR/dpub-aria-1.1/#doc-pagebreak
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from chapbook.compose.markup import EPUB
from chapbook.compose.notes import INLINE
from chapbook.compose.places import free
from chapbook.compose.signs import Run, Stretch, is_first_in, stretches
from chapbook.laid import PageStart

ROLE = "doc-pagebreak"
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# A page that begins with the first of what stands in one of these begins before it.
WHOLE = frozenset({"details", "figure", "header", "hgroup", "table"})
TITLES = HEADINGS | {"caption", "figcaption", "summary"}
# In these no anchor can stand.
BARE = frozenset({"colgroup", "dl", "ol", "table", "tbody", "tfoot", "thead", "tr", "ul"})
PICTURES = frozenset({"img", "svg"})

PageStarts = Sequence[tuple[str, PageStart]]


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place between two signs: in the text of an element, or (`is_tail`) in that after it."""

    owner: Element
    is_tail: bool
    offset: int


def mark_pages(root: Element, pages: PageStarts) -> None:
    """Put an anchor where each page begins, by its folio, into the one element in `root`.

    Blocks must still have their `data-block`. No word is parted: where the printed one is, by a
    hyphen, the anchor stands before it. What can not be found is marked where the next page is.
    """
    if not pages:
        return
    marker = _Marker(root[0])
    spots = [marker.find(start) for _, start in pages]
    for place in range(len(spots) - 2, -1, -1):
        spots[place] = spots[place] or spots[place + 1]
    taken = {name for element in root.iter() if (name := element.get("id"))}
    anchors = [make_anchor(label, free(f"page-{label}", taken)) for label, _ in pages]
    last = _at_end(root[0])
    marker.insert([(spot or last, one) for spot, one in zip(spots, anchors, strict=True)])


def make_anchor(label: str, name: str) -> Element:
    """Make the anchor of a page; `name` is its id."""
    kind = {f"{{{EPUB}}}type": "pagebreak", "role": ROLE}
    return Element("span", {**kind, "id": name, "aria-label": label})


def marked_pages(tree: Element) -> Iterator[tuple[str, str]]:
    """Give the folio and the id of each page that is marked in a tree, in order."""
    for element in tree.iter("span"):
        if element.get("role") == ROLE:
            yield element.get("aria-label", ""), element.get("id", "")


class _Marker:
    def __init__(self, section: Element) -> None:
        self._section = section
        self._parents = {kid: element for element in section.iter() for kid in element}
        self._blocks = {name: e for e in section.iter() if (name := e.get("data-block"))}
        self._stretches: Mapping[str, Stretch] = stretches(section)

    def find(self, start: PageStart) -> _Spot | None:
        if start.opens:
            return _Spot(self._section, False, 0)
        if start.picture:
            return self._at_picture(start.picture) or self._at_block(start.next_block, 0)
        if start.block:
            return self._at_block(start.block, start.before)
        place = self._stretches[""].find(start.before) if "" in self._stretches else None
        return self._at(*place) if place else self._at_block(start.next_block, 0)

    def _at_picture(self, number: int) -> _Spot | None:
        pictures = [element for element in self._section.iter() if element.tag in PICTURES]
        if number > len(pictures):
            return None
        picture = pictures[number - 1]
        ways = list(self._climb(picture, WHOLE | INLINE | {"div", "p"}))
        whole = next((one for one in reversed(ways) if one.tag in WHOLE), None)
        if whole is not None and self._parents[whole].tag not in BARE:
            return self._before(whole)
        return self._before(list(self._climb(picture, INLINE))[-1])

    def _at_block(self, name: str, before: int) -> _Spot | None:
        block = self._blocks.get(name)
        if block is None:
            return None
        if block.tag in PICTURES:  # in which nothing can stand
            return _Spot(block, True, 0) if before else self._before(block)
        stretch = self._stretches.get(name)
        place = stretch.find(before) if stretch else None
        if stretch and place == stretch.find(0):
            return self._at_start(block, place)
        return self._at(*place) if place else _at_end(block)

    def _at_start(self, block: Element, place: tuple[Run, int] | None) -> _Spot:
        """Mark a title before it and not in it, where it would be read out with its words."""
        if block.tag in TITLES:
            whole = list(self._climb(block, WHOLE))[-1]
            is_free = whole.tag in HEADINGS | WHOLE
            if is_free and self._parents[whole].tag not in BARE:
                return self._before(whole)
        return self._at(*place) if place else _Spot(block, False, 0)

    def _at(self, run: Run, offset: int) -> _Spot:
        """Mark before inline elements that begin with the sign."""
        if run.is_tail or run.text[:offset].strip() or run.holder.tag not in INLINE:
            return _Spot(run.holder, run.is_tail, offset)
        return self._before(list(self._climb(run.holder, INLINE))[-1])

    def _climb(self, element: Element, tags: Collection[str]) -> Iterator[Element]:
        """Give an element, and those around it that begin with it."""
        yield element
        while (parent := self._parents[element]) is not self._section and parent.tag in tags:
            if not is_first_in(parent, element):
                break
            element = parent
            yield element

    def _before(self, element: Element) -> _Spot:
        parent = self._parents[element]
        place = list(parent).index(element)
        if place == 0:
            return _Spot(parent, False, len(parent.text or ""))
        return _Spot(parent[place - 1], True, len(parent[place - 1].tail or ""))

    def insert(self, anchors: Sequence[tuple[_Spot, Element]]) -> None:
        """Put all anchors in; those of one place in their order."""
        groups: dict[tuple[Element, bool], list[tuple[int, Element]]] = {}
        for spot, anchor in anchors:
            groups.setdefault((spot.owner, spot.is_tail), []).append((spot.offset, anchor))
        for (owner, is_tail), group in groups.items():
            group.sort(key=lambda pair: pair[0])
            self._part(owner, is_tail, group)

    def _part(self, owner: Element, is_tail: bool, group: Sequence[tuple[int, Element]]) -> None:
        """Part a text at each anchor of a group."""
        text = (owner.tail if is_tail else owner.text) or ""
        starts = [offset for offset, _ in group]
        for (start, anchor), end in zip(group, [*starts[1:], None], strict=True):
            anchor.tail = text[start:end]
        anchors = [anchor for _, anchor in group]
        if is_tail:
            parent = self._parents[owner]
            place = list(parent).index(owner) + 1
            owner.tail = text[: starts[0]]
            parent[place:place] = anchors
        else:
            owner.text = text[: starts[0]]
            owner[0:0] = anchors


def _at_end(element: Element) -> _Spot:
    if len(element):
        return _Spot(element[-1], True, len(element[-1].tail or ""))
    return _Spot(element, False, len(element.text or ""))
