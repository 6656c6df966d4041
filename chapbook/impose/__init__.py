"""Impose: lay the pages of a finished PDF on sheets to print, and to fold or to cut.

The plan is arithmetic (`planning`); pikepdf then draws it. Nothing is scaled unless asked for.
"""

from collections.abc import Mapping
from io import BytesIO
from types import MappingProxyType

from pikepdf import Pdf

from chapbook.diagnostics import Location, Outcome
from chapbook.impose.drawing import bleed_of, draw_sheets
from chapbook.impose.planning import plan_booklet, too_thick
from chapbook.print_shop import Booklet, Trim

__all__ = ["impose", "plan_booklet"]


def impose(
    pdf: bytes,
    booklet: Booklet,
    trim: Trim,
    caliper: float,
    right_to_left: bool,
    cover: bytes = b"",
    locations: Mapping[str, Location] = MappingProxyType({}),
) -> Outcome[bytes]:
    """Give the file with a page for each side of each sheet; `caliper` is in millimetres.

    `pdf` has one page of the book on each of its pages, its TrimBox the size `trim`. Where the
    booklet has a cover, the panels of the spread `cover`, which has no flaps, are on the
    outermost leaf; that is left blank where there is none. Equal input gives equal bytes. Warns
    where staples do not hold so much paper; raises BookError where the sheet is too small.
    """
    with Pdf.open(BytesIO(pdf)) as source:
        plan = plan_booklet(
            len(source.pages), booklet, trim, caliper, right_to_left, bleed_of(source), locations
        )
        found = too_thick(plan, caliper, locations)
        if not cover:
            return Outcome(draw_sheets(source, plan, None), found)
        with Pdf.open(BytesIO(cover)) as spread:
            return Outcome(draw_sheets(source, plan, spread), found)
