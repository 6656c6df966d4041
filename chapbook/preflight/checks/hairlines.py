"""Lines too thin for a press."""

from collections.abc import Iterator

from chapbook.diagnostics import Code
from chapbook.preflight.findings import Finding, worst
from chapbook.preflight.proof import Proof
from chapbook.preflight.sides import Side, Stroke

THINNEST = 0.25
_SLACK = 0.005
_LONG = 2.0
_HINT = f"draw it at least {THINNEST:g} pt thick: a press breaks a thinner line up"


def check_hairlines(proof: Proof) -> list[Finding]:
    """Find what is stroked, or filled as a rule, thinner than 0.25 pt."""
    return worst(_hairlines(proof))


def _hairlines(proof: Proof) -> Iterator[Finding]:
    for side in proof.sides:
        for stroke in side.strokes:
            width = _thickness(stroke)
            if width is not None and width < THINNEST - _SLACK:
                yield _finding(proof, side, stroke, width)


def _thickness(stroke: Stroke) -> float | None:
    if stroke.width is not None:
        return stroke.width
    left, bottom, right, top = stroke.box
    thin, long = sorted((right - left, top - bottom))
    return thin if long >= _LONG and stroke.is_filled else None


def _finding(proof: Proof, side: Side, stroke: Stroke, width: float) -> Finding:
    what = f"a line {width:.2g} pt thick" if width else "a line without a thickness of its own"
    if not stroke.is_figure:
        what += ", drawn by the style sheet"
    at = proof.of_thing(side, stroke) if stroke.is_figure else None
    return Finding(Code.HAIRLINE, what, side.number, at, (_HINT,), weight=THINNEST - width)
