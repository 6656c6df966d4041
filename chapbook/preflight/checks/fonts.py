"""Fonts that the file names but does not carry."""

from collections.abc import Iterator

from chapbook.diagnostics import Code, Severity
from chapbook.preflight.findings import Finding
from chapbook.preflight.proof import Proof

_HINT = "the printer's machine would set it in another font: take one that may be embedded"


def check_fonts(proof: Proof) -> Iterator[Finding]:
    """Find text in fonts that are not embedded (PDF/X, ISO 15930-7, 6.2.5)."""
    for side in proof.sides:
        for name in dict.fromkeys(run.font for run in side.runs if not run.is_embedded):
            what = f"the font {name.partition('+')[2] or name} is not embedded"
            yield Finding(Code.FONT_NOT_EMBEDDED, what, side.number, None, (_HINT,), Severity.ERROR)
