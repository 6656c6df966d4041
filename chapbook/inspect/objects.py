"""Look up the objects of a PDF with the standard library alone (ISO 32000-1, 7.5).

Only a file as the press writes it is understood, whole and in one piece: a table that is a stream,
objects in streams, nothing added behind. Any other is an `UnknownShapeError`, never a guess.
"""

import re
import struct
import zlib

_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_HEAD = re.compile(rb"(\d+) 0 obj\n(<<.*?/Length (\d+)>>)\nstream\n", re.DOTALL)
_FOOT = b"\nendstream\nendobj\n"
_TABLE = re.compile(rb"<</Type/XRef/Size (\d+)/W\[1 4 2\]/Root (\d+) 0 R")
_PACKET = re.compile(rb"<</Type/ObjStm/N (\d+)/First (\d+)/")
_ROW = struct.Struct(">BIH")
_LONE, _PACKED = 1, 2
_TAIL = 64

REFERENCE = re.compile(rb"(?<![\w.])(\d+) 0 R(?!\w)")


class UnknownShapeError(Exception):
    """A file that is not as the press writes it."""


class Objects:
    """The objects of a file by their numbers; `root` is that of the catalogue."""

    def __init__(self, pdf: bytes) -> None:
        """Read the table; raises `UnknownShapeError`."""
        self._pdf = pdf
        self._packets: dict[int, _Packet] = {}
        end = _END.search(pdf, max(len(pdf) - _TAIL, 0))
        if end is None:
            raise UnknownShapeError("no end")
        head, rows = self._stream_at(int(end[1]), None)
        table = _TABLE.match(head)
        if table is None or b"/Prev" in head or b"/Index" in head:
            raise UnknownShapeError("another table")
        self._rows = inflated(head, rows)
        self.root = int(table[2])

    def look_up(self, number: int) -> tuple[bytes, bytes | None]:
        """Give the syntax of an object, and the bytes of a stream; raises `UnknownShapeError`."""
        kind, place, index = self._row(number)
        if kind == _LONE:
            return self._stream_at(place, number)
        if kind != _PACKED:
            raise UnknownShapeError(f"object {number} is free")
        if place not in self._packets:
            self._packets[place] = self._unpack(place)
        return self._packets[place].syntax(number, index), None

    def syntax(self, number: int) -> bytes:
        """Give an object, of a stream the dictionary; raises `UnknownShapeError`."""
        return self.look_up(number)[0]

    def payload(self, number: int) -> bytes | None:
        """Give the bytes of a stream as the file has them, None for any other object."""
        return self.look_up(number)[1]

    def content(self, number: int) -> bytes:
        """Give what a stream says."""
        head, payload = self.look_up(number)
        return inflated(head, payload or b"")

    def numbers(self, number: int, key: bytes) -> list[int]:
        """Give the numbers of the objects that an entry, which is an array, refers to."""
        found = re.search(b"/%b ?\\[([^\\]]*)\\]" % key, self.syntax(number))
        return [int(one) for one in REFERENCE.findall(found[1])] if found else []

    def number(self, number: int, key: bytes) -> int:
        """Give the number of the object that an entry refers to; raises `UnknownShapeError`."""
        found = re.search(rb"/%b (\d+) 0 R" % key, self.syntax(number))
        if found is None:
            raise UnknownShapeError(f"object {number} has no {key.decode()}")
        return int(found[1])

    def _row(self, number: int) -> tuple[int, int, int]:
        if not 0 < number < len(self._rows) // _ROW.size:
            raise UnknownShapeError(f"no object {number}")
        kind, place, index = _ROW.unpack_from(self._rows, number * _ROW.size)
        return kind, place, index

    def _stream_at(self, position: int, number: int | None) -> tuple[bytes, bytes]:
        head = _HEAD.match(self._pdf, position)
        if head is None or number not in (None, int(head[1])) or b"endobj" in head[2]:
            raise UnknownShapeError(f"no stream at {position}")
        start = head.end()
        end = start + int(head[3])
        if not self._pdf.startswith(_FOOT, end):
            raise UnknownShapeError(f"the stream at {position} has another end")
        return head[2], self._pdf[start:end]

    def _unpack(self, number: int) -> "_Packet":
        kind, place, _ = self._row(number)
        if kind != _LONE:
            raise UnknownShapeError(f"object {number} is no stream")
        head, payload = self._stream_at(place, number)
        found = _PACKET.match(head)
        if found is None:
            raise UnknownShapeError(f"object {number} holds no objects")
        return _Packet(inflated(head, payload), int(found[1]), int(found[2]))


class _Packet:
    """An object stream, unpacked; its index is a number and a place for each object."""

    def __init__(self, content: bytes, count: int, first: int) -> None:
        self._content = content
        self._first = first
        self._index = content[:first].split()
        if len(self._index) != 2 * count or not content[:first].translate(None, b" \n").isdigit():
            raise UnknownShapeError("a packet counts wrong")

    def syntax(self, number: int, index: int) -> bytes:
        own = self._index[2 * index : 2 * index + 4]
        if not own or int(own[0]) != number:
            raise UnknownShapeError(f"object {number} is not where it should be")
        end = self._first + int(own[3]) if len(own) > 3 else len(self._content)
        return self._content[self._first + int(own[1]) : end]


def inflated(head: bytes, payload: bytes) -> bytes:
    """Undo the compression that the dictionary of a stream tells of."""
    if b"/Filter" not in head:
        return payload
    if not re.search(rb"/Filter ?/FlateDecode", head) or b"/DecodeParms" in head:
        raise UnknownShapeError("another compression")
    try:
        return zlib.decompress(payload)
    except zlib.error as fault:
        raise UnknownShapeError(f"a stream that is damaged: {fault}") from fault
