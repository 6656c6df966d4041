"""Furnish the pages of a book, and remember the furniture of each chapter."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from chapbook.cache import digest
from chapbook.diagnostics import BookError, Code, error
from chapbook.laid import Furniture, LaidChapter
from chapbook.typeset.compositor import Compositor
from chapbook.typeset.doors import draw_furniture, fill_gaps
from chapbook.typeset.margins import Carried, Furnished, FurnitureTask, Gaps, Margin, PageKeys
from chapbook.typeset.settle import folio_of, turns
from chapbook.typeset.standing import Standing
from chapbook.typeset.task import Sheet
from chapbook.workers import Fallen

FEW = 60  # pages that are furnished sooner than a worker is started
FAILURE = "the margins of the pages cannot be drawn"
TOTAL = re.compile(r"\bcounters?\(\s*pages\b", re.IGNORECASE)

Values = dict[str, str]


@dataclass(frozen=True, slots=True)
class _Edges:
    """What was drawn for a style sheet, by its keys, and the keys of pages by their margins."""

    drawn: dict[str, Furniture]
    keys: dict[str, tuple[str, ...]]

    def of(self, margins: Sequence[str]) -> Furnished:
        """Give the furniture of pages."""
        pages = tuple(self.keys[margin] for margin in margins)
        return pages, {key: self.drawn[key] for page in pages for key in page}


@dataclass(slots=True)
class Furnishing:
    """Furniture by its keys; what was drawn before is not drawn again."""

    compositor: Compositor
    sheet: Sheet
    body_class: str
    drawn: dict[str, Furniture] = field(default_factory=dict)

    def furnish(self, placed: Sequence[tuple[LaidChapter, Standing]]) -> list[PageKeys]:
        """Draw the furniture of every page of every chapter; give its keys."""
        openings = list(self._openings(placed))
        names = [self._name(opening) for opening in openings]
        known: dict[str, Furnished | None] = {name: self._recall(name) for name in names}
        missing = {n: o for n, o in zip(names, openings, strict=True) if known[n] is None}
        margins = [self._margins(opening) for opening in missing.values()]
        for name, made in zip(missing, self._make(margins), strict=True):
            known[name] = made
            self.compositor.cache.put("furnished", name, made)
        found = [one for name in names if (one := known[name]) is not None]
        for _, drawn in found:
            self.drawn.update(drawn)
        return [keys for keys, _ in found]

    def _name(self, opening: "_Opening") -> str:
        has_running = opening.running or any(page.running for page in opening.chapter.pages)
        return digest(self.sheet.digest, opening.key, self.body_class if has_running else "")

    def used(self, furnished: Sequence[PageKeys]) -> dict[str, Furniture]:
        """Give the furniture that pages have, in the order in which they first have it."""
        keys = (key for pages in furnished for page in pages for key in page)
        return {key: self.drawn[key] for key in keys}

    def _openings(self, placed: Sequence[tuple[LaidChapter, Standing]]) -> Iterator["_Opening"]:
        """Give what each chapter begins with that those before it have left."""
        total = sum(len(chapter.pages) for chapter, _ in placed)
        total = total if TOTAL.search(self.sheet.stylesheet) else 0
        strings: Values = {}
        running: Values = {}
        is_first = True
        for chapter, standing in placed:
            yield _Opening(chapter, standing, total, is_first, strings, running)
            is_first = False
            strings = _left(chapter, "strings", strings)
            running = _left(chapter, "running", running)

    def _margins(self, opening: "_Opening") -> tuple[Margin, ...]:
        """Give what decides the furniture of each page of a chapter."""
        strings, running = dict(opening.strings), dict(opening.running)
        margins = []
        for place, page in enumerate(opening.chapter.pages):
            carried = _carried(page.running, running)
            margins.append(
                replace(
                    _margin(opening, place),
                    strings=_carried(page.strings, strings),
                    running=carried,
                    body_class=self.body_class if carried else "",
                )
            )
        return tuple(margins)

    def _recall(self, name: str) -> Furnished | None:
        found: Furnished | None = self.compositor.cache.get("furnished", name)
        return found if found and self._is_sound(found[1]) else None

    def _is_sound(self, drawn: Mapping[str, Furniture]) -> bool:
        return all(self.compositor.are_at_hand(furniture.fonts) for furniture in drawn.values())

    def _make(self, missing: Sequence[tuple[Margin, ...]]) -> list[Furnished]:
        """Furnish chapters; where text has changed, or numbers moved, most is drawn already."""
        if not missing:
            return []
        cache, edges = self.compositor.cache, self._edges()
        names = [tuple(digest(margin) for margin in margins) for margins in missing]
        gaps = [n for n, pages in enumerate(names) if not edges.keys.keys() >= set(pages)]
        made = self._draw(edges.drawn, [missing[n] for n in gaps])
        for n, (keys, drawn) in zip(gaps, made, strict=True):
            edges.keys.update(zip(names[n], keys, strict=True))
            edges.drawn.update(drawn)
        if gaps:
            cache.put("edges", self.sheet.digest, edges)
        return [edges.of(pages) for pages in names]

    def _edges(self) -> "_Edges":
        known: _Edges | None = self.compositor.cache.get("edges", self.sheet.digest)
        if known is None or not self._is_sound(known.drawn):
            return _Edges({}, {})
        return _Edges(dict(known.drawn), dict(known.keys))

    def _draw(
        self, before: Mapping[str, Furniture], missing: Sequence[tuple[Margin, ...]]
    ) -> list[Furnished]:
        """Draw, in several workers where it is much."""
        if not missing:
            return []
        faces = self.compositor.faces
        if before or sum(map(len, missing)) <= FEW:
            gaps = Gaps(self.sheet, faces, before, tuple(missing))
            found = self.compositor.have_done(fill_gaps, gaps, FAILURE)
        else:
            tasks = [FurnitureTask(self.sheet, faces, margins) for margins in missing]
            found = self._have_made(tasks)
        for _, drawn in found:
            for furniture in drawn.values():
                self.compositor.keep_faces(furniture.fonts)
        return found

    def _have_made(self, tasks: Sequence[FurnitureTask]) -> list[Furnished]:
        found: list[Furnished] = []
        for result in self.compositor.workers.each(draw_furniture, tasks):
            if isinstance(result, Fallen):
                message = f"{FAILURE}: the worker {result.reason}"
                raise BookError([error(Code.LAYOUT_FAILED, message)])
            found.append(result)
        return found


@dataclass(frozen=True, slots=True)
class _Opening:
    """A chapter in its place, and what the chapters before have left to the heads of its pages."""

    chapter: LaidChapter
    standing: Standing
    total: int
    is_first: bool
    strings: Values
    running: Values

    @property
    def key(self) -> tuple[object, ...]:
        """All that decides the furniture of the chapter."""
        chapter, standing = self.chapter.digest, self.standing
        return chapter, standing, self.total, self.is_first, self.strings, self.running


def _left(chapter: LaidChapter, kind: str, before: Values) -> Values:
    """Give the values that named strings, or running elements, have after a chapter."""
    after = dict(before)
    for page in chapter.pages:
        after |= {name: values[-1] for name, values in getattr(page, kind).items()}
    return after


def _margin(opening: _Opening, place: int) -> Margin:
    chapter, standing = opening.chapter, opening.standing
    page = chapter.pages[place]
    kind = page.kind
    if turns(chapter, standing):
        kind = replace(kind, is_recto=not kind.is_recto)
    folio = folio_of(chapter, place, standing.folio)
    is_first = opening.is_first and place == 0
    return Margin(kind, is_first, folio, opening.total, {}, page.starts)


def _carried(here: Mapping[str, tuple[str, ...]], before: Values) -> Carried:
    """Give what names mean on a page, and let its last values go on to the next."""
    names = sorted(before.keys() | here.keys())
    carried = {name: (here.get(name, ()), before.get(name)) for name in names}
    before |= {name: values[-1] for name, values in here.items()}
    return carried
