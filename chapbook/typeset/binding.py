"""Set the chapters one after the other: blank pages, furniture, fonts, and what stands where."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from chapbook.cache import digest
from chapbook.diagnostics import Code, Diagnostic, Outcome, warning
from chapbook.laid import (
    BoundChapter,
    FontSet,
    FontUse,
    Furniture,
    LaidChapter,
    LaidPage,
    Leaf,
    Typeset,
)
from chapbook.model import Matter
from chapbook.publication import PagedPublication
from chapbook.typeset.compositor import Compositor
from chapbook.typeset.doors import embed_fonts, sheet_findings
from chapbook.typeset.findings import Findings, counted, no_anchor, twice
from chapbook.typeset.folios import folio_labels
from chapbook.typeset.font_uses import merge
from chapbook.typeset.furnishing import Furnishing
from chapbook.typeset.glyphs import missing_glyphs
from chapbook.typeset.margins import PageKeys
from chapbook.typeset.settle import Settled, turns
from chapbook.typeset.standing import Standing
from chapbook.typeset.task import Sheet


def bind(
    publication: PagedPublication, sheet: Sheet, compositor: Compositor, settled: Settled
) -> Outcome[Typeset]:
    """Bind the chapters that have settled; raises `BookError` where a page can not be drawn."""
    return _Binder(publication, sheet, compositor, settled).bind()


@dataclass(slots=True)
class _Binder:
    publication: PagedPublication
    sheet: Sheet
    compositor: Compositor
    settled: Settled
    furniture: dict[str, Furniture] = field(default_factory=dict)

    def bind(self) -> Outcome[Typeset]:
        placed = list(self._with_blanks())
        nothing: list[PageKeys] = [()] * len(placed)
        furnished = nothing if self.settled.is_whole else self._furnish(placed)
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
        settled = self.settled
        for chapter, standing in zip(settled.chapters, settled.standings, strict=True):
            if standing.blank is not None:
                yield standing.blank, Standing(not standing.is_recto, standing.blank_folio)
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

    def _furnish(self, placed: list[tuple[LaidChapter, Standing]]) -> list[PageKeys]:
        furnishing = Furnishing(self.compositor, self.sheet, self.publication.body_class)
        furnished = furnishing.furnish(placed)
        self.furniture = furnishing.used(furnished)
        return furnished

    def _fonts(self) -> FontSet:
        uses = merge(self._uses())
        return self.compositor.cache.recall("fonts", digest(uses), lambda: self._embed(uses))

    def _embed(self, uses: Sequence[FontUse]) -> FontSet:
        files = tuple((use, self.compositor.font_file(use)) for use in uses)
        return self.compositor.have_done(embed_fonts, files, "the fonts cannot be embedded")

    def _uses(self) -> Iterator[FontUse]:
        for chapter in self.settled.chapters:
            yield from chapter.fonts
        for furniture in self.furniture.values():
            yield from furniture.fonts

    def _glyphs(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for chapter in self.settled.chapters:
            counts.update(chapter.glyphs)
        for furniture in self.furniture.values():
            counts.update(furniture.glyphs)
        return counts

    def _findings(self, anchors: Mapping[str, int]) -> Iterator[Diagnostic]:
        yield from self.compositor.found
        sheet = self.sheet
        of_sheet: Findings = self.compositor.cache.recall(
            "sheet",
            sheet.digest,
            lambda: self.compositor.have_done(
                sheet_findings, sheet, "the style sheet cannot be read"
            ),
        )
        counts: dict[Diagnostic, int] = dict(of_sheet)
        for chapter in self.settled.chapters:
            for finding, count in (*chapter.findings, *_dead_links(chapter, anchors)):
                counts[finding] = counts.get(finding, 0) + count
        for name, more in _repeated(self.settled.chapters).items():
            counts[twice(name)] = counts.get(twice(name), 0) + more
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
        start=page.start,
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


def _dead_links(
    chapter: LaidChapter, anchors: Mapping[str, int]
) -> Iterator[tuple[Diagnostic, int]]:
    for page in chapter.pages:
        for link in page.links:
            if link.is_internal and link.target not in anchors:
                yield no_anchor(link.target), 1


def _repeated(chapters: Sequence[LaidChapter]) -> dict[str, int]:
    """Give the anchors that more than one chapter has, and in how many more."""
    counts = Counter(
        name
        for chapter in chapters
        for name in {anchor for page in chapter.pages for anchor in page.anchors}
    )
    return {name: count - 1 for name, count in counts.items() if count > 1}
