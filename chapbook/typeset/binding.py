"""Set the chapters one after the other: blank pages, furniture, fonts, and what stands where."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from chapbook.cache import digest
from chapbook.diagnostics import Code, Diagnostic, Outcome, error, warning
from chapbook.laid import (
    BoundChapter,
    FontSet,
    FontUse,
    Furniture,
    LaidChapter,
    LaidPage,
    Leaf,
    PageKind,
    Typeset,
)
from chapbook.model import Matter
from chapbook.publication import PagedPublication
from chapbook.typeset.compositor import Compositor
from chapbook.typeset.engine import Engine, engine_for
from chapbook.typeset.faces import embed, merge
from chapbook.typeset.folios import folio_labels
from chapbook.typeset.furniture import Furnisher, Margin
from chapbook.typeset.glyphs import missing_glyphs
from chapbook.typeset.records import Findings, counted
from chapbook.typeset.settle import Settled, Standing, folio_of, turns
from chapbook.typeset.task import Sheet, blank_task, make_sheet

TOTAL = re.compile(r"\bcounters?\(\s*pages\b", re.IGNORECASE)

Strings = dict[str, str]


def bind(
    publication: PagedPublication, compositor: Compositor, settled: Settled
) -> Outcome[Typeset]:
    """Bind the chapters that have settled; raises `BookError` where a page can not be drawn."""
    binder = _Binder(publication, compositor, settled)
    return binder.bind()


@dataclass(slots=True)
class _Binder:
    publication: PagedPublication
    compositor: Compositor
    settled: Settled
    sheet: Sheet = field(init=False)
    furniture: dict[str, Furniture] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sheet = make_sheet(self.publication)

    def bind(self) -> Outcome[Typeset]:
        placed = list(self._with_blanks())
        furnished = [()] * len(placed) if self.settled.is_whole else self._furnish(placed)
        places = {key: place for place, key in enumerate(self.furniture)}
        bound = tuple(
            BoundChapter(chapter, _shifts(chapter, standing), _places(chapter, keys, places))
            for (chapter, standing), keys in zip(placed, furnished, strict=True)
        )
        pages = [
            (chapter, standing, n)
            for chapter, standing in placed
            for n in range(len(chapter.pages))
        ]
        anchors = _anchors(pages)
        typeset = Typeset(
            leaves=self._leaves(pages),
            anchors=anchors,
            blocks=_blocks(pages),
            chapters=bound,
            furniture=tuple(self.furniture.values()),
            fonts=self._fonts(),
            missing_glyphs="".join(sorted(self._glyphs())),
        )
        return Outcome(typeset, tuple(self._findings(anchors)))

    def _with_blanks(self) -> Iterator[tuple[LaidChapter, Standing]]:
        faces = self.compositor.faces
        settled = self.settled
        for chapter, standing in zip(settled.chapters, settled.standings, strict=True):
            if standing.after_blank:
                is_recto = not standing.is_recto
                (blank,) = self.compositor.lay_out([blank_task(self.sheet, faces, is_recto)])
                yield blank, Standing(is_recto, standing.folio - 1)
            yield chapter, standing

    def _leaves(self, pages: Sequence[tuple[LaidChapter, Standing, int]]) -> tuple[Leaf, ...]:
        matters = {section.id: section.matter for section in self.publication.sections}
        found = [matters.get(chapter.pages[n].section) for chapter, _, n in pages]
        labels = folio_labels(found)
        return tuple(
            _leaf(number, chapter.pages[n], label, matter)
            for number, ((chapter, _, n), matter, label) in enumerate(
                zip(pages, found, labels, strict=True), 1
            )
        )

    def _furnish(self, placed: list[tuple[LaidChapter, Standing]]) -> list[tuple[str, ...]]:
        margins = list(self._margins(placed))
        furnishing = _Furnishing(self.compositor, self.sheet)
        found = [
            furnishing.chapter(chapter, standing, chapter_margins)
            for (chapter, standing), chapter_margins in zip(placed, margins, strict=True)
        ]
        furnishing.keep()
        for keys in found:
            for key in (k for page in keys for k in page):
                self.furniture.setdefault(key, furnishing.drawn[key])
        return found

    def _margins(self, placed: list[tuple[LaidChapter, Standing]]) -> Iterator[list[Margin]]:
        """Give what decides the furniture of each page, chapter by chapter."""
        total = sum(len(chapter.pages) for chapter, _ in placed)
        total = total if TOTAL.search(self.sheet.stylesheet) else 0
        strings: Strings = {}
        number = 0
        for chapter, standing in placed:
            margins = []
            for place in range(len(chapter.pages)):
                margins.append(_margin(chapter, standing, place, number == 0, total, strings))
                strings |= {n: v[-1] for n, v in chapter.pages[place].strings.items()}
                number += 1
            yield margins

    def _fonts(self) -> FontSet:
        uses = merge([*self._chapter_uses(), *(u for f in self.furniture.values() for u in f.fonts)])
        return self.compositor.cache.recall("fonts", digest(uses), lambda: self._embed(uses))

    def _embed(self, uses: Sequence[FontUse]) -> FontSet:
        return embed(uses, {use.file: self.compositor.font_file(use) for use in uses})

    def _chapter_uses(self) -> Iterator[FontUse]:
        for chapter in self.settled.chapters:
            yield from chapter.fonts

    def _glyphs(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for drawn in (*self.settled.chapters, *self.furniture.values()):
            counts.update(drawn.glyphs)
        return counts

    def _findings(self, anchors: Mapping[str, int]) -> Iterator[Diagnostic]:
        yield from self.compositor.found
        sheet = self.sheet
        of_sheet: Findings = self.compositor.cache.recall(
            "sheet", sheet.digest, lambda: engine_for(sheet).findings
        )
        counts: dict[Diagnostic, int] = dict(of_sheet)
        for chapter in self.settled.chapters:
            for finding, count in (*chapter.findings, *_dead_links(chapter, anchors)):
                counts[finding] = counts.get(finding, 0) + count
        for name in _repeated(self.settled.chapters):
            counts.setdefault(_twice(name), 1)
        yield from (counted(finding, count) for finding, count in counts.items())
        yield from missing_glyphs(self._glyphs(), self.publication)
        yield from self._restless()

    def _restless(self) -> Iterator[Diagnostic]:
        for place in self.settled.restless:
            yield warning(
                Code.PAGES_UNSETTLED,
                f"{self.publication.sections[place].id!r}: the page numbers in it do not settle",
                None,
                "one number moves the text, and the text the number: reword the line",
            )


@dataclass(slots=True)
class _Furnishing:
    """Furniture of a book, chapter by chapter; the engine is made ready only where it must be."""

    compositor: Compositor
    sheet: Sheet
    drawn: dict[str, Furniture] = field(default_factory=dict)
    furnisher: Furnisher | None = None
    known: int = 0

    def chapter(
        self, chapter: LaidChapter, standing: Standing, margins: Sequence[Margin]
    ) -> tuple[tuple[str, ...], ...]:
        """Give the keys of each page's furniture in `drawn`."""
        cache = self.compositor.cache
        key = digest(self.sheet.digest, [_as_key(margin) for margin in margins])
        found = cache.get("furnished", key)
        if found is None:
            keys = tuple(self._ready().furnish(margin) for margin in margins)
            found = keys, {k: self.drawn[k] for page in keys for k in page}
            cache.put("furnished", key, found)
        keys, drawn = found
        self.drawn.update(drawn)
        return keys

    def keep(self) -> None:
        """Keep what was drawn for other page numbers to come."""
        if self.furnisher is not None and len(self.furnisher.drawn) > self.known:
            self.compositor.cache.put("edges", self.sheet.digest, self.furnisher.drawn)

    def _ready(self) -> Furnisher:
        if self.furnisher is None:
            edges = dict(self.compositor.cache.get("edges", self.sheet.digest) or {})
            self.known = len(edges)
            engine: Engine = engine_for(self.sheet)
            self.furnisher = Furnisher(engine, self.compositor.faces, edges)
            self.drawn = edges
        return self.furnisher


