"""Furnish the pages of a book, and remember the furniture of each chapter."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from chapbook.cache import digest
from chapbook.laid import Furniture, LaidChapter, PageKind
from chapbook.typeset.compositor import Compositor
from chapbook.typeset.engine import engine_for
from chapbook.typeset.furniture import Furnisher, Margin
from chapbook.typeset.settle import Standing, folio_of, turns
from chapbook.typeset.task import Sheet

TOTAL = re.compile(r"\bcounters?\(\s*pages\b", re.IGNORECASE)

Strings = dict[str, str]
PageKeys = tuple[tuple[str, ...], ...]  # for each page the keys of its furniture
Furnished = tuple[PageKeys, dict[str, Furniture]]


@dataclass(slots=True)
class Furnishing:
    """Furniture by its keys; the engine is made ready only where something must be drawn."""

    compositor: Compositor
    sheet: Sheet
    drawn: dict[str, Furniture] = field(default_factory=dict)
    furnisher: Furnisher | None = None
    known: int = 0

    def furnish(self, placed: Sequence[tuple[LaidChapter, Standing]]) -> list[PageKeys]:
        """Draw the furniture of every page of every chapter; give its keys."""
        found = [self._chapter(margins) for margins in self._margins(placed)]
        if self.furnisher is not None and len(self.drawn) > self.known:
            self.compositor.cache.put("edges", self.sheet.digest, dict(self.drawn))
        return found

    def used(self, furnished: Sequence[PageKeys]) -> dict[str, Furniture]:
        """Give the furniture that pages have, in the order in which they first have it."""
        keys = (key for pages in furnished for page in pages for key in page)
        return {key: self.drawn[key] for key in keys}

    def _margins(
        self, placed: Sequence[tuple[LaidChapter, Standing]]
    ) -> Iterator[tuple[Margin, ...]]:
        """Give what decides the furniture of each page, chapter by chapter."""
        total = sum(len(chapter.pages) for chapter, _ in placed)
        total = total if TOTAL.search(self.sheet.stylesheet) else 0
        strings: Strings = {}
        is_first = True
        for chapter, standing in placed:
            margins = []
            for place, page in enumerate(chapter.pages):
                margins.append(_margin(chapter, standing, place, is_first, total, strings))
                strings |= {name: values[-1] for name, values in page.strings.items()}
                is_first = False
            yield tuple(margins)

    def _chapter(self, margins: Sequence[Margin]) -> PageKeys:
        cache = self.compositor.cache
        key = digest(self.sheet.digest, margins)
        found: Furnished | None = cache.get("furnished", key)
        if found is None or not self._is_sound(found[1]):
            keys = tuple(self._ready().furnish(margin) for margin in margins)
            found = keys, {k: self.drawn[k] for page in keys for k in page}
            for furniture in found[1].values():
                self.compositor.keep_faces(furniture.fonts)
            cache.put("furnished", key, found)
        self.drawn.update(found[1])
        return found[0]

    def _is_sound(self, drawn: Mapping[str, Furniture]) -> bool:
        return all(self.compositor.are_at_hand(furniture.fonts) for furniture in drawn.values())

    def _ready(self) -> Furnisher:
        if self.furnisher is None:
            edges: Mapping[str, Furniture] = (
                self.compositor.cache.get("edges", self.sheet.digest) or {}
            )
            if self._is_sound(edges):
                self.drawn.update(edges)
            self.known = len(self.drawn)
            self.furnisher = Furnisher(engine_for(self.sheet), self.compositor.faces, self.drawn)
        return self.furnisher


def _margin(
    chapter: LaidChapter,
    standing: Standing,
    place: int,
    is_first: bool,
    total: int,
    before: Strings,
) -> Margin:
    page = chapter.pages[place]
    kind = page.kind
    if turns(chapter, standing):
        kind = PageKind(not kind.is_recto, kind.is_blank, kind.name, kind.groups)
    strings = {
        name: (page.strings.get(name, ()), before.get(name))
        for name in sorted(before.keys() | page.strings.keys())
    }
    folio = folio_of(chapter, place, standing.folio)
    return Margin(kind, is_first, folio, total, strings, page.starts)
