"""Write what a chapter draws: the parts of its drawing, and the resources of its pages."""

from collections.abc import Collection, Mapping, Sequence

from chapbook.finish.numbers import Kind, Numbers
from chapbook.finish.patterns import grounds_of, moved_pattern, patterns_of
from chapbook.finish.syntax import extended, renumber
from chapbook.finish.volume import Numbered
from chapbook.laid import Drawing

Numbering = Mapping[int, int]


class Drawn:
    """A drawing with its numbers, on pages that are moved to the right by `shifts`.

    After `write`, `objects` are those that are no streams; `streams` are (number, dictionary,
    part of the drawing whose bytes they have).
    """

    def __init__(self, drawing: Drawing, number: Numbers, shifts: Sequence[float]) -> None:
        """Number the patterns, which each shift asks for anew."""
        self.objects: list[Numbered] = []
        self.streams: list[tuple[int, bytes, int]] = []
        self._drawing = drawing
        self._number = number
        self._grounds = grounds_of(drawing, shifts)
        self._patterns = self._number_patterns()

    def _number_patterns(self) -> list[dict[int, int]]:
        """Give, for each shift, the numbers of the patterns by their parts."""
        parts = patterns_of(self._drawing)
        first, each = self._number.first(Kind.PATTERN), len(parts)
        moved = [
            {part: first + ground * each + place for place, part in enumerate(parts)}
            for ground in range(len(self._grounds) - 1)
        ]
        return [{part: self._number.part(part) for part in parts}, *moved]

    def write(self, forms: Collection[int]) -> None:
        """Write all parts that no other chapter writes; `forms` are those with tagged content."""
        number = self._number
        for place, part in enumerate(self._drawing.parts, 1):
            if place == number.fonts or place in number.pictures or place in self._patterns[0]:
                continue
            own, head = number.part(place), renumber(part.head, number.part)
            if place in forms:
                head = extended(head, b"/StructParents %d" % own)
            self._write(own, head, place)
        for patterns, shift in zip(self._patterns, self._grounds, strict=True):
            for place, own in patterns.items():
                head = renumber(self._drawing.parts[place - 1].head, number.part)
                self._write(own, moved_pattern(head, shift), place)

    def _write(self, own: int, head: bytes, place: int) -> None:
        if self._drawing.parts[place - 1].payload is None:
            self.objects.append((own, head))
        else:
            self.streams.append((own, head, place))

    def resources(self) -> tuple[Numbered, ...]:
        """Write the resources of the pages of each shift, without their ends."""
        first = self._number.first(Kind.RESOURCES)
        return tuple(enumerate(map(self._resource, self._patterns), first))

    def _resource(self, patterns: Numbering) -> bytes:
        drawing, number = self._drawing, self._number
        entries = renumber(drawing.resources, lambda part: patterns.get(part) or number.part(part))
        return b"<<%b/XObject<<%b" % (entries, renumber(drawing.pictures, number.part))

    def resource_of(self, shift: float) -> int:
        """Give the number of the resources that a page with that shift uses."""
        ground = self._grounds.index(shift) if shift in self._grounds else 0
        return self._number.first(Kind.RESOURCES) + ground
