"""Tell by the first bytes of an image what shops ask of it; nothing is decoded."""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

PNG, GIF, RIFF, JPEG = b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF", b"\xff\xd8"
# The frames of a JPEG (https://www.w3.org/Graphics/JPEG/itu-t81.pdf, B.1.1.3), less tables.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
TRANSPARENT = (4, 6)  # types of colour of a PNG


@dataclass(frozen=True, slots=True)
class Picture:
    """An image: its kind as its ending, its pixels, and what shops mind; 0 where unknown."""

    kind: str
    width: int = 0
    height: int = 0
    moves: bool = False
    is_clear: bool = False
    is_cmyk: bool = False


def look_at(content: bytes) -> Picture | None:
    """Look at an image of pixels; None for another file, or one that is damaged."""
    kinds: tuple[tuple[bytes, Callable[[bytes], Picture | None]], ...] = (
        (PNG, _png),
        (GIF, _gif),
        (JPEG, _jpeg),
        (RIFF, _webp),
    )
    for start, read in kinds:
        if content.startswith(start):
            try:
                return read(content)
            except (struct.error, IndexError):
                return None
    return None


def _png(content: bytes) -> Picture:
    width, height, _, colour = struct.unpack_from(">IIBB", content, 16)
    names = set()
    at = len(PNG)
    while at + 8 <= len(content):
        length, name = struct.unpack_from(">I4s", content, at)
        names.add(name)
        if name == b"IDAT":
            break
        at += length + 12
    is_clear = colour in TRANSPARENT or b"tRNS" in names
    return Picture("png", width, height, moves=b"acTL" in names, is_clear=is_clear)


def _gif(content: bytes) -> Picture:
    width, height = struct.unpack_from("<HH", content, 6)
    frames = 0
    is_clear = False
    for introducer, start in _gif_blocks(content):
        frames += introducer == 0x2C
        if introducer == 0x21 and content[start + 1] == 0xF9:
            is_clear |= bool(content[start + 3] & 1)
    return Picture("gif", width, height, moves=frames > 1, is_clear=is_clear)


def _gif_blocks(content: bytes) -> Iterator[tuple[int, int]]:
    """Give the introducer and the start of each block (GIF 89a, sections 20 to 26)."""
    at = 13 + _table(content[10])
    while content[at] in (0x21, 0x2C):
        introducer = content[at]
        yield introducer, at
        at += 2 if introducer == 0x21 else 11 + _table(content[at + 9])
        while content[at]:
            at += content[at] + 1
        at += 1


def _table(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _jpeg(content: bytes) -> Picture:
    at = 2
    while content[at + 1] not in FRAMES:
        is_fill = content[at + 1] == 0xFF
        at += 1 if is_fill else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    height, width, colours = struct.unpack_from(">HHB", content, at + 5)
    return Picture("jpg", width, height, is_cmyk=colours == 4)


def _webp(content: bytes) -> Picture:
    kind = content[12:16]
    if kind == b"VP8X":
        flags = content[20]
        width = int.from_bytes(content[24:27], "little") + 1
        height = int.from_bytes(content[27:30], "little") + 1
        return Picture("webp", width, height, bool(flags & 2), bool(flags & 16))
    return Picture("webp")
