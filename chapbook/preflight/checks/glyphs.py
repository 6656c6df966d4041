"""Boxes that stand where no font has the character."""

from collections.abc import Iterator

from chapbook.diagnostics import Code
from chapbook.preflight.findings import Finding
from chapbook.preflight.proof import Proof


def check_glyphs(proof: Proof) -> Iterator[Finding]:
    """Find text drawn with glyph 0, `.notdef` (ISO 32000-1, 9.7.6.3).

    What the layout missed it has told of, with the character.
    """
    if proof.typeset.missing_glyphs:
        return
    for side in proof.sides:
        for mark in side.painted.notdefs:
            at = proof.of_mark(side, mark)
            what = "an empty box stands where the font has no character"
            hint = "set these words in a font that has all their characters"
            yield Finding(Code.BOX_FOR_GLYPH, what, side.number, at, (hint,))
