"""White streaks: wide word spaces above one another in many lines."""

from collections.abc import Iterator, Sequence

from chapbook.diagnostics import Code
from chapbook.preflight.findings import Finding, worst
from chapbook.preflight.lines import Line
from chapbook.preflight.proof import Proof, quoted
from chapbook.preflight.sides import Side

LONGEST = 5  # lines through which wide spaces may run and not be seen
_WIDE = 0.45  # em
_OVERLAP = 0.5  # of the narrower space
_APART = 2.2  # em from one baseline to the next
_TOLD = 3
_HINT = "reword a line of it, so that its spaces fall elsewhere"

Gap = tuple[float, float]


def check_rivers(proof: Proof) -> list[Finding]:
    """Find spaces of 0.45 em and more that run through more than 5 lines."""
    return worst((one for side in proof.sides for one in _on(proof, side)), _TOLD)


def _on(proof: Proof, side: Side) -> Iterator[Finding]:
    lines = proof.lines[side.number]
    open_rivers: list[tuple[Gap, int, Line]] = []
    before: Line | None = None
    for line in (*lines, None):
        going = _continued(open_rivers, before, line)
        kept = {start for _, _, start in going}
        for _, length, start in open_rivers:
            if length > LONGEST and start not in kept:
                yield _finding(proof, side, start, length)
        open_rivers, before = going, line


def _continued(
    rivers: Sequence[tuple[Gap, int, Line]], before: Line | None, line: Line | None
) -> list[tuple[Gap, int, Line]]:
    if line is None:
        return []
    is_next = before is not None and 0 < before.baseline - line.baseline < _APART * line.size
    going = []
    for gap in line.gaps:
        if gap[1] - gap[0] < _WIDE * line.size:
            continue
        above = [one for one in rivers if is_next and _meet(one[0], gap)]
        if above:
            _, length, start = max(above, key=lambda one: one[1])
            going.append((gap, length + 1, start))
        else:
            going.append((gap, 1, line))
    return going


def _meet(one: Gap, other: Gap) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared >= _OVERLAP * min(one[1] - one[0], other[1] - other[0])


def _finding(proof: Proof, side: Side, start: Line, length: int) -> Finding:
    at = proof.places.of_text(side.number, start.text)
    what = f"a white streak runs through {length} lines from {quoted(start.text)}"
    return Finding(Code.RIVER, what, side.number, at, (_HINT,), weight=length)
