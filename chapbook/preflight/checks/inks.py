"""Colours that the press has no ink for."""

from collections.abc import Iterator

from chapbook.diagnostics import Code, Severity
from chapbook.preflight.findings import Finding, worst
from chapbook.preflight.proof import Proof
from chapbook.preflight.sides import Ink, Side, Space
from chapbook.print_shop import Colour, Standard

_NO_PRESS = {Space.RGB, Space.LAB}
_WHAT = {"colour": "a colour", "image": "an image", "shading": "a gradient"}
_WEIGHT = {"colour": 0, "shading": 1, "image": 2}
_HINT = 'a printer sends such a file back: take it out, or ask for colour = "rgb"'
_REGISTRATION = {"All", "None", "Black"}


def check_inks(proof: Proof) -> list[Finding]:
    """Find what is not in the inks that were asked for, anywhere in the file."""
    settings = proof.job.settings
    if settings.colour is Colour.RGB and settings.standard is not Standard.X1A:
        return []
    return worst(_wrong(proof))


def _wrong(proof: Proof) -> Iterator[Finding]:
    settings = proof.job.settings
    is_gray = settings.colour is Colour.GRAY
    spots = _REGISTRATION | {spot.name for spot in settings.spots}
    for side in proof.sides:
        for ink in side.painted.inks:
            if _is_wrong(ink, is_gray, spots):
                yield _finding(proof, side, ink, "one ink" if is_gray else "four inks")


def _is_wrong(ink: Ink, is_gray: bool, spots: set[str]) -> bool:
    if ink.space in _NO_PRESS:
        return True
    if ink.space is Space.SPOT:
        return not spots.issuperset(ink.name.split(", ")) and not _is_process(ink, is_gray)
    if ink.space is Space.CMYK and is_gray:
        return ink.what == "image" or any(ink.values[:3])
    return False


def _is_process(ink: Ink, is_gray: bool) -> bool:
    """Tell whether named inks are those of the press itself."""
    return not is_gray and {"Cyan", "Magenta", "Yellow", "Black"}.issuperset(ink.name.split(", "))


def _finding(proof: Proof, side: Side, ink: Ink, press: str) -> Finding:
    space = f"the ink {ink.name}" if ink.space is Space.SPOT else ink.space.value
    what = f"{_WHAT[ink.what]} in {space} is left in a file for {press}"
    at = proof.of_mark(side, ink.mark)
    return Finding(
        Code.WRONG_INK, what, side.number, at, (_HINT,), Severity.ERROR, _WEIGHT[ink.what]
    )
