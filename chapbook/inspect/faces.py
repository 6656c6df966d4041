"""What the faces of a PDF say of their signs: which character each is, and how wide.

A face holds the signs of the whole book, so it changes with any page; what one page shows follows
from the signs that it draws. Only the fonts of the press are understood so (ISO 32000-1, 9.7);
of others every change counts for all that they draw.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from chapbook.cache import digest
from chapbook.inspect.objects import REFERENCE, Objects, UnknownShapeError

_WIDTHS = re.compile(rb"/W \[((?:\s*\d+ \[[\d. -]*\])*)\s*\]")
_RUN = re.compile(rb"(\d+) \[([^\]]*)\]")
_MEANING = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")
_MAPPED = re.compile(rb"<([0-9a-f]{4})> (\d+)")
_RANGE = re.compile(rb"<0000> <ffff>")
_PROGRAM = re.compile(rb"/FontFile[23]? (\d+) 0 R")
_BOX = re.compile(rb"/FontBBox \[[^\]]*\]")
_READ_APART = re.compile(rb"/(?:ToUnicode|Encoding|FontFile[23]?) \d+ 0 R")
_NAMED = re.compile(rb"/([^\s/<>\[\]()]+) (\d+) 0 R")
_DEEPEST = 16


@dataclass(frozen=True, slots=True)
class Face:
    """A face: its signs by their codes, in hexadecimal, and digests of its outlines and the rest.

    A sign is told by its character, the number of its outline and its width.
    """

    signs: Mapping[bytes, bytes] = field(repr=False)
    outlines: str
    rest: str

    def changed(self, before: "Face") -> set[bytes] | None:
        """Give the codes whose sign is another than before; None where it may be all of them."""
        if self.rest != before.rest:
            return None
        return {code for code, _ in self.signs.items() ^ before.signs.items()}


def read_faces(objects: Objects, fonts: int) -> dict[str, Face]:
    """Read all faces by the names that pages call them; raises `UnknownShapeError`."""
    named = _NAMED.findall(objects.syntax(fonts))
    return {name.decode("latin-1"): _read_face(objects, int(number)) for name, number in named}


def _read_face(objects: Objects, font: int) -> Face:
    meanings, encoding = (_table(objects, font, key) for key in (b"ToUnicode", b"Encoding"))
    syntax = tuple(_closure(objects, font))
    whole = b"\0".join(syntax)
    # The box around all signs grows with them, as the outlines do.
    outlines = [objects.payload(int(one)) for one in _PROGRAM.findall(whole)]
    outlines += _BOX.findall(whole)
    widths = _WIDTHS.search(whole)
    if widths is None or b"beginbfrange" in meanings or b"begincidrange" in encoding:
        return Face({}, digest(outlines), digest(syntax, meanings, encoding))
    rest = [REFERENCE.sub(b"R", _BOX.sub(b"", _WIDTHS.sub(b"", one))) for one in syntax]
    return Face(_signs(meanings, encoding, widths[1]), digest(outlines), digest(rest))


def _closure(objects: Objects, number: int, depth: int = 0) -> Iterator[bytes]:
    """Give the syntax of an object and of all that it refers to, but what is read apart."""
    if depth > _DEEPEST:
        raise UnknownShapeError("a font refers to itself")
    syntax = objects.syntax(number)
    yield syntax
    if (payload := objects.payload(number)) is not None:
        yield payload
    for found in REFERENCE.findall(_READ_APART.sub(b"", syntax)):
        yield from _closure(objects, int(found), depth + 1)


def _table(objects: Objects, font: int, key: bytes) -> bytes:
    found = re.search(rb"/%b (\d+) 0 R" % key, objects.syntax(font))
    return objects.content(int(found[1])) if found else b""


def _signs(meanings: bytes, encoding: bytes, widths: bytes) -> dict[bytes, bytes]:
    wide: dict[int, bytes] = {}
    for first, run in _RUN.findall(widths):
        wide.update(enumerate(run.split(), int(first)))
    mapped = dict(_MAPPED.findall(_RANGE.sub(b"", encoding)))
    signs = {}
    for code, meaning in _MEANING.findall(_RANGE.sub(b"", meanings)):
        own = int(code, 16)
        outline = int(mapped.get(code, b"-1")) if encoding else own
        signs[code] = b"%b %d %b %b" % (
            meaning,
            outline,
            wide.get(outline, b""),
            wide.get(own, b""),
        )
    return signs
