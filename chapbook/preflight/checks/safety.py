"""Text so near to the trim that the knife may take it."""

from collections import defaultdict
from collections.abc import Iterator

from chapbook.diagnostics import Code, Location
from chapbook.preflight.findings import Finding, worst
from chapbook.preflight.proof import Proof, millimetres, quoted
from chapbook.preflight.sides import MILLIMETRE, Run, Side, touches

_SLACK = 0.3 * MILLIMETRE


def check_safety(proof: Proof) -> list[Finding]:
    """Find text nearer than `print.safety` to an edge that is cut."""
    return worst(one for side in proof.sides for one in _on(proof, side))


def _on(proof: Proof, side: Side) -> Iterator[Finding]:
    """Tell of a place once, by what is nearest to the trim."""
    wanted = proof.job.settings.safety * MILLIMETRE
    places: dict[Location | None, list[tuple[float, Run]]] = defaultdict(list)
    for run in side.runs:
        if not run.is_seen or not run.text.strip() or not touches(run.box, side.trim):
            continue
        space = _space(proof, side, run)
        if space < wanted - _SLACK:
            at = None if run.is_furniture else proof.of_thing(side, run)
            places[at].append((space, run))
    for at, runs in places.items():
        space, run = min(runs, key=lambda pair: pair[0])
        yield _finding(proof, side, run, space, at)


def _space(proof: Proof, side: Side, run: Run) -> float:
    """Give the way to the nearest edge that is cut: all but the spine."""
    (left, bottom, right, top), trim = run.box, side.trim
    outer = trim[2] - right if proof.spine_side(side) == 0 else left - trim[0]
    return min(outer, bottom - trim[1], trim[3] - top)


def _finding(proof: Proof, side: Side, run: Run, space: float, at: Location | None) -> Finding:
    wanted = proof.job.settings.safety * MILLIMETRE
    if run.is_furniture:
        words, hint = "a running head or folio", "move the margin box inwards in the style sheet"
    else:
        words, hint = quoted(run.text), "widen the margin, or let the text break"
    if space < 0:
        what = f"{words} is cut by the trim"
    elif run.is_furniture:
        what = f"{words} stands nearer to the trim than {millimetres(wanted)}"
    else:
        what = f"{words} stands {millimetres(space)} from the trim, {millimetres(wanted)} are asked"
    return Finding(Code.OUTSIDE_SAFETY, what, side.number, at, (hint,), weight=wanted - space)
