"""Find where in the text each page begins, as `PageStart` says it.

What is drawn is told from what is in the source: line by line the text of a block is found again
in its element, so a hyphen that the engine put at the end of a line is no sign of the text.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes

from chapbook.laid import PageStart
from chapbook.typeset.galley.boxes import Box, children, main_area, walk

# Blanks, and what may stand between signs without being seen.
NO_SIGN = re.compile(r"[\s\u00ad\u200b\u2060\ufeff]+")
UNCOUNTED = frozenset({"rt", "rp", "math", "svg"})
NOTES = frozenset({"footnote", "sidenote", "note-call", "note-back", "continued-entry"})
GENERATED = ("::before", "::after", "::marker", "::footnote-call", "::footnote-marker")
PICTURES = ("img", "svg")
LONGEST_GAP = 400  # signs of the source that are not drawn, as in what is hidden


@dataclass(frozen=True, slots=True)
class _Home:
    """Where an element belongs: its section, and its innermost block or, without one, None."""

    section: str = ""
    root: Any = None
    block: Any = None
    counts: bool = True

    @property
    def key(self) -> Any:
        """What the signs of one text have in common."""
        return self.root if self.block is None else self.block


class _Text:
    """The text of one home, and how much of it was drawn."""

    def __init__(self, key: Any) -> None:
        self._key = key
        self._waiting: list[tuple[str, str]] = []
        self._drawn: Drawn | None = None

    def draw(self, text: str, hyphen: str) -> None:
        self._waiting.append((text, hyphen))

    def count(self) -> int:
        """Count the signs drawn so far; few texts are ever asked."""
        self._drawn = self._drawn or Drawn("".join(_own_text(self._key)))
        for text, hyphen in self._waiting:
            self._drawn.draw(text, hyphen)
        self._waiting.clear()
        return self._drawn.count


class Drawn:
    """Follows a text while it is drawn piece by piece; `count` are the signs drawn so far."""

    def __init__(self, source: str) -> None:
        """Begin before the first sign."""
        self._signs = NO_SIGN.sub("", source)
        self._folded = ""
        self._place = 0

    @property
    def count(self) -> int:
        """Count them."""
        return min(self._place, len(self._signs))

    def draw(self, text: str, hyphen: str) -> None:
        """Draw the next piece; `hyphen` may have been added to its end."""
        piece = NO_SIGN.sub("", text)
        if self._signs.startswith(piece, self._place):
            self._place += len(piece)
            return
        self._folded = self._folded or _folded(self._signs)
        self._place = _after(self._folded, _folded(piece), self._place, _folded(hyphen))


class PageStarts:
    """Reads the pages of a chapter in order.

    `roots` gives the id of each section's root element; `parents` all parents, when asked.
    """

    def __init__(self, roots: Mapping[Any, str], parents: Callable[[], Mapping[Any, Any]]) -> None:
        """Begin before the first page."""
        self._roots = roots
        self._parents = parents
        self._homes: dict[Any, _Home] = {}
        self._texts: dict[Any, _Text] = {}
        self._begun: set[Any] = set()
        self._heads: set[Any] = set()
        self._last: _Home | None = None

    def read(self, page: Box) -> PageStart | None:
        """Tell where the next page begins; None where it is blank."""
        if page.page_type.blank:
            return None
        items = list(self._items(page))
        start = self._start(items) if items else self._start_of_empty(page)
        self._draw(items)
        return start

    def _items(self, page: Box) -> Iterator[tuple[Box, _Home]]:
        """Give the texts and pictures of a page that are in the source, in order."""
        heads: set[Any] = set()
        stack = list(reversed(main_area(page)))
        while stack:
            box = stack.pop()
            if isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer):
                if box.element in self._heads:
                    continue  # it is repeated
                heads.add(box.element)
            if box.is_leader or str(box.element_tag).endswith(GENERATED):
                continue
            if isinstance(box, (boxes.TextBox, boxes.ReplacedBox)):
                home = self._home(box.element)
                if home.counts and home.section and _is_seen(box):
                    yield box, home
            stack.extend(reversed(children(box)))
        self._heads |= heads

    def _home(self, element: Any) -> _Home:
        """Find where an element belongs, by what it stands in."""
        if element is None:
            return _Home()
        if element not in self._homes:
            self._homes[element] = self._find_home(element)
        return self._homes[element]

    def _find_home(self, element: Any) -> _Home:
        if element in self._roots:
            return _Home(self._roots[element], element)
        outer = self._home(self._parents().get(element))
        block = element if element.get("data-block") else outer.block
        return _Home(outer.section, outer.root, block, outer.counts and _counts(element))

    def _start(self, items: Sequence[tuple[Box, _Home]]) -> PageStart:
        box, home = items[0]
        if home.root not in self._begun:
            return PageStart(home.section, opens=True)
        if isinstance(box, boxes.ReplacedBox):
            number = _number(box.element, home.root)
            return PageStart(home.section, picture=number, next_block=self._next_block(items))
        before = self._before(home)
        if home.block is not None:
            return PageStart(home.section, block=home.block.get("data-block"), before=before)
        return PageStart(
            home.section,
            before=before,
            next_block=self._next_block(items),
            link=self._link(box.element),
        )

    def _start_of_empty(self, page: Box) -> PageStart | None:
        """Let a page without text or pictures begin its section, or where the text before ends."""
        elements = (box.element for box in walk(page))
        root = next((e for e in elements if e in self._roots and e not in self._begun), None)
        if root is not None:
            self._begun.add(root)
            return PageStart(self._roots[root], opens=True)
        home = self._last
        if home is None:
            return None
        block = "" if home.block is None else str(home.block.get("data-block"))
        return PageStart(home.section, block=block, before=self._before(home))

    def _before(self, home: _Home) -> int:
        text = self._texts.get(home.key)
        return text.count() if text else 0

    def _next_block(self, items: Iterable[tuple[Box, _Home]]) -> str:
        blocks = (home.block for _, home in items if home.block is not None)
        new = (block for block in blocks if block not in self._texts)
        return next((str(block.get("data-block")) for block in new), "")

    def _link(self, element: Any) -> str:
        while element is not None and element not in self._roots:
            if element.tag == "a":
                return str(element.get("href", ""))
            element = self._parents().get(element)
        return ""

    def _draw(self, items: Iterable[tuple[Box, _Home]]) -> None:
        """Keep what was drawn of each text that may go on."""
        for box, home in items:
            self._begun.add(home.root)
            self._last = home
            if home.key not in self._texts:
                self._texts[home.key] = _Text(home.key)
            if isinstance(box, boxes.TextBox):
                self._texts[home.key].draw(box.text, box.style["hyphenate_character"])


def _after(signs: str, piece: str, place: int, hyphen: str) -> int:
    """Give the place after a piece that is not drawn as it was written."""
    bare = piece.removesuffix(hyphen)
    for one in (piece, bare):
        if signs.startswith(one, place):
            return place + len(one)
    for one in (piece, bare):
        found = signs.find(one, place, place + LONGEST_GAP + len(one))
        if found >= 0:
            return found + len(one)
    return place + len(bare)


def _folded(text: str) -> str:
    """Make all letters small, of those that stay one sign."""
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)


def _counts(element: Any) -> bool:
    classes = element.get("class", "").split()
    return _name(element) not in UNCOUNTED and NOTES.isdisjoint(classes)


def _own_text(key: Any) -> Iterator[str]:
    """Give the text of a block, or of a section outside its blocks."""
    stack: list[Any] = [key]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
            continue
        if node is not key:
            stack.append(node.tail or "")
            if node.get("data-block") or not _counts(node):
                continue
        stack.extend(reversed(node))
        stack.append(node.text or "")


def _is_seen(box: Box) -> bool:
    if isinstance(box, boxes.TextBox):
        return bool(NO_SIGN.sub("", box.text))
    return _name(box.element) in PICTURES


def _number(picture: Any, root: Any) -> int:
    """Give the place of a picture among those of its section, from 1."""
    pictures = [element for element in root.iter() if _name(element) in PICTURES]
    return pictures.index(picture) + 1


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
