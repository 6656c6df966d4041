"""Write all of a chapter that depends on nothing but itself and its place in the file.

Such a slot is kept from build to build, so that after an edit only one is written anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chapbook.finish.destinations import destinations_of
from chapbook.finish.drafts import Draft
from chapbook.finish.drawn import Drawn
from chapbook.finish.links import write_links
from chapbook.finish.numbers import PAGES, Kind, Numbers
from chapbook.finish.outline import Line, lines_of
from chapbook.finish.parents import write_parents
from chapbook.finish.roles import close_heading_gaps
from chapbook.finish.structure import Scribe, move_pictures
from chapbook.finish.syntax import numbers, references
from chapbook.finish.volume import Numbered, Packet, Rows, pack
from chapbook.laid import LaidPage


@dataclass(frozen=True, slots=True)
class Slot:
    """A chapter as it stands in the file.

    `rows` are those of the cross-reference table. `streams` are (number, dictionary, part of the
    drawing whose bytes they have). `pages` and `resources` are dictionaries without their ends,
    which depend on the furniture. `node` is the branch of the tree of pages, `parents` that of
    the tree from content to tags; `tags` are the outermost elements, `notes` the named ones.
    """

    base: int
    rows: bytes = field(repr=False)
    packets: tuple[Packet, ...] = field(repr=False)
    streams: tuple[tuple[int, bytes, int], ...] = field(repr=False)
    node: int
    parents: int
    pages: tuple[bytes, ...] = field(repr=False)
    contents: tuple[int, ...] = field(repr=False)
    resources: tuple[Numbered, ...] = field(repr=False)
    tags: tuple[int, ...] = field(repr=False)
    notes: tuple[tuple[str, int], ...] = field(repr=False)
    destinations: Mapping[str, bytes] = field(repr=False)
    outline: tuple[Line, ...] = field(repr=False)


def make_slot(draft: Draft, number: Numbers, level: int) -> Slot:
    """Write a chapter; `level` is that of the last heading before it."""
    return _Maker(draft, number).make(level)


class _Maker:
    """Writes one slot."""

    def __init__(self, draft: Draft, number: Numbers) -> None:
        self._draft = draft
        self._number = number
        self._laid = draft.bound.chapter.pages
        self._shifts = draft.bound.shifts
        self._scribe = Scribe(number, draft.links, draft.manner.names_are_wide)
        self._drawn = Drawn(draft.bound.chapter.drawing, number, self._shifts)

    def make(self, level: int) -> Slot:
        draft, number, drawn, scribe = self._draft, self._number, self._drawn, self._scribe
        close_heading_gaps(draft.tags, level)
        move_pictures(draft.tags, self._shifts)
        scribe.write(draft.document)
        drawn.write(scribe.forms)
        links = write_links(draft, number, scribe.areas)
        pages = [number.page(page) for page in range(1, len(self._laid) + 1)]
        objects = [
            *enumerate(scribe.elements, number.first(Kind.TAG)),
            *write_parents(scribe, number),
            *drawn.objects,
            *links.items(),
            (number.first(Kind.NODE), _branch(pages)),
        ]
        packets = pack(objects, number.first(Kind.PACKET))
        return Slot(
            base=number.base,
            rows=_rows(number, packets),
            packets=tuple(packets),
            streams=tuple(drawn.streams),
            node=number.first(Kind.NODE),
            parents=number.first(Kind.PARENTS),
            pages=self._pages(list(links)),
            contents=tuple([number.part(page.content) for page in self._laid]),
            resources=drawn.resources(),
            tags=tuple(scribe.top),
            notes=tuple(scribe.notes),
            destinations=destinations_of(self._laid, pages, self._shifts),
            outline=lines_of(self._laid, pages, self._shifts),
        )

    def _pages(self, links: Sequence[int]) -> tuple[bytes, ...]:
        """Write the dictionaries of the pages; each names its links."""
        places, first = list(self._draft.links), self._number.first(Kind.LINK)
        annotations: dict[int, list[int]] = {}
        for link in links:
            page, _ = places[link - first]
            annotations.setdefault(page, []).append(link)
        numbered = enumerate(self._laid, 1)
        return tuple([self._page(page, laid, annotations.get(page, ())) for page, laid in numbered])

    def _page(self, page: int, laid: LaidPage, links: Sequence[int]) -> bytes:
        boxes = laid.boxes
        ends = (boxes.trim, boxes.trim) if self._draft.manner.is_cut else (boxes.media, boxes.bleed)
        sides = b"/MediaBox%b/BleedBox%b/TrimBox%b" % tuple(map(numbers, (*ends, boxes.trim)))
        return b"<</Type/Page/Parent %d 0 R%b/Resources %d 0 R/Tabs/S/StructParents %d%b" % (
            self._number.first(Kind.NODE),
            sides,
            self._drawn.resource_of(self._shifts[page - 1]),
            self._number.page(page),
            b"/Annots%b" % references(links) if links else b"",
        )


def _branch(pages: Sequence[int]) -> bytes:
    branch = b"<</Type/Pages/Parent %d 0 R/Count %d/Kids%b>>"
    return branch % (PAGES, len(pages), references(pages))


def _rows(number: Numbers, packets: Sequence[Packet]) -> bytes:
    rows = Rows(number.base, sum(number.counts))
    for packet in packets:
        rows.pack(packet.numbers, packet.number)
    return bytes(rows)
