"""Say where in the Markdown the things of a page were written.

What is not known is not guessed: then only the file is named, or nothing.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree

from chapbook.diagnostics import Location
from chapbook.laid import Typeset
from chapbook.model import Asset, Book, Division, Kind, Passage
from chapbook.preflight.lines import letters_of
from chapbook.preflight.sides import Side

_FEWEST = 3  # letters that can tell one passage from another
_ASSET = "asset:"


@dataclass(frozen=True, slots=True)
class Use:
    """An image where the author put it; the asset is None where it can not be told."""

    at: Location
    asset: Asset | None


@dataclass(frozen=True, slots=True)
class _Sought:
    """A passage, the pages that it may stand on, and its letters."""

    passage: Passage
    pages: range
    letters: str


class Places:
    """Looks the things of a book's pages up in its sources."""

    def __init__(self, typeset: Typeset, passages: Sequence[Passage], book: Book) -> None:
        """Keep what the layout, the passages and the book tell of places."""
        self._typeset, self.passages, self._book = typeset, tuple(passages), book

    def of_text(self, page: int, text: str) -> Location | None:
        """Give where words on a page were written; the file alone where several places match."""
        letters = letters_of(text)
        if len(letters) < _FEWEST:
            return self.of_page(page)
        own = [one for one in self._on_page.get(page, ()) if letters in one.letters]
        found = {one.passage.at: None for one in own} or {
            one.passage.at: None for one in self._anywhere if letters in one.letters
        }
        if len(found) == 1:
            return next(iter(found))
        return _file_of(found) or self.of_page(page)

    def is_code(self, page: int, text: str) -> bool:
        """Whether words on a page are of a block of code, whose spaces are the author's."""
        letters = letters_of(text)
        code = (one for one in self._on_page.get(page, ()) if one.passage.kind is Kind.CODE)
        return len(letters) >= _FEWEST and any(letters in one.letters for one in code)

    def of_page(self, page: int) -> Location | None:
        """Give the file that a page shows, where it is one and no more."""
        return _file_of([one.passage.at for one in self._on_page.get(page, ())])

    @cached_property
    def paragraphs(self) -> Mapping[str, Passage]:
        """The blocks of running text, each with its passages' words together."""
        joined: dict[str, Passage] = {}
        for one in self.passages:
            if one.block and one.kind is Kind.TEXT:
                text = f"{joined[one.block].text} {one.text}" if one.block in joined else one.text
                at = joined[one.block].at if one.block in joined else one.at
                joined[one.block] = Passage(one.block, one.kind, text, at)
        return joined

    def uses(self, sides: Iterable[Side]) -> dict[tuple[int, int], Use]:
        """Tell which image each figure is, by its page and its mark there.

        Images stand in the order in which they were written; pixels must be those of the file.
        """
        waiting = self._uses
        found: dict[tuple[int, int], Use] = {}
        for side in sides:
            for mark, pixels in side.figures.items():
                place = next(
                    (
                        n
                        for n, (use, pages) in enumerate(waiting)
                        if _fits(use, pixels, pages, side)
                    ),
                    None,
                )
                if place is not None:
                    found[side.number, mark] = waiting.pop(place)[0]
        return found

    @cached_property
    def _anywhere(self) -> list[_Sought]:
        return [
            _Sought(one, range(0), letters_of(one.text)) for one in self.passages if not one.block
        ]

    @cached_property
    def _on_page(self) -> dict[int, list[_Sought]]:
        found: dict[int, list[_Sought]] = defaultdict(list)
        for one in self.passages:
            if one.kind is Kind.ALT or not (pages := self._pages(one.block)):
                continue
            sought = _Sought(one, pages, letters_of(one.text))
            for page in pages:
                found[page].append(sought)
        return found

    @property
    def _uses(self) -> list[tuple[Use, range]]:
        assets = {
            division.id: _assets_of(division, self._book.assets)
            for division in self._book.divisions
        }
        found = []
        for one in self.passages:
            if one.kind is Kind.ALT:
                own = assets.get(one.block.partition(":")[0], {}).get(letters_of(one.text))
                asset = own.popleft() if own else None
                found.append((Use(one.at, asset), self._pages(one.block)))
        return found

    def _pages(self, block: str) -> range:
        if block not in self._typeset.blocks:
            return range(0)
        first, last = self._typeset.blocks[block]
        return range(first, last + 1)


def _fits(use: Use, pixels: tuple[int, int] | None, pages: range, side: Side) -> bool:
    if pages and side.number not in pages:
        return False
    if use.asset is None:
        return True
    is_drawn = use.asset.media_type == "image/svg+xml"
    if pixels is None or is_drawn:
        return is_drawn
    return sorted(pixels) == sorted((round(use.asset.width), round(use.asset.height)))


def _file_of(places: Iterable[Location]) -> Location | None:
    paths = {at.path for at in places}
    return Location(paths.pop()) if len(paths) == 1 else None


def _assets_of(division: Division, assets: Mapping[str, Asset]) -> dict[str, deque[Asset | None]]:
    """Give the images of a division by their words, in order."""
    found: dict[str, deque[Asset | None]] = defaultdict(deque)
    for xhtml in (division.xhtml, *(note.xhtml for note in division.notes)):
        for image in _images(xhtml):
            path = image.get("src", "").removeprefix(_ASSET)
            found[letters_of(image.get("alt", ""))].append(assets.get(path))
    return found


def _images(xhtml: str) -> Iterator[ElementTree.Element]:
    if "<img" in xhtml:
        yield from ElementTree.fromstring(f"<div>{xhtml}</div>").iter("img")
