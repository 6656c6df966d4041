"""Remember what was read back, so that pages which stay as they were are not read again.

Nothing is taken on the word of those who made the file. A reading is found again by what the
finished file itself holds on those pages, in that order, and by the words that are sought there:
the same bytes read by the same program give the same finding. So a page that was lost, or swapped
for another, or has lost a part of what it draws, is read again whatever was remembered.

Faces are the exception, since each serves the whole book and changes with any new letter. A
reading stands while every sign that its pages draw means what it meant, by the maps of the file;
that the new outlines can be read is tried with pdfium on a page for each face that has changed.
Each time, too, some of the remembered pages are read again, others for each file; where one gives
another text than before, nothing that is remembered counts.

A file that is not as the press writes it is remembered as a whole.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property

from chapbook.cache import Cache, code_digest, digest
from chapbook.inspect.chapters import Piece
from chapbook.inspect.faces import Face
from chapbook.inspect.objects import UnknownShapeError
from chapbook.inspect.printed import PrintedFile, text_digest
from chapbook.inspect.reading import Reading
from chapbook.inspect.traces import Codes, Traces

SAMPLE = 3  # remembered pages that are read again each time

Faces = Mapping[str, Face]
Page = tuple[int, int]  # a piece, and a page of it, both from 0


@dataclass(frozen=True, slots=True)
class _Kept:
    """A reading, and what must be the same for it to stand.

    `told` matters where there are findings, `furnished` where text stands in forms.
    """

    reading: Reading = field(repr=False)
    told: str
    furnished: str
    faces: str


class Memory:
    """What is known of the pieces of one file; a piece is named by its place among them."""

    def __init__(self, pdf: bytes, pieces: Sequence[Piece], cache: Cache) -> None:
        """Look at the file."""
        self._pdf = pdf
        self._pieces = pieces
        self._cache = cache
        self._faces: Faces = {}
        self._other_faces: dict[str, Faces | None] = {}
        self._traces: Traces | None = None
        try:
            self._traces = Traces(pdf)
            if len(self._traces) < max((piece.pages.stop for piece in pieces), default=0):
                raise UnknownShapeError("pages are lost")
            self._faces = self._traces.faces
            names = [self._name(piece) for piece in pieces]
        except UnknownShapeError:
            self._traces = None
            names = [digest(pdf, piece.first) for piece in pieces]
        self._keys = [
            digest(name, piece.sought, code_digest())
            for name, piece in zip(names, pieces, strict=True)
        ]

    def recall(self, file: PrintedFile) -> list[Reading | None]:
        """Give what was read of each piece before, None where it must be read."""
        try:
            known = self._known(file)
        except UnknownShapeError:
            known = {}
        return [known[n].reading if n in known else None for n in range(len(self._pieces))]

    def keep(self, n: int, reading: Reading) -> None:
        """Remember what was read of a piece."""
        told = self._pieces[n].told if reading.found else ""
        with suppress(UnknownShapeError):
            furnished = self._furnished(n) if reading.draws_forms else ""
            kept = _Kept(reading, told, furnished, self._faces_name)
            self._cache.put("read", self._keys[n], kept)

    def _known(self, file: PrintedFile) -> dict[int, _Kept]:
        every = ((n, self._recall(n)) for n in range(len(self._pieces)))
        known = {n: one for n, one in every if one is not None}
        for n, page in dict.fromkeys((*self._lot(known), *self._trials(known))):
            (printed,) = file.read([self._pieces[n].first + page])
            if text_digest(printed.pieces) != known[n].reading.texts[page]:
                return {}
        for n, one in known.items():
            if one.faces != self._faces_name:
                self.keep(n, one.reading)
        return known

    def _recall(self, n: int) -> _Kept | None:
        kept = self._cache.get("read", self._keys[n])
        if not isinstance(kept, _Kept):
            return None
        if kept.reading.found and kept.told != self._pieces[n].told:
            return None
        if kept.reading.draws_forms and kept.furnished != self._furnished(n):
            return None
        return kept if self._means_the_same(n, kept.faces) else None

    def _means_the_same(self, n: int, faces: str) -> bool:
        """Whether all signs that a piece draws are as they were in those faces."""
        if self._traces is None or faces == self._faces_name:
            return True
        before = self._before(faces)
        if before is None:
            return False
        codes = {name: _changed(name, before, self._faces) for name in before}
        return not any(self._draws(n, page, codes) for page in range(len(self._pieces[n].labels)))

    def _lot(self, known: Mapping[int, _Kept]) -> Iterator[Page]:
        """Choose some pages by the bytes of the file, other ones for each file."""
        pages = [(n, page) for n, one in known.items() for page in range(len(one.reading.texts))]
        seed = hashlib.sha256(self._pdf).digest()
        for draw in range(SAMPLE if pages else 0):
            yield pages[int.from_bytes(seed[draw * 4 : draw * 4 + 4]) % len(pages)]

    def _trials(self, known: Mapping[int, _Kept]) -> Iterator[Page]:
        """Give a page for each face that has other outlines than when the page was read."""
        tried: set[str] = set()
        for n, one in known.items():
            before = self._before(one.faces) if one.faces != self._faces_name else None
            for name in (before or {}).keys() & self._faces.keys() - tried:
                if before and before[name].outlines != self._faces[name].outlines:
                    pages = range(len(one.reading.texts))
                    page = next((p for p in pages if self._draws(n, p, {name: None})), None)
                    if page is not None:
                        tried.add(name)
                        yield n, page

    def _draws(self, n: int, page: int, codes: Codes) -> bool:
        assert self._traces is not None
        return self._traces.draws(self._pieces[n].first + page, codes)

    def _name(self, piece: Piece, with_furniture: bool = False) -> str:
        assert self._traces is not None
        pages = [self._traces.page(page, with_furniture) for page in piece.pages]
        illustrated = piece.illustrated
        alternatives = [self._traces.alternatives(n) for n in piece.pages if n in illustrated]
        return digest(pages, alternatives)

    def _furnished(self, n: int) -> str:
        return self._name(self._pieces[n], with_furniture=True) if self._traces else ""

    @cached_property
    def _faces_name(self) -> str:
        name = digest(self._faces)
        self._cache.recall("faces", name, lambda: self._faces)
        return name

    def _before(self, name: str) -> Faces | None:
        if name not in self._other_faces:
            self._other_faces[name] = self._cache.get("faces", name)
        return self._other_faces[name]


def _changed(name: str, before: Faces, now: Faces) -> Set[bytes] | None:
    """Give the codes of the signs that a face has no longer as before; None for all."""
    return now[name].changed(before[name]) if name in now else None
