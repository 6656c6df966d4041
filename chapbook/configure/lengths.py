"""Numbers of `book.toml`: lengths with their units, and the ranges that make sense."""

import math
import re
from typing import NamedTuple

from chapbook.schema import Structurer, UnfitError, wrong_type
from chapbook.toml_source import KeyPath

_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
_LENGTH = re.compile(rf"(\d*\.?\d+) ?({'|'.join(_MILLIMETRES)})", re.IGNORECASE)


class Range(NamedTuple):
    """The least and the most that a number may be, with its unit; 0 too where it `may_be_none`."""

    least: float
    most: float
    unit: str = "mm"
    may_be_none: bool = False


RANGES = {
    "page.trim.width": Range(50, 500),
    "page.trim.height": Range(50, 500),
    "booklet.sheet.width": Range(50, 1200),
    "booklet.sheet.height": Range(50, 1200),
    "cover.flaps": Range(30, 250, may_be_none=True),
    "cover.board": Range(0.05, 5, may_be_none=True),
    "print.bleed": Range(0, 25),
    "print.safety": Range(0, 50),
    "print.paper.caliper": Range(0.02, 2, may_be_none=True),
    "print.paper.grams": Range(20, 600, "g", may_be_none=True),
    "print.paper.bulk": Range(0.4, 4, "cm³/g", may_be_none=True),
    "print.ink-limit": Range(100, 400, "per cent", may_be_none=True),
    "print.image-ppi": Range(36, 2400, "ppi"),
    "print.spots.*.cmyk.*": Range(0, 100, "per cent"),
}


def number(_structurer: Structurer, raw: object, path: KeyPath) -> float:
    """Make a number; a length, in millimetres, of one too or of a string such as `0.125in`."""
    key = ".".join("*" if name.isdigit() else name for name in path)
    allowed = RANGES[key]
    is_length = allowed.unit == "mm"
    if is_length and isinstance(raw, str):
        value = _millimetres(raw)
    elif isinstance(raw, int | float) and not isinstance(raw, bool) and math.isfinite(raw):
        value = float(raw)
    else:
        raise wrong_type('a length such as "3mm"' if is_length else "a number", raw)
    return _within(value, raw, allowed)


def _within(value: float, raw: object, allowed: Range) -> float:
    if allowed.may_be_none and value == 0:
        return value
    if not allowed.least <= value <= allowed.most:
        unit = allowed.unit
        written = raw if isinstance(raw, str) else f"{value:g} {unit}"
        bounds = f"{allowed.least:g} {unit} and {allowed.most:g} {unit}"
        raise UnfitError(f"{written} is not between {bounds}")
    return value


def _millimetres(written: str) -> float:
    found = _LENGTH.fullmatch(written.strip())
    if not found:
        hint = "write it in mm, cm, in or pt, as in 148mm"
        raise UnfitError(f'"{written}" is not a length', hint)
    return round(float(found[1]) * _MILLIMETRES[found[2].casefold()], 3)
