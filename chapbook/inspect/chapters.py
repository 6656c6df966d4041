"""Part a printed book into chapters, each to be read back by itself."""

from bisect import bisect_left, bisect_right
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, groupby, pairwise
from operator import itemgetter

from chapbook.cache import digest
from chapbook.laid import Typeset
from chapbook.model import Kind, Passage


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

    @property
    def pages(self) -> range:
        """The pages, from 0 in the file."""
        return range(self.first, self.first + len(self.labels))

    @property
    def sought(self) -> str:
        """Name what is sought on the pages, and on which."""
        said = "\x1e".join([f"{p.kind}\x1f{p.block}\x1f{p.text}" for p in self.passages])
        places = "\x1e".join([f"{block}\x1f{span}" for block, span in self.windows.items()])
        return digest(said, places, self.missing)

    @property
    def told(self) -> str:
        """Name what a finding says besides: where the words were written, and the pages' labels."""
        at = "\x1e".join([f"{p.at.path}\x1f{p.at.line}\x1f{p.at.column}" for p in self.passages])
        return digest(at, self.labels)

    @property
    def illustrated(self) -> Container[int]:
        """The pages, from 0 in the file, on which an image's alternative must be."""
        blocks = [passage.block for passage in self.passages if passage.kind is Kind.ALT]
        if any(block not in self.windows for block in blocks):
            return self.pages
        return frozenset(self.first + place for block in blocks for place in self.windows[block])


def pieces_of(typeset: Typeset, passages: Sequence[Passage]) -> tuple[Piece, ...]:
    """Part the pages of a book, and leave together what no one can tell apart.

    A passage without a known place joins the chapters of those before and after it. Passages that
    go back and forth make the book one piece. Pages that must show nothing are left out.
    """
    starts = [0, *accumulate(len(bound.chapter.pages) for bound in typeset.chapters)][:-1]
    homes = _homes(typeset, passages, starts)
    if not homes or any(one.start > other.start for one, other in pairwise(homes)):
        return (_piece(typeset, passages, 0, len(typeset.leaves)),)
    joined = {n for home in homes for n in range(home.start + 1, home.stop)}
    first = [n for n in range(len(starts)) if n not in joined]
    group_of = [bisect_right(first, home.start) - 1 for home in homes]
    ends = [*(starts[n] for n in first[1:]), len(typeset.leaves)]
    groups = groupby(zip(group_of, passages, strict=True), key=itemgetter(0))
    return tuple(
        _piece(typeset, [passage for _, passage in own], starts[first[group]], ends[group])
        for group, own in groups
    )


def _homes(typeset: Typeset, passages: Sequence[Passage], starts: Sequence[int]) -> list[range]:
    """Give the chapters among which each passage must stand; nothing where there are none."""
    divisions = {
        page.section: range(n, n + 1)
        for n, bound in enumerate(typeset.chapters)
        for page in bound.chapter.pages
        if page.section
    }
    if not divisions:
        return []
    known = [_home(typeset, passage.block, divisions, starts) for passage in passages]
    placed = [n for n, home in enumerate(known) if home]
    return [
        home or _between(passages, known, n, placed, len(starts)) for n, home in enumerate(known)
    ]


def _between(
    passages: Sequence[Passage],
    known: Sequence[range | None],
    number: int,
    placed: Sequence[int],
    end: int,
) -> range:
    """Say where a passage without a place must be: from the one before it to the one after it.

    What was written where the words before it were, a part's sentence say, stands with them.
    """
    at = bisect_left(placed, number)
    before = known[placed[at - 1]] if at else None
    after = known[placed[at]] if at < len(placed) else None
    if before and passages[placed[at - 1]].at == passages[number].at:
        return before
    return range(before.start if before else 0, after.stop if after else end)


def _home(
    typeset: Typeset, block: str, divisions: Mapping[str, range], starts: Sequence[int]
) -> range | None:
    if block not in typeset.blocks:
        return divisions.get(block.partition(":")[0])
    first, last = typeset.blocks[block]
    return range(bisect_right(starts, first - 1) - 1, bisect_right(starts, last - 1))


def _piece(typeset: Typeset, passages: Sequence[Passage], start: int, end: int) -> Piece:
    windows = {}
    for passage in passages:
        if passage.block in typeset.blocks:
            first, last = typeset.blocks[passage.block]
            windows[passage.block] = range(first - 1 - start, last - start)
    labels = tuple(leaf.label or str(leaf.number) for leaf in typeset.leaves[start:end])
    return Piece(start, labels, tuple(passages), windows, typeset.missing_glyphs)
