"""Lines that run out of the measure into the margin."""

from collections import Counter
from collections.abc import Iterator

from chapbook.diagnostics import Code
from chapbook.preflight.findings import Finding, worst
from chapbook.preflight.proof import Proof, millimetres, quoted

# An edge is where many lines end that are long and not the same.
_LONG = 25  # letters
_FEWEST = 8
_SHARE = 0.1
_OVER = 0.5  # em; less is a hanging hyphen or a point
_HINT = "let it break: &shy; in a word, <wbr> in an address or a name"


def check_overfull_lines(proof: Proof) -> list[Finding]:
    """Find lines that cross the right edge at which the justified lines end."""
    return worst(_overfull(proof))


def _overfull(proof: Proof) -> Iterator[Finding]:
    edges = {is_recto: _edge(proof, is_recto) for is_recto in (True, False)}
    for side in proof.sides:
        edge = edges[side.is_recto]
        if edge is None:
            continue
        for line in proof.lines[side.number]:
            left, right = line.box[0] - side.trim[0], line.box[2] - side.trim[0]
            over = right - edge
            if over > _OVER * line.size and left < edge:
                at = proof.places.of_text(side.number, line.text)
                what = f"a line runs {millimetres(over)} into the margin: {quoted(line.text)}"
                yield Finding(Code.OVERFULL_LINE, what, side.number, at, (_HINT,), weight=over)


def _edge(proof: Proof, is_recto: bool) -> float | None:
    """Give the right edge of the text on the pages of one side, None where lines are ragged.

    Of several, such as that of the text and that of quotations, the outermost.
    """
    full = {
        (round(line.box[2] - side.trim[0]), line.letters)
        for side in proof.sides
        if side.is_recto == is_recto
        for line in proof.lines[side.number]
        if len(line.letters) >= _LONG
    }
    counts = Counter(edge for edge, _ in full)
    least = max(_FEWEST, _SHARE * len(full))
    edges = [edge for edge in counts if sum(counts[edge + n] for n in (-1, 0, 1)) >= least]
    return float(max(edges)) if edges else None
