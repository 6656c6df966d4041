"""A chapter before its place in the file is known: its tags, and how many objects it will be."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from chapbook.cache import digest
from chapbook.finish.numbers import Kind
from chapbook.finish.paper import without_hotspots
from chapbook.finish.patterns import grounds_of, patterns_of
from chapbook.finish.pictures import picture_keys
from chapbook.finish.roles import tag_body
from chapbook.finish.tags import Tag, every, is_heading
from chapbook.finish.volume import packets_for
from chapbook.laid import BoundChapter, Link, Mark


@dataclass(frozen=True, slots=True)
class Manner:
    """What all chapters of a file have in common.

    `names_are_wide` says that the names of destinations are written in UTF-16, `is_cut` that a
    page ends where its trim does.
    """

    language: str
    has_links: bool
    names_are_wide: bool
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """What the file must know of a chapter to give it a place.

    `counts` are those of its objects, by `Kind`. `headings` are their levels. `pictures` are the
    parts that may be shared with other chapters, by what is in them.
    """

    counts: tuple[int, ...]
    headings: tuple[int, ...]
    pictures: tuple[tuple[int, str], ...]

    @property
    def size(self) -> int:
        """The number of objects."""
        return sum(self.counts)


class Draft:
    """One chapter on its way into the file. `key` names all that it depends on but its place.

    `links` says which of its areas are links, and in which order: (page, place on the page).
    """

    def __init__(
        self, bound: BoundChapter, name: str, manner: Manner, anchors: Collection[str]
    ) -> None:
        """Take the chapter, the name of its notes, and the anchors that there are in the book."""
        self.bound = bound
        self.manner = manner
        self._name = name
        areas = [
            (page, place, link)
            for page, laid in enumerate(bound.chapter.pages, 1)
            for place, link in enumerate(laid.links)
        ]
        kept = [area for area in areas if manner.has_links and _leads(area[2], anchors)]
        self.links = {(page, place): count for count, (page, place, _) in enumerate(kept)}
        self._loses_links = len(kept) < len(areas)
        lost = [place for place, area in enumerate(areas) if area[:2] not in self.links]
        self.key = digest(bound.chapter.digest, bound.shifts, name, manner, lost)

    @cached_property
    def document(self) -> Tag:
        """The structure, under an element that is that of the whole book."""
        body = self.bound.chapter.body.open()
        if self._loses_links:
            body = without_hotspots(body, self.links)
        return tag_body(body, self.manner.language, self._name)

    @cached_property
    def tags(self) -> list[Tag]:
        """All elements of the chapter, in order."""
        return list(every(self.document))[1:]

    def measure(self) -> Measure:
        """Count the objects."""
        chapter, tags = self.bound.chapter, self.tags
        grounds = grounds_of(chapter.drawing, self.bound.shifts)
        counts = [0] * len(Kind)
        counts[Kind.PAGE] = len(chapter.pages)
        counts[Kind.NODE] = counts[Kind.PARENTS] = 1
        counts[Kind.RESOURCES] = len(grounds)
        counts[Kind.PART] = len(chapter.drawing.parts)
        counts[Kind.PATTERN] = (len(grounds) - 1) * len(patterns_of(chapter.drawing))
        counts[Kind.LINK] = len(self.links)
        counts[Kind.TAG] = len(tags)
        counts[Kind.OWNERS] = len(chapter.pages) + len(_forms(tags))
        counts[Kind.PACKET] = packets_for(sum(counts))
        headings = tuple([int(tag.role[1]) for tag in tags if is_heading(tag)])
        keys = tuple(picture_keys(chapter.drawing.parts).items())
        return Measure(tuple(counts), headings, keys)


def _leads(link: Link, anchors: Collection[str]) -> bool:
    return not link.is_internal or link.target in anchors


def _forms(tags: list[Tag]) -> set[int]:
    return {kid.form for tag in tags for kid in tag.kids if isinstance(kid, Mark) and kid.form}
