"""Type too small to be printed or read."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from chapbook.diagnostics import Code, Location
from chapbook.preflight.findings import Finding, worst
from chapbook.preflight.lines import words_of
from chapbook.preflight.proof import Proof, quoted
from chapbook.preflight.sides import Run, Side

SMALLEST = 5.0
# Readings beside Chinese signs are half as large as they, and kana are plain enough for that.
SMALLEST_READING = 4.0
_READINGS = ("HIRAGANA", "KATAKANA", "BOPOMOFO")
_SLACK = 0.05
_HINT = f"set it in {SMALLEST:g} pt or more"
_IN_FIGURE = (
    f"draw its words larger, or print the drawing wider: {SMALLEST:g} pt or more are wanted"
)


def check_small_type(proof: Proof) -> list[Finding]:
    """Find text below 5 pt as printed."""
    return worst(one for side in proof.sides for one in _on(proof, side))


def _on(proof: Proof, side: Side) -> Iterator[Finding]:
    """Tell of a place once, by its smallest type."""
    places: dict[Location | None, list[Run]] = defaultdict(list)
    for run in side.runs:
        if run.is_seen and run.text.strip() and run.size < _least(run.text) - _SLACK:
            places[None if run.is_furniture else proof.of_thing(side, run)].append(run)
    for at, runs in places.items():
        size = min(run.size for run in runs)
        words = quoted(words_of(runs))
        hint = _IN_FIGURE if runs[0].is_figure else _HINT
        what = f"type of {size:.1f} pt" + (f": {words}" if any(map(str.isalpha, words)) else "")
        yield Finding(Code.SMALL_TYPE, what, side.number, at, (hint,), weight=SMALLEST - size)


def _least(text: str) -> float:
    """Give the smallest size that a text may have."""
    is_reading = all(
        unicodedata.name(one, "").startswith(_READINGS) for one in "".join(text.split())
    )
    return SMALLEST_READING if is_reading else SMALLEST
