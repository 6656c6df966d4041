"""Find images that move, which may flash or distract."""

from collections.abc import Callable, Iterator
from pathlib import Path

HEAD = 32  # bytes that tell what kind of image it is
MOST_CHUNKS = 10_000


def moves(image: Path | bytes) -> bool:
    """Whether an image has more than one frame, or a drawing is animated.

    What cannot be read does not move: it is not shown either.
    """
    if isinstance(image, bytes):
        return _moves(image[:HEAD], lambda: image)
    try:
        with image.open("rb") as file:
            head = file.read(HEAD)
            return _moves(head, lambda: head + file.read())
    except OSError:
        return False


def _moves(head: bytes, whole: Callable[[], bytes]) -> bool:
    if head.startswith(b"\xff\xd8"):  # JPEG, as most photographs are
        return False
    if head[8:12] == b"WEBP":
        return head[12:16] == b"VP8X" and len(head) > 20 and bool(head[20] & 2)
    content = whole()
    if content.startswith(b"GIF8"):
        return _frames_of_gif(content) > 1
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return b"acTL" in _chunks_of_png(content)
    return any(mark in content for mark in (b"<animate", b"<set ", b"@keyframes"))


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
