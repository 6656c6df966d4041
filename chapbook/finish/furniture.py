"""Draw what stands around the text of pages, and move the text where it has to be moved.

A running head that many pages show is one content stream, which each of them has among its own.
Where it draws by names of its own, pictures say, it is a form instead, which each of them calls
(ISO 32000-1, 8.10): text in a form is further off for some readers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from chapbook.finish.numbers import FONTS
from chapbook.finish.pictures import picture_keys
from chapbook.finish.syntax import extended, number, numbers, references, renumber
from chapbook.finish.volume import Volume
from chapbook.laid import Drawing, Furniture

BEGIN, CALL, END = b"/Artifact<</Type/Pagination>>BDC q\n", b"/F%d Do\n", b"Q EMC\n"


class Furnisher:
    """Writes furniture when a page first asks for it."""

    def __init__(
        self, volume: Volume, furniture: Sequence[Furniture], pictures: dict[str, int]
    ) -> None:
        """Take the furniture of the book, and the pictures that are in the file by their keys."""
        self._volume = volume
        self._furniture = furniture
        self._pictures = pictures
        self._forms: dict[int, int] = {}
        self._resources: dict[bytes, int] = {}
        self._streams: dict[bytes, int] = {}

    def contents(self, content: int, shift: float, places: tuple[int, ...]) -> bytes:
        """Write what a page draws: its own content, moved, and the furniture at those places.

        Content may leave the coordinates changed, so it is enclosed where anything follows.
        """
        if not shift and not places:
            return b" %d 0 R" % content
        opening = b"q 1 0 0 1 %b 0 cm\n" % number(shift) if shift else b"q\n"
        steps = [opening, content, b"Q\n", *self._steps(places)]
        return references(list(self._joined(steps)))

    def entries(self, pages: Iterable[Sequence[int]]) -> bytes:
        """Write the names by which pages call their furniture, as resources."""
        places = sorted({place for page in pages for place in page})
        forms = [place for place in places if not self._furniture[place].is_bare]
        return b"".join([b"/F%d %d 0 R" % (place, self._form(place)) for place in forms])

    def _steps(self, places: Iterable[int]) -> Iterator[bytes | int]:
        """Give what draws furniture: instructions, and the numbers of content streams."""
        for place in places:
            yield BEGIN
            yield self._form(place) if self._furniture[place].is_bare else CALL % place
            yield END

    def _joined(self, steps: Iterable[bytes | int]) -> Iterator[int]:
        """Give the content streams, with the instructions between them made streams too."""
        for is_stream, run in groupby(steps, lambda step: isinstance(step, int)):
            if is_stream:
                yield from (step for step in run if isinstance(step, int))
            else:
                yield self._between(b"".join(step for step in run if isinstance(step, bytes)))

    def _between(self, instructions: bytes) -> int:
        if instructions not in self._streams:
            own = self._volume.add_stream(self._volume.new(), b"<<>>", instructions)
            self._streams[instructions] = own
        return self._streams[instructions]

    def _form(self, place: int) -> int:
        if place not in self._forms:
            self._forms[place] = self._write(self._furniture[place])
        return self._forms[place]

    def _write(self, furniture: Furniture) -> int:
        """Write a form and all that it draws; give the number of the form."""
        drawing = furniture.drawing
        known, fresh = self._number_parts(drawing)
        for place in fresh:
            part = drawing.parts[place - 1]
            head = renumber(part.head, known.__getitem__)
            if place == furniture.content and not furniture.is_bare:
                head = extended(head, self._form_entries(furniture, known))
            if part.payload is None:
                self._volume.add(known[place], head)
            else:
                self._volume.add_stream(known[place], head, part.payload)
        return known[furniture.content]

    def _number_parts(self, drawing: Drawing) -> tuple[dict[int, int], list[int]]:
        """Give the number of each part, and the parts that are not yet in the file."""
        known, fresh = {drawing.fonts: FONTS}, []
        keys = picture_keys(drawing.parts)
        for place in range(1, len(drawing.parts) + 1):
            key = keys.get(place, "")
            if place != drawing.fonts and key in self._pictures:
                known[place] = self._pictures[key]
            elif place != drawing.fonts:
                known[place] = self._volume.new()
                fresh.append(place)
                if key:
                    self._pictures[key] = known[place]
        return known, fresh

    def _form_entries(self, furniture: Furniture, known: Mapping[int, int]) -> bytes:
        entries = renumber(furniture.drawing.resources, known.__getitem__)
        pictures = renumber(furniture.drawing.pictures, known.__getitem__)
        resources = b"<<%b/XObject<<%b>>/Font %d 0 R>>" % (entries, pictures, FONTS)
        if resources not in self._resources:
            self._resources[resources] = self._volume.add(self._volume.new(), resources)
        box = numbers(furniture.area)
        form = b"/Type/XObject/Subtype/Form/BBox%b/Resources %d 0 R"
        return form % (box, self._resources[resources])
