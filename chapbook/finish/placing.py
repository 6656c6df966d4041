"""Give every chapter its place in the file.

Places are numbers of objects. They follow from the book alone, with some room after each chapter,
so that an edit seldom moves what stands behind it, and what was written once can stay.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from chapbook.cache import Cache, digest
from chapbook.finish.drafts import Draft, Manner, Measure
from chapbook.finish.numbers import FIRST_PICTURE, Numbers, end_of_slot
from chapbook.finish.pictures import Keys, number_pictures
from chapbook.finish.roles import closed_levels
from chapbook.finish.slots import Slot, make_slot
from chapbook.laid import BoundChapter, LaidChapter, Part, Typeset


@dataclass(frozen=True, slots=True)
class Placed:
    """A chapter in its place. `pictures` are the parts that other chapters may draw as well."""

    bound: BoundChapter
    slot: Slot
    pictures: Keys

    @property
    def parts(self) -> Sequence[Part]:
        """The parts that it draws."""
        return self.bound.chapter.drawing.parts


@dataclass(frozen=True, slots=True)
class Places:
    """The chapters in order, the numbers of shared pictures by their keys, the end of it all."""

    chapters: tuple[Placed, ...]
    pictures: dict[str, int]
    end: int


def place_chapters(typeset: Typeset, manner: Manner, cache: Cache) -> Places:
    """Find the place of each chapter, and write it there, or take it from the cache."""
    names = _names(bound.chapter for bound in typeset.chapters)
    bound_names = zip(typeset.chapters, names, strict=True)
    drafts = [Draft(bound, name, manner, typeset.anchors) for bound, name in bound_names]
    measures = [cache.recall("measure", draft.key, draft.measure) for draft in drafts]
    pictures = number_pictures(dict(measure.pictures) for measure in measures)
    base, level, placed = end_of_slot(FIRST_PICTURE, len(pictures)), 0, []
    for draft, measure in zip(drafts, measures, strict=True):
        slot, keys = _recall(draft, measure, base, level, pictures, cache)
        placed.append(Placed(draft.bound, slot, keys))
        base = end_of_slot(base, sum(measure.counts))
        level = closed_levels(measure.headings, level)[-1] if measure.headings else level
    return Places(tuple(placed), pictures, base)


def _recall(
    draft: Draft,
    measure: Measure,
    base: int,
    level: int,
    pictures: Mapping[str, int],
    cache: Cache,
) -> tuple[Slot, Keys]:
    keys = dict(measure.pictures)
    shared = {part: pictures[key] for part, key in keys.items() if key in pictures}
    # Only how deep the first heading may stand depends on what was before.
    before = min(level, measure.headings[0] - 1) if measure.headings else 0
    numbers = Numbers(base, measure.counts, draft.bound.chapter.drawing.fonts, shared)
    key = digest(draft.key, base, before, shared)
    return cache.recall("slot", key, lambda: make_slot(draft, numbers, before)), keys


def _names(chapters: Iterable[LaidChapter]) -> list[str]:
    """Name each chapter by the division that it begins with, and no two alike."""
    names: dict[str, None] = {}
    for chapter in chapters:
        section = next((page.section for page in chapter.pages if page.section), "")
        wishes = (f"{section}-{number}" if number else section for number in count())
        names[next(wish for wish in wishes if wish not in names)] = None
    return list(names)
