"""The file as it grows: objects, and the table that tells where each begins.

Objects that may be compressed are gathered in object streams (ISO 32000-1, 7.5.7), the table is
a cross-reference stream (7.5.8).
"""

import hashlib
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

# The second line tells programs that move files about that this one is not text.
HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
COMPRESSION, FASTEST = 6, 1
ROW = struct.Struct(">BIH")
FREE = ROW.pack(0, 0, 65535)
# Less than a row of the table can count, and no more than a reader likes to unpack at once.
MOST_IN_STREAM = 16384

Numbered = tuple[int, bytes]


class Rows:
    """The rows of the cross-reference table for the objects numbered from `base` on."""

    def __init__(self, base: int, size: int, rows: bytes = b"") -> None:
        """Begin with objects that are all free, or with the rows given."""
        self._base = base
        self._rows = bytearray(rows or FREE * size)

    def __bytes__(self) -> bytes:
        """Give the rows as the file has them."""
        return bytes(self._rows)

    def __len__(self) -> int:
        """Count the objects."""
        return len(self._rows) // ROW.size

    def grow(self) -> int:
        """Add a row; give the number of its object."""
        self._rows += FREE
        return self._base + len(self) - 1

    def paste(self, base: int, rows: bytes) -> None:
        """Put ready rows in their place."""
        start = (base - self._base) * ROW.size
        self._rows[start : start + len(rows)] = rows

    def place(self, number: int, position: int) -> None:
        """Say where in the file an object begins."""
        ROW.pack_into(self._rows, (number - self._base) * ROW.size, 1, position, 0)

    def pack(self, numbers: Sequence[int], stream: int) -> None:
        """Say that objects are in an object stream, in that order."""
        for index, number in enumerate(numbers):
            ROW.pack_into(self._rows, (number - self._base) * ROW.size, 2, stream, index)


@dataclass(frozen=True, slots=True)
class Packet:
    """An object stream: its number, the numbers of what is in it, its dictionary and bytes."""

    number: int
    numbers: tuple[int, ...]
    head: bytes
    payload: bytes


def packets_for(objects: int) -> int:
    """Say how many object streams it takes to hold so many objects."""
    return -(-objects // MOST_IN_STREAM)


def pack(objects: Sequence[Numbered], first: int) -> list[Packet]:
    """Pack objects into object streams that are numbered from `first` on."""
    starts = range(0, len(objects), MOST_IN_STREAM)
    chunks = [objects[start : start + MOST_IN_STREAM] for start in starts]
    return [_packet(chunk, number) for number, chunk in enumerate(chunks, first)]


def _packet(objects: Sequence[Numbered], number: int) -> Packet:
    index, position = [], 0
    for item, syntax in objects:
        index.append(b"%d %d" % (item, position))
        position += len(syntax) + 1
    table = b" ".join(index) + b"\n"
    content = table + b"\n".join([syntax for _, syntax in objects])
    head = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode>>" % (len(objects), len(table))
    numbers = tuple([item for item, _ in objects])
    return Packet(number, numbers, head, zlib.compress(content, COMPRESSION))


class Volume:
    """One PDF file, written from the first byte to the last."""

    def __init__(self, size: int) -> None:
        """Begin a file in which the objects below `size` have their numbers already."""
        self.rows = Rows(0, size)
        self._pieces = [HEADER]
        self._position = len(HEADER)
        self._loose: list[Numbered] = []

    def new(self) -> int:
        """Give a number that no object has."""
        return self.rows.grow()

    def add(self, number: int, syntax: bytes) -> int:
        """Add an object that is no stream; give its number."""
        self._loose.append((number, syntax))
        return number

    def add_stream(self, number: int, head: bytes, payload: bytes) -> int:
        """Add a stream by its dictionary, without Length, and its bytes; give its number."""
        self.rows.place(number, self._position)
        opening = b"%d 0 obj\n%b/Length %d>>\nstream\n" % (number, head[:-2], len(payload))
        self._pieces += (opening, payload, b"\nendstream\nendobj\n")
        self._position += len(opening) + len(payload) + 18
        return number

    def close(self, root: int, info: int) -> bytes:
        """Write what is still loose, then the table; give the file."""
        for packet in pack(self._loose, len(self.rows)):
            number = self.new()
            self.rows.pack(packet.numbers, number)
            self.add_stream(number, packet.head, packet.payload)
        number, start = self.new(), self._position
        self.rows.place(number, start)
        identifier = self._identifier()
        trailer = b"/Root %d 0 R/Info %d 0 R/ID[%b%b]" % (root, info, identifier, identifier)
        filtering, rows = self._table(start)
        head = b"<</Type/XRef/Size %d/W[1 4 2]%b%b>>" % (len(self.rows), trailer, filtering)
        self.add_stream(number, head, rows)
        self._pieces.append(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self._pieces)

    def _table(self, start: int) -> tuple[bytes, bytes]:
        """Give the table, compressed where the file is long enough for it.

        qpdf takes a file for damaged that has more numbers of objects than a third of its bytes.
        """
        rows = bytes(self.rows)
        packed = zlib.compress(rows, FASTEST)
        if start + len(packed) > 3 * len(self.rows):
            return b"/Filter/FlateDecode", packed
        return b"", rows

    def _identifier(self) -> bytes:
        content = hashlib.sha256()
        for piece in self._pieces:
            content.update(piece)
        return b"<%b>" % content.hexdigest()[:32].encode("ascii")
