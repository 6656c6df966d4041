"""What shows through, in a file that must not have it."""

from collections.abc import Iterator

from chapbook.diagnostics import Code, Severity
from chapbook.preflight.findings import Finding, worst
from chapbook.preflight.proof import Proof
from chapbook.print_shop import Standard

_HINT = 'make it opaque, or ask for standard = "X-4", which allows transparency'


def check_transparency(proof: Proof) -> list[Finding]:
    """Find transparency in PDF/X-1a (ISO 15930-4, 6.13)."""
    return worst(_shown(proof)) if proof.job.settings.standard is Standard.X1A else []


def _shown(proof: Proof) -> Iterator[Finding]:
    for side in proof.sides:
        for veil in side.painted.veils:
            what = f"{veil.what} is left, which PDF/X-1a forbids"
            at = proof.of_mark(side, veil.mark)
            yield Finding(Code.TRANSPARENCY_LEFT, what, side.number, at, (_HINT,), Severity.ERROR)
