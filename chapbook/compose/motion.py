"""Find images that move, which may flash or distract."""

from collections.abc import Iterator
from pathlib import Path

MOST_CHUNKS = 10_000


def moves(image: Path | bytes) -> bool:
    """Whether an image has more than one frame, or a drawing is animated.

    What cannot be read does not move: it is not shown either.
    """
    try:
        content = image if isinstance(image, bytes) else image.read_bytes()
    except OSError:
        return False
    if content.startswith(b"GIF8"):
        return _frames_of_gif(content) > 1
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return b"acTL" in _chunks_of_png(content)
    if content[8:16] == b"WEBPVP8X":
        return bool(content[20:21]) and bool(content[20] & 2)
    return b"<animate" in content or b"@keyframes" in content or b"<set " in content


def _chunks_of_png(content: bytes) -> Iterator[bytes]:
    """Give the kinds of chunk before the picture (https://www.w3.org/TR/png-3/#structure)."""
    at = 8
    for _ in range(MOST_CHUNKS):
        kind = content[at + 4 : at + 8]
        if len(kind) < 4 or kind == b"IDAT":
            return
        yield kind
        at += 12 + int.from_bytes(content[at : at + 4], "big")


def _frames_of_gif(content: bytes) -> int:
    """Count the frames, up to two (https://www.w3.org/Graphics/GIF/spec-gif89a.txt)."""
    frames, at = 0, 13 + _table(content[10:11])
    while frames < 2 and at < len(content):
        kind = content[at]
        if kind == 0x2C:
            frames += 1
            at += 11 + _table(content[at + 9 : at + 10])
        elif kind == 0x21:
            at += 2
        else:
            break
        at = _after_blocks(content, at)
    return frames


def _table(flags: bytes) -> int:
    """Give the bytes of a colour table."""
    return 3 << (flags[0] & 7) + 1 if flags and flags[0] & 0x80 else 0


def _after_blocks(content: bytes, at: int) -> int:
    while at < len(content) and content[at]:
        at += content[at] + 1
    return at + 1
