"""Images that the edge of the page cuts, or that end between the trim and the bleed."""

from collections.abc import Iterator

from chapbook.diagnostics import Code
from chapbook.laid import Rectangle
from chapbook.preflight.findings import Finding
from chapbook.preflight.proof import Proof, millimetres, name_of
from chapbook.preflight.sides import MILLIMETRE, Picture, Side

_SLACK = 0.5 * MILLIMETRE
_EDGES = ("left", "lower", "right", "upper")


def check_cropping(proof: Proof) -> Iterator[Finding]:
    """Find images that pass the trim other than by bleeding off in full."""
    for side in proof.sides:
        for picture in side.pictures:
            if not picture.is_furniture:
                yield from _crossed(proof, side, picture)


def _crossed(proof: Proof, side: Side, picture: Picture) -> Iterator[Finding]:
    over = _beyond(picture.box, side.trim)
    bleeds = _beyond(side.bleed, side.trim)
    if sum(edge > _SLACK for edge in over) > 2:
        return  # it covers the page
    for name, edge, bleed in zip(_EDGES, over, bleeds, strict=True):
        if edge <= _SLACK or abs(edge - bleed) <= _SLACK:
            continue
        at, file = proof.of_thing(side, picture), name_of(proof, side, picture)
        if edge < bleed:
            what = (
                f"{file} ends {millimetres(edge)} beyond the {name} trim, short of the bleed "
                f"of {millimetres(bleed)}: a white edge may show"
            )
            hint = "let it reach to the end of the bleed, or keep it inside the trim"
        else:
            what = f"{file} is cut off: {millimetres(edge)} lie beyond the {name} trim"
            hint = "make it smaller: max-width: 100% keeps it inside the text"
        yield Finding(Code.IMAGE_CROPPED, what, side.number, at, (hint,), weight=edge)


def _beyond(box: Rectangle, trim: Rectangle) -> Rectangle:
    """Give how far a box passes each edge."""
    return trim[0] - box[0], trim[1] - box[1], box[2] - trim[2], box[3] - trim[3]
