"""Find the line of Markdown from which a piece of an e-book came."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from chapbook.diagnostics import Location
from chapbook.inspect.container import XHTML, Package, resolve
from chapbook.inspect.ebook import outer_ids
from chapbook.model import Kind, Passage

FEWEST_LETTERS = 2


class Places:
    """The places of an e-book's images and words, as far as the passages tell."""

    def __init__(self, package: Package, passages: Sequence[Passage]) -> None:
        """Look at a package, and at the words that it was to show, each with its place."""
        self._package = package
        self._alts: dict[str, list[Passage]] = {}
        self._words: dict[str, list[Passage]] = {}
        for passage in passages:
            known = self._alts if passage.kind is Kind.ALT else self._words
            known.setdefault(_letters(passage.text), []).append(passage)
        divisions = {passage.block.partition(":")[0] for passage in passages} - {""}
        self._homes = self._find_homes(divisions)

    def _find_homes(self, divisions: set[str]) -> dict[str, str]:
        """Say which division each document belongs to: its own, or that which it goes on with."""
        homes: dict[str, str] = {}
        home = ""
        for key in self._package.spine:
            item = self._package.item(key)
            if item is not None and item.name in self._package.trees:
                ids = outer_ids(self._package.trees[item.name])
                home = next((one for one in ids if one in divisions), home)
                homes[item.name] = home
        return homes

    def of_image(self, image: str) -> Location | None:
        """Say where an image is shown first."""
        for name, home in self._homes.items():
            for element in self._package.trees[name].iter(f"{XHTML}img"):
                if resolve(name, element.get("src", "")) == image:
                    return self._place(self._alts, element.get("alt", ""), home)
        return None

    def of_words(self, document: str, element: Element) -> Location | None:
        """Say where the first words of an element were written."""
        home = self._homes.get(document, "")
        for text in element.itertext():
            if len(_letters(text)) >= FEWEST_LETTERS and (
                found := self._place(self._words, text, home)
            ):
                return found
        return self.of_document(document)

    def of_document(self, document: str) -> Location | None:
        """Say which file a document came from."""
        home = self._homes.get(document, "")
        known = (p for some in self._words.values() for p in some if _is_in(p, home))
        first = next(known, None)
        return Location(first.at.path) if first else None

    def _place(self, known: dict[str, list[Passage]], text: str, home: str) -> Location | None:
        found = known.get(_letters(text), [])
        here = [passage for passage in found if _is_in(passage, home)]
        return (here or found)[0].at if here or len(found) == 1 else None


def _is_in(passage: Passage, home: str) -> bool:
    return bool(home) and passage.block.partition(":")[0] == home


def _letters(text: str) -> str:
    return "".join(text.split())
