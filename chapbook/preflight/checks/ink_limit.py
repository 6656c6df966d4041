"""Colours of more ink than paper takes."""

from collections.abc import Iterator

from chapbook.diagnostics import Code
from chapbook.preflight.findings import Finding, worst
from chapbook.preflight.proof import Proof
from chapbook.preflight.sides import Space

# What the house's profile is made for, and most printers ask for on uncoated paper too.
USUAL_LIMIT = 300.0
_SLACK = 0.5


def check_ink_limit(proof: Proof) -> list[Finding]:
    """Find the colours whose inks add up to more than `print.ink_limit`.

    Where the book does not say it and brings the printer's profile, that alone knows.
    """
    limit = proof.job.settings.ink_limit or (USUAL_LIMIT if proof.job.profile is None else 0.0)
    return worst(_above(proof, limit)) if limit else []


def _above(proof: Proof, limit: float) -> Iterator[Finding]:
    for side in proof.sides:
        for ink in side.painted.inks:
            total = sum(ink.values)
            if ink.space is not Space.CMYK or total <= limit + _SLACK:
                continue
            place = "an image has" if ink.what == "image" else "a colour has"
            what = f"{place} {total:.0f} % of ink, and the paper takes {limit:.0f} %"
            at = proof.of_mark(side, ink.mark)
            hint = "it will not dry, and sets off on the page that lies on it: make it lighter"
            yield Finding(Code.TOO_MUCH_INK, what, side.number, at, (hint,), weight=total)
