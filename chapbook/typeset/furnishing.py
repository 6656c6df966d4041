"""Furnish the pages of a book, and remember the furniture of each chapter."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from chapbook.cache import digest
from chapbook.diagnostics import BookError, Code, error
from chapbook.laid import Furniture, LaidChapter
from chapbook.typeset.chase import Carried, Margin
from chapbook.typeset.compositor import Compositor
from chapbook.typeset.engine import engine_for
from chapbook.typeset.furniture import Furnisher
from chapbook.typeset.settle import Standing, folio_of, turns
from chapbook.typeset.task import Sheet
from chapbook.workers import Fallen

FEW = 60  # pages that are furnished sooner than a worker is started
TOTAL = re.compile(r"\bcounters?\(\s*pages\b", re.IGNORECASE)

Values = dict[str, str]
PageKeys = tuple[tuple[str, ...], ...]  # for each page the keys of its furniture
Furnished = tuple[PageKeys, dict[str, Furniture]]


@dataclass(frozen=True, slots=True)
class FurnitureTask:
    """The pages of one chapter that are to be furnished; fonts are put into the folder `faces`."""

    sheet: Sheet
    faces: Path
    margins: tuple[Margin, ...]


@dataclass(slots=True)
class Furnishing:
    """Furniture by its keys; what was drawn before is not drawn again."""

    compositor: Compositor
    sheet: Sheet
    body_class: str
    drawn: dict[str, Furniture] = field(default_factory=dict)

    def furnish(self, placed: Sequence[tuple[LaidChapter, Standing]]) -> list[PageKeys]:
        """Draw the furniture of every page of every chapter; give its keys."""
        cache = self.compositor.cache
        margins = list(self._margins(placed))
        names = [digest(self.sheet.digest, one) for one in margins]
        known: dict[str, Furnished | None] = {name: self._recall(name) for name in names}
        missing = {n: m for n, m in zip(names, margins, strict=True) if known[n] is None}
        for name, made in zip(missing, self._make(list(missing.values())), strict=True):
            known[name] = made
            cache.put("furnished", name, made)
        found = [one for name in names if (one := known[name]) is not None]
        for _, drawn in found:
            self.drawn.update(drawn)
        return [keys for keys, _ in found]

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
        strings: Values = {}
        running: Values = {}
        is_first = True
        for chapter, standing in placed:
            margins = []
            for place, page in enumerate(chapter.pages):
                margin = _margin(chapter, standing, place, is_first, total)
                carried = _carried(page.running, running)
                margins.append(
                    replace(
                        margin,
                        strings=_carried(page.strings, strings),
                        running=carried,
                        body_class=self.body_class if carried else "",
                    )
                )
                is_first = False
            yield tuple(margins)

    def _recall(self, name: str) -> Furnished | None:
        found: Furnished | None = self.compositor.cache.get("furnished", name)
        return found if found and self._is_sound(found[1]) else None

    def _is_sound(self, drawn: Mapping[str, Furniture]) -> bool:
        return all(self.compositor.are_at_hand(furniture.fonts) for furniture in drawn.values())

    def _make(self, missing: Sequence[tuple[Margin, ...]]) -> list[Furnished]:
        """Draw, in workers where it is much; where numbers have moved, most is drawn already."""
        if not missing:
            return []
        cache, faces = self.compositor.cache, self.compositor.faces
        before: dict[str, Furniture] = cache.get("edges", self.sheet.digest) or {}
        before = before if self._is_sound(before) else {}
        pages = sum(len(margins) for margins in missing)
        if before or pages <= FEW:
            furnisher = Furnisher(engine_for(self.sheet), faces, dict(before))
            found = [_furnish(furnisher, margins) for margins in missing]
        else:
            tasks = [FurnitureTask(self.sheet, faces, margins) for margins in missing]
            found = self._have_made(tasks)
        drawn = {key: one for _, drawn in found for key, one in drawn.items()}
        for furniture in drawn.values():
            self.compositor.keep_faces(furniture.fonts)
        if drawn.keys() - before.keys():
            cache.put("edges", self.sheet.digest, before | drawn)
        return found

    def _have_made(self, tasks: Sequence[FurnitureTask]) -> list[Furnished]:
        found: list[Furnished] = []
        for result in self.compositor.workers.each(draw_furniture, tasks):
            if isinstance(result, Fallen):
                message = f"the margins of the pages cannot be drawn: the worker {result.reason}"
                raise BookError([error(Code.LAYOUT_FAILED, message)])
            found.append(result)
        return found


_last: list[Furnisher] = []


def draw_furniture(task: FurnitureTask) -> Furnished:
    """Furnish the pages of a chapter; runs in a worker, which keeps what it drew for the next."""
    engine = engine_for(task.sheet)
    if not _last or _last[0].serves != (task.sheet.digest, task.faces):
        _last[:] = [Furnisher(engine, task.faces, {})]
    return _furnish(_last[0], task.margins)


def _furnish(furnisher: Furnisher, margins: Sequence[Margin]) -> Furnished:
    keys = tuple(furnisher.furnish(margin) for margin in margins)
    return keys, {key: furnisher.drawn[key] for page in keys for key in page}


def _margin(
    chapter: LaidChapter, standing: Standing, place: int, is_first: bool, total: int
) -> Margin:
    page = chapter.pages[place]
    kind = page.kind
    if turns(chapter, standing):
        kind = replace(kind, is_recto=not kind.is_recto)
    folio = folio_of(chapter, place, standing.folio)
    return Margin(kind, is_first, folio, total, {}, page.starts)


def _carried(here: Mapping[str, tuple[str, ...]], before: Values) -> Carried:
    """Give what names mean on a page, and let its last values go on to the next."""
    names = sorted(before.keys() | here.keys())
    carried = {name: (here.get(name, ()), before.get(name)) for name in names}
    before |= {name: values[-1] for name, values in here.items()}
    return carried
