"""Functions of one variable (ISO 32000-1, 7.10), as stretches in which values change evenly."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import pikepdf

_PIECES = 16  # for a curve
_DEPTH = 8

Values = tuple[float, ...]


class UnconvertibleError(ValueError):
    """Raised for what this room cannot turn into ink; the message says what it is."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Values that go evenly from `first` to `last`, the variable from `start` to `end`."""

    start: float
    end: float
    first: Values
    last: Values

    def at(self, where: float) -> Values:
        """Give the values at a place."""
        share = (where - self.start) / (self.end - self.start)
        return between(self.first, self.last, share)


def between(first: Values, last: Values, share: float) -> Values:
    """Give the values at a share of the way."""
    return tuple(a + (b - a) * share for a, b in zip(first, last, strict=True))


def numbers(array: Iterable[object]) -> Values:
    """Give the numbers of an array of PDF."""
    return tuple(float(value) for value in array)  # type: ignore[arg-type]


def stretches(function: pikepdf.Object, depth: int = 0) -> tuple[Stretch, ...]:
    """Read a function, or an array of functions with one result each.

    Raises `UnconvertibleError` for those that are neither sampled, exponential nor stitched.
    """
    if depth > _DEPTH:
        raise UnconvertibleError("a function that calls itself")
    if isinstance(function, pikepdf.Array):
        return _side_by_side([stretches(one, depth + 1) for one in function])
    match int(function.FunctionType):
        case 0:
            found = _sampled(function)
        case 2:
            found = _exponential(function)
        case 3:
            found = _stitched(function, depth)
        case other:
            raise UnconvertibleError(f"a function of type {other}")
    return tuple(found)


def _exponential(function: pikepdf.Object) -> Iterable[Stretch]:
    first = numbers(function.get("/C0", [0]))
    last = numbers(function.get("/C1", [1]))
    power = float(function.get("/N", 1))
    start, end = numbers(function.Domain)
    pieces = 1 if power == 1 else _PIECES
    stops = [start + (end - start) * step / pieces for step in range(pieces + 1)]
    values = [between(first, last, max(stop, 0.0) ** power) for stop in stops]
    return map(Stretch, stops, stops[1:], values, values[1:])


def _sampled(function: pikepdf.Object) -> Iterable[Stretch]:
    sizes = [int(size) for size in function.Size]
    if len(sizes) != 1:
        raise UnconvertibleError("a sampled function of more than one variable")
    start, end = numbers(function.Domain)
    encode = numbers(function.get("/Encode", [0, sizes[0] - 1]))
    samples = _samples(function, sizes[0])
    if encode[0] > encode[1]:
        encode, samples = (encode[1], encode[0]), samples[::-1]
    if sizes[0] < 2 or encode != (0, sizes[0] - 1):
        raise UnconvertibleError("a sampled function that skips samples")
    stops = [start + (end - start) * step / (sizes[0] - 1) for step in range(sizes[0])]
    return map(Stretch, stops, stops[1:], samples, samples[1:])


def _samples(function: pikepdf.Object, size: int) -> list[Values]:
    ranges = numbers(function.Range)
    decode = numbers(function.get("/Decode", list(ranges)))
    outputs, bits = len(ranges) // 2, int(function.BitsPerSample)
    packed = function.read_bytes()
    whole, length = int.from_bytes(packed, "big"), 8 * len(packed)
    if length < size * outputs * bits:
        raise UnconvertibleError("a sampled function without its samples")
    most = (1 << bits) - 1
    raw = [whole >> (length - bits * (at + 1)) & most for at in range(size * outputs)]
    lows, highs = decode[::2], decode[1::2]
    return [
        tuple(
            low + (high - low) * value / most
            for low, high, value in zip(lows, highs, raw[at : at + outputs], strict=True)
        )
        for at in range(0, len(raw), outputs)
    ]


def _stitched(function: pikepdf.Object, depth: int) -> Iterable[Stretch]:
    start, end = numbers(function.Domain)
    stops = [start, *numbers(function.Bounds), end]
    encode = numbers(function.Encode)
    for at, part in enumerate(function.Functions):
        left, right = stops[at], stops[at + 1]
        if right > left:
            inner = stretches(part, depth + 1)
            yield from _mapped(inner, (encode[2 * at], encode[2 * at + 1]), left, right)


def _mapped(
    inner: tuple[Stretch, ...], encode: tuple[float, float], left: float, right: float
) -> Iterable[Stretch]:
    """Lay what a function says from `encode[0]` to `encode[1]` between `left` and `right`."""
    low, high = min(encode), max(encode)
    if high == low:
        value = value_at(inner, low)
        return [Stretch(left, right, value, value)]
    parts = []
    for piece in inner:
        start, end = max(piece.start, low), min(piece.end, high)
        if end > start:
            first, last = (
                left + (right - left) * (place - encode[0]) / (encode[1] - encode[0])
                for place in (start, end)
            )
            parts.append(Stretch(first, last, piece.at(start), piece.at(end)))
    if encode[0] <= encode[1]:
        return parts
    return [Stretch(p.end, p.start, p.last, p.first) for p in reversed(parts)]


def value_at(pieces: tuple[Stretch, ...], where: float) -> Values:
    """Give the values at a place; beyond the ends, those of the ends."""
    for piece in pieces:
        if where <= piece.end:
            return piece.at(max(where, piece.start))
    return pieces[-1].last


def _side_by_side(parts: list[tuple[Stretch, ...]]) -> tuple[Stretch, ...]:
    """Join functions of one result each."""
    stops = sorted({stop for part in parts for piece in part for stop in (piece.start, piece.end)})
    joined = []
    for start, end in pairwise(stops):
        middle = (start + end) / 2
        pieces = [_piece_at(part, middle) for part in parts]
        first = tuple(value for piece in pieces for value in piece.at(start))
        last = tuple(value for piece in pieces for value in piece.at(end))
        joined.append(Stretch(start, end, first, last))
    return tuple(joined)


def _piece_at(part: tuple[Stretch, ...], where: float) -> Stretch:
    return next((piece for piece in part if piece.start <= where <= piece.end), part[-1])
