"""Pages that should be blank and are not."""

from collections.abc import Iterator

from chapbook.diagnostics import Code
from chapbook.preflight.findings import Finding
from chapbook.preflight.proof import Proof, quoted
from chapbook.preflight.sides import Picture, Side, Stroke, is_inside, touches

_HINT = "leave the margin boxes of @page :blank empty"
_SLACK = 1.0


def check_blanks(proof: Proof) -> Iterator[Finding]:
    """Find what stands on blank pages; a tint over the whole page is none of it."""
    for side in proof.sides:
        if side.is_blank and (shown := _shown(side)):
            what = f"a page that should be blank shows {shown}"
            yield Finding(Code.BLANK_NOT_BLANK, what, side.number, None, (_HINT,))


def _shown(side: Side) -> str:
    words = "".join(run.text for run in side.runs if touches(run.box, side.trim) and run.is_seen)
    if words.strip():
        return quoted(words)
    things: tuple[Picture | Stroke, ...] = (*side.pictures, *side.strokes)
    drawn = [one.box for one in things if touches(one.box, side.trim)]
    if any(not is_inside(side.trim, box, _SLACK) for box in drawn):
        return "a picture or a line"
    return ""
