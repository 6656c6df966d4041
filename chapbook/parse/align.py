"""Find for every letter that was made the letter of the source that it came from.

Both are read in the same order, so they run alike but for what was taken out (markup) or put in
(the title of a box). Where they differ, the nearest place is sought from which they run alike
again. The work grows with the length of the texts, not with its square.
"""

from array import array
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import compress

from chapbook.parse.letters import Letters
from chapbook.parse.realign import Realigner

# How far to look for the place from which two texts run alike again, and for how many letters
# they must at least; the further off, the more it takes, for words come again.
REACH = ((128, 6), (2048, 10), (1 << 14, 16), (1 << 18, 24), (1 << 30, 32))
SURE = 32
MOST = 4
END = "\x00" * 32
# Smaller gaps are compared letter by letter.
SMALL = 200_000
OPPOSITE = b"\x01" + bytes(255)


@dataclass(slots=True)
class Aligned:
    """For each letter made the index of its source letter or -1, and which of those are shown."""

    origin: "array[int]"
    shown: bytearray


def align(source: Letters, made: str, starts: bytes) -> Aligned:
    """Align the letters `made` with those of `source`; `starts` marks where words begin."""
    is_visible = source.hidden.translate(OPPOSITE)
    visible = array("l", compress(range(len(source.text)), is_visible))
    seen = "".join(compress(source.text, is_visible))
    origin = array("l", [-1]) * len(made)
    met = bytearray(len(seen))
    for i, j, length in alike(seen, made, starts):
        origin[j : j + length] = visible[i : i + length]
        met[i : i + length] = b"\x01" * length
    shown = _spread(met, source.hidden)
    _fill(source.text, made, starts, origin, shown)
    if Realigner(source, made, starts, origin, shown).mend():
        _fill(source.text, made, starts, origin, shown)
    return Aligned(origin, shown)


def _spread(met: bytearray, hidden: bytearray) -> bytearray:
    """Put what is said of the visible letters at their places among all letters."""
    spread = bytearray(len(hidden))
    start = here = 0
    while here < len(met):
        start = hidden.find(0, start)
        end = hidden.find(1, start)
        end = len(hidden) if end < 0 else end
        spread[start:end] = met[here : here + end - start]
        here += end - start
        start = end
    return spread


def alike(a: str, b: str, starts: bytes) -> list[tuple[int, int, int]]:
    """Give the stretches `(i, j, length)` in which `a` and `b` run alike, in order."""
    found: list[tuple[int, int, int]] = []
    ends = len(a), len(b)
    a, b = a + END, b + END
    i = j = 0
    while i < ends[0] and j < ends[1]:
        length = min(_common(a, i, b, j), ends[0] - i, ends[1] - j)
        at_end = i + length == ends[0] or j + length == ends[1]
        if not at_end:
            length -= _part_of_word(starts, j + length, min(length, REACH[0][1] - 1))
        if length:
            found.append((i, j, length))
        i, j = i + length, j + length
        if at_end:
            break
        step = _resync(a, i, b, j)
        if step is None:
            break
        i, j = i + step[0], j + step[1]
    return found


def _part_of_word(starts: bytes, place: int, most: int) -> int:
    """Give how far back the word at `place` begins: it may be another that begins alike."""
    for back in range(most + 1):
        if starts[place - back]:
            return back
    return 0


def _common(a: str, i: int, b: str, j: int) -> int:
    """Give for how many letters the two run alike from here."""
    length = 0
    step = 64
    while step:
        piece = a[i + length : i + length + step]
        if piece and piece == b[j + length : j + length + step]:
            length += len(piece)
            step = min(step * 2, 1 << 16)
        elif step == 1:
            break
        else:
            step = max(step // 4, 1)
    return length


def _resync(a: str, i: int, b: str, j: int) -> tuple[int, int] | None:
    """Give how far to go on in each until they run alike again, together as little as can be."""
    for reach, size in REACH:
        places: dict[str, list[int]] = {}
        for step in range(min(reach, len(a) - size - i + 1)):
            known = places.setdefault(a[i + step : i + step + size], [])
            if len(known) < MOST:
                known.append(step)
        best: tuple[int, int] | None = None
        for step in range(min(reach, len(b) - size - j + 1)):
            if best is not None and step >= sum(best):
                break
            for other in places.get(b[j + step : j + step + size], ()):
                is_nearer = best is None or other + step < sum(best)
                if is_nearer and _runs_alike(a, i + other, b, j + step, other + step):
                    best = other, step
        if best is not None:
            return best
        if reach > max(len(a) - i, len(b) - j):
            return None
    return None


def _runs_alike(a: str, i: int, b: str, j: int, distance: int) -> bool:
    """Whether the two run alike from here for long enough to be worth the distance."""
    length = min(SURE, REACH[0][1] + distance // 2)
    return a[i : i + length] == b[j : j + length]


def _fill(source: str, made: str, starts: bytes, origin: "array[int]", shown: bytearray) -> None:
    """Look for what was not found among the letters of markup, between its neighbours."""
    end = 0
    while (start := _next_unknown(origin, end)) < len(made):
        end = start
        while end < len(made) and origin[end] < 0:
            end += 1
        low = origin[start - 1] + 1 if start else 0
        high = origin[end] if end < len(made) else len(source)
        if low < high:
            words = starts[start:end] + b"\x01"
            for i, k, length in _pairs(source[low:high], made[start:end], words):
                first = low + i
                origin[start + k : start + k + length] = array("l", range(first, first + length))
                shown[first : first + length] = b"\x01" * length


def _next_unknown(origin: "array[int]", start: int) -> int:
    try:
        return origin.index(-1, start)
    except ValueError:
        return len(origin)


def _pairs(a: str, b: str, starts: bytes) -> list[tuple[int, int, int]]:
    """Give what is alike in a gap: all of it, or whole words, or at least three letters."""
    place = a.lower().find(b.lower()) if len(a.lower()) == len(a) else a.find(b)
    if place >= 0:
        return [(place, 0, min(len(b), len(a) - place))]
    if len(a) * len(b) > SMALL:
        return alike(a, b, starts)
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return [
        (block.a, block.b, block.size)
        for block in blocks
        if block.size > 2 or (starts[block.b] and starts[block.b + block.size])
    ]
