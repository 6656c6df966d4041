"""Write all of a chapter that depends on nothing but itself and its place in the file.

Such a slot is kept from build to build, so that after an edit only one is written anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chapbook.finish.destinations import destinations_of
from chapbook.finish.drafts import Draft
from chapbook.finish.links import write_links
from chapbook.finish.numbers import PAGES, Kind, Numbers
from chapbook.finish.outline import Line, lines_of
from chapbook.finish.patterns import moved_pattern, moved_shifts, patterns_of
from chapbook.finish.roles import close_heading_gaps
from chapbook.finish.structure import Scribe, move_pictures, owner_list
from chapbook.finish.syntax import extended, numbers, references, renumber
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
        self._chapter = draft.bound.chapter
        self._shifts = draft.bound.shifts
        self._moved = moved_shifts(self._chapter.drawing, self._shifts)
        self._objects: list[Numbered] = []
        self._streams: list[tuple[int, bytes, int]] = []
        self._scribe = Scribe(number, draft.links, draft.manner.names_are_wide)

    def make(self, level: int) -> Slot:
        number, laid = self._number, self._chapter.pages
        self._write_structure(level)
        links = write_links(self._draft, number, self._scribe.areas)
        self._objects += links.items()
        self._write_parents()
        self._write_parts()
        self._write_patterns()
        pages = [number.page(page) for page in range(1, len(laid) + 1)]
        node = number.first(Kind.NODE)
        branch = b"<</Type/Pages/Parent %d 0 R/Count %d/Kids%b>>"
        self._objects.append((node, branch % (PAGES, len(pages), references(pages))))
        packets = pack(self._objects, number.first(Kind.PACKET))
        return Slot(
            base=number.base,
            rows=self._rows(packets),
            packets=tuple(packets),
            streams=tuple(self._streams),
            node=node,
            parents=number.first(Kind.PARENTS),
            pages=self._pages(list(links)),
            contents=tuple([number.part(page.content) for page in laid]),
            resources=self._resources(),
            tags=tuple(self._scribe.top),
            notes=tuple(self._scribe.notes),
            destinations=destinations_of(laid, pages, self._shifts),
            outline=lines_of(laid, pages, self._shifts),
        )

    def _write_structure(self, level: int) -> None:
        draft = self._draft
        close_heading_gaps(draft.tags, level)
        if any(self._shifts):
            move_pictures(draft.tags, self._shifts)
        self._scribe.write(draft.document)
        self._objects += enumerate(self._scribe.elements, self._number.first(Kind.TAG))

    def _write_parents(self) -> None:
        """Write the way back from content to tags; the keys are numbers of objects."""
        scribe, number = self._scribe, self._number
        streams = {number.page(page): owned for page, owned in enumerate(scribe.pages, 1)}
        streams |= {number.part(form): owned for form, owned in sorted(scribe.forms.items())}
        owners = dict(
            zip(streams, range(number.first(Kind.OWNERS), number.first(Kind.PARENTS)), strict=True)
        )
        self._objects += [(owners[key], owner_list(owned)) for key, owned in streams.items()]
        owners |= {number.first(Kind.LINK) + area.link: area.owner for area in scribe.areas}
        keys = sorted(owners)
        pairs = b" ".join([b"%d %d 0 R" % (key, owners[key]) for key in keys])
        limits = (keys[0], keys[-1]) if keys else (0, 0)
        tree = b"<</Limits[%d %d]/Nums[%b]>>" % (*limits, pairs)
        self._objects.append((number.first(Kind.PARENTS), tree))

    def _write_parts(self) -> None:
        drawing, number = self._chapter.drawing, self._number
        for place, part in enumerate(drawing.parts, 1):
            if place == number.fonts or place in number.pictures:
                continue
            own, head = number.part(place), renumber(part.head, number.part)
            if place in self._scribe.forms:
                head = extended(head, b"/StructParents %d" % own)
            self._write_part(own, head, place)

    def _write_patterns(self) -> None:
        """Write the patterns of the pages once more for each shift."""
        for place, shift in enumerate(self._moved):
            for part, own in self._copies(place).items():
                pattern = self._chapter.drawing.parts[part - 1]
                head = moved_pattern(renumber(pattern.head, self._number.part), shift)
                self._write_part(own, head, part)

    def _write_part(self, own: int, head: bytes, place: int) -> None:
        if self._chapter.drawing.parts[place - 1].payload is None:
            self._objects.append((own, head))
        else:
            self._streams.append((own, head, place))

    def _copies(self, place: int) -> dict[int, int]:
        """Give the numbers of the patterns that are moved by a shift, by their parts."""
        patterns = patterns_of(self._chapter.drawing)
        first = self._number.first(Kind.PATTERN) + place * len(patterns)
        return {part: own for own, part in enumerate(patterns, first)}

    def _resources(self) -> tuple[Numbered, ...]:
        """Write the resources of pages that are not moved, then of those by each shift."""
        patterns = [{}, *(self._copies(place) for place in range(len(self._moved)))]
        first = self._number.first(Kind.RESOURCES)
        return tuple([(own, self._resource(copies)) for own, copies in enumerate(patterns, first)])

    def _resource(self, copies: Mapping[int, int]) -> bytes:
        drawing, number = self._chapter.drawing, self._number
        entries = renumber(drawing.resources, lambda part: copies.get(part) or number.part(part))
        return b"<<%b/XObject<<%b" % (entries, renumber(drawing.pictures, number.part))

    def _pages(self, links: Sequence[int]) -> tuple[bytes, ...]:
        number, places = self._number, list(self._draft.links)
        annotations: dict[int, list[int]] = {}
        for link in links:
            page, _ = places[link - number.first(Kind.LINK)]
            annotations.setdefault(page, []).append(link)
        return tuple(
            [
                self._page(page, laid, annotations.get(page, ()))
                for page, laid in enumerate(self._chapter.pages, 1)
            ]
        )

    def _page(self, page: int, laid: LaidPage, links: Sequence[int]) -> bytes:
        number, shift, boxes = self._number, self._shifts[page - 1], laid.boxes
        moved = 1 + self._moved.index(shift) if shift in self._moved else 0
        return b"<</Type/Page/Parent %d 0 R%b/Resources %d 0 R/Tabs/S/StructParents %d%b" % (
            number.first(Kind.NODE),
            b"/MediaBox%b/BleedBox%b/TrimBox%b"
            % (numbers(boxes.media), numbers(boxes.bleed), numbers(boxes.trim)),
            number.first(Kind.RESOURCES) + moved,
            number.page(page),
            b"/Annots%b" % references(links) if links else b"",
        )

    def _rows(self, packets: Sequence[Packet]) -> bytes:
        rows = Rows(self._number.base, sum(self._number.counts))
        for packet in packets:
            rows.pack(packet.numbers, packet.number)
        return bytes(rows)