def _as_key(margin: Margin) -> tuple[object, ...]:
    return (
        margin.kind,
        margin.is_first,
        margin.folio,
        margin.total,
        sorted(margin.strings.items()),
        margin.starts,
    )


def _margin(
    chapter: LaidChapter,
    standing: Standing,
    place: int,
    is_first: bool,
    total: int,
    before: Strings,
) -> Margin:
    page = chapter.pages[place]
    turned = turns(chapter, standing)
    kind = page.kind
    if turned:
        kind = PageKind(not kind.is_recto, kind.is_blank, kind.name, kind.groups)
    strings = {
        name: (page.strings.get(name, ()), before.get(name))
        for name in (before.keys() | page.strings.keys())
    }
    return Margin(
        kind, is_first, folio_of(chapter, place, standing.folio), total, strings, page.starts
    )


def _shifts(chapter: LaidChapter, standing: Standing) -> tuple[float, ...]:
    """Give where the text of each page begins, from the left."""
    if not turns(chapter, standing):
        return tuple(page.edge for page in chapter.pages)
    return tuple(page.other_edge or 0.0 for page in chapter.pages)


def _places(
    chapter: LaidChapter, keys: Sequence[Sequence[str]], places: Mapping[str, int]
) -> tuple[tuple[int, ...], ...]:
    if not keys:
        return ((),) * len(chapter.pages)
    return tuple(tuple(places[key] for key in page) for page in keys)


def _leaf(number: int, page: LaidPage, label: str, matter: Matter | None) -> Leaf:
    _, _, width, height = page.boxes.trim
    return Leaf(
        number=number,
        label=label,
        matter=matter,
        is_blank=page.kind.is_blank,
        is_recto=number % 2 == 1,
        width=round(width, 3),
        height=round(height, 3),
        words=page.words,
    )


Pages = Sequence[tuple[LaidChapter, Standing, int]]


def _anchors(pages: Pages) -> dict[str, int]:
    anchors: dict[str, int] = {}
    for number, (chapter, _, n) in enumerate(pages, 1):
        for name in chapter.pages[n].anchors:
            anchors.setdefault(name, number)
    return anchors


def _blocks(pages: Pages) -> dict[str, tuple[int, int]]:
    blocks: dict[str, tuple[int, int]] = {}
    for number, (chapter, _, n) in enumerate(pages, 1):
        for block in chapter.pages[n].blocks:
            blocks[block] = (blocks.get(block, (number, number))[0], number)
    return blocks


def _dead_links(chapter: LaidChapter, anchors: Mapping[str, int]) -> Iterator[tuple[Diagnostic, int]]:
    for page in chapter.pages:
        for link in page.links:
            if link.is_internal and link.target not in anchors:
                message = f"a link leads to #{link.target}, which no page has"
                yield error(Code.BROKEN_LINK, message), 1


def _repeated(chapters: Sequence[LaidChapter]) -> list[str]:
    """Give the anchors that more than one chapter has."""
    counts = Counter(
        name
        for chapter in chapters
        for name in {anchor for page in chapter.pages for anchor in page.anchors}
    )
    return [name for name, count in counts.items() if count > 1]


def _twice(anchor: str) -> Diagnostic:
    return warning(Code.DUPLICATE_ID, f"the id {anchor!r} is used twice; links go to the first")
