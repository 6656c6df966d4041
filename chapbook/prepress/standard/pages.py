"""Rules about pages: their boundaries, and what lies on them that is not printed."""

from collections.abc import Iterator

from pikepdf import Array, Name, Object

from chapbook.prepress.standard.rules import Claim, both

Box = tuple[float, ...]
NEAR = 0.001  # points: numbers are written to so many places
OF_THE_PRESS = (Name.PrinterMark, Name.TrapNet)


def _box(page: Object, name: str) -> Box | None:
    sides = page.get(name, None)
    if not isinstance(sides, Array) or len(sides) != 4:
        return None
    left, bottom, right, top = (float(side) for side in sides)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _is_in(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0] - NEAR
        and inner[1] >= outer[1] - NEAR
        and inner[2] <= outer[2] + NEAR
        and inner[3] <= outer[3] + NEAR
    )


def _trim(claim: Claim) -> Iterator[str]:
    for number, page in enumerate(claim.file.pages, 1):
        if ("/TrimBox" in page) == ("/ArtBox" in page):
            yield f"page {number} must have a trim box or else an art box"


def _nested(claim: Claim) -> Iterator[str]:
    for number, page in enumerate(claim.file.pages, 1):
        media = tuple(float(side) for side in page.mediabox.as_list())
        boxes = [_box(page.obj, "/TrimBox") or _box(page.obj, "/ArtBox")]
        boxes += [_box(page.obj, "/BleedBox"), _box(page.obj, "/CropBox"), media]
        known = [box for box in boxes if box is not None]
        trim, *outer = known
        if not all(_is_in(trim, box) for box in outer) or not all(_is_in(b, media) for b in known):
            yield f"the boxes of page {number} do not lie in each other"


def _annotations(claim: Claim) -> Iterator[str]:
    for number, page in enumerate(claim.file.pages, 1):
        bleed = _box(page.obj, "/BleedBox") or _box(page.obj, "/TrimBox")
        for one in page.get("/Annots", Array()):
            area = _box(one, "/Rect")
            is_outside = area and bleed and not _touch(area, bleed)
            if one.get("/Subtype") not in OF_THE_PRESS and not is_outside:
                yield f"page {number} has a {str(one.get('/Subtype'))[1:]} that is not printed"


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


RULES = (
    both("trim-box", "6 (ISO 32000-1, 14.11.2)", "6", _trim),
    both("nested-boxes", "6 (ISO 32000-1, 14.11.2)", "6", _nested),
    both("annotations", "6.17", "6", _annotations),
)
