"""Lines whose words stand far apart."""

from collections.abc import Iterator

from chapbook.diagnostics import Code
from chapbook.preflight.findings import Finding, worst
from chapbook.preflight.proof import Proof, quoted

# A word space is about a quarter of an em; more than three times that is a hole.
LOOSEST = 0.8
_TOLD = 3
_HINT = "let a word of it break (&shy;), or reword it"


def check_loose_lines(proof: Proof) -> list[Finding]:
    """Find lines whose mean word space is above 0.8 em, and tell the worst."""
    return worst(_loose(proof), _TOLD)


def _loose(proof: Proof) -> Iterator[Finding]:
    for side in proof.sides:
        for line in proof.lines[side.number]:
            if line.looseness > LOOSEST and not proof.places.is_code(side.number, line.text):
                at = proof.places.of_text(side.number, line.text)
                what = (
                    f"word spaces of {line.looseness:.2f} em, {line.looseness / 0.25:.0f} times "
                    f"the usual, in {quoted(line.text)}"
                )
                yield Finding(
                    Code.LOOSE_LINE, what, side.number, at, (_HINT,), weight=line.looseness
                )
