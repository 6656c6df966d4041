"""Part a printed book into chapters, each to be read back by itself.

What was read of a chapter is remembered by all that it was made of: the chapter as laid out, where
its pages stand, and the passages that it must show. What could yet go wrong is the joining, so
the joined file is never taken on trust. The number of its pages is counted each time. Of the
remembered chapters some pages are read again and compared with what was read before, other ones
with every change of the file, about one in forty, so that an error of the joining, which strikes
more than one page, is soon met. Where the fonts of the file have changed, which all chapters
share, a page of every chapter is read.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from chapbook.cache import digest
from chapbook.diagnostics import Diagnostic
from chapbook.laid import BoundChapter, Typeset
from chapbook.model import Passage

SAMPLE = 40  # pages, of which one is read again


@dataclass(frozen=True, slots=True)
class Piece:
    """Pages that are read back together, and the passages that must stand on them.

    `first` is the first page, from 0; `windows` gives, for each block, its pages counted from
    there. `labels` name the pages. `missing` are characters that no font could show.
    """

    first: int
    labels: tuple[str, ...]
    passages: tuple[Passage, ...] = field(repr=False)
    windows: dict[str, range] = field(repr=False)
    missing: str = ""
    made_of: str = ""

    @property
    def key(self) -> str:
        """Name all that decides what is found in it."""
        said = "\x1e".join(
            f"{p.kind}\x1f{p.block}\x1f{p.at.path}\x1f{p.at.line}\x1f{p.at.column}\x1f{p.text}"
            for p in self.passages
        )
        places = [(block, span.start, span.stop) for block, span in self.windows.items()]
        return digest(self.made_of, self.labels, said, places, self.missing)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read back: the findings, and a digest of the text of each page."""

    found: tuple[Diagnostic, ...]
    pages: tuple[str, ...] = field(repr=False)
    fonts: str = ""


def pieces_of(typeset: Typeset, passages: Sequence[Passage]) -> tuple[Piece, ...]:
    """Part the pages of a book; a book of which a passage has no home is one piece."""
    starts = _starts(typeset.chapters)
    homes = _homes(typeset, passages, starts)
    if homes is None:
        return (_piece(typeset, passages, 0, len(typeset.leaves)),)
    by_chapter: list[list[Passage]] = [[] for _ in starts]
    for passage, home in zip(passages, homes, strict=True):
        by_chapter[home].append(passage)
    ends = [*starts[1:], len(typeset.leaves)]
    return tuple(
        _piece(typeset, own, start, end, digest(bound.chapter.digest, bound.shifts))
        for own, start, end, bound in zip(by_chapter, starts, ends, typeset.chapters, strict=True)
    )


def sampled(piece: Piece, reading: Reading, pdf: bytes, fonts: str) -> Iterator[int]:
    """Give the pages of a remembered piece that are to be read again, counted from 0 in it."""
    if not reading.pages:
        return
    if reading.fonts != fonts:
        yield 0
    seed = hashlib.sha256(pdf[-4096:]).digest()
    for place in range(len(reading.pages)):
        lot = int.from_bytes(hashlib.sha256(seed + (piece.first + place).to_bytes(4)).digest()[:4])
        if lot % SAMPLE == 0:
            yield place


def _starts(chapters: Sequence[BoundChapter]) -> list[int]:
    starts, start = [], 0
    for bound in chapters:
        starts.append(start)
        start += len(bound.chapter.pages)
    return starts


def _homes(
    typeset: Typeset, passages: Sequence[Passage], starts: Sequence[int]
) -> list[int] | None:
    """Give the chapter of each passage; None where one has none, or they go back and forth."""
    if len(starts) < 2:
        return None
    chapter_of = {
        page.section: place
        for place, bound in enumerate(typeset.chapters)
        for page in bound.chapter.pages
        if page.section
    }
    homes = [chapter_of.get(passage.block.partition(":")[0], -1) for passage in passages]
    in_order = all(one <= other for one, other in pairwise(homes))
    return homes if in_order and min(homes, default=0) >= 0 else None


def _piece(
    typeset: Typeset, passages: Sequence[Passage], start: int, end: int, made_of: str = ""
) -> Piece:
    windows = {}
    for passage in passages:
        if passage.block in typeset.blocks:
            first, last = typeset.blocks[passage.block]
            windows[passage.block] = range(first - 1 - start, last - start)
    labels = tuple(leaf.label or str(leaf.number) for leaf in typeset.leaves[start:end])
    return Piece(start, labels, tuple(passages), windows, typeset.missing_glyphs, made_of)
