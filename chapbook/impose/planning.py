"""Plan a booklet: the order of its pages, their places, and what creep does to them."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from chapbook.diagnostics import BookError, Code, Diagnostic, Location, error, warning
from chapbook.impose.layout import Layout, largest_scale, lay_out, sheet_for, ticks
from chapbook.impose.order import Sides, folded, padded, stacked
from chapbook.imposition import Box, Place, Plan, Sheet
from chapbook.print_shop import Binding, Booklet, Trim

USUAL_SIGNATURE = 16
COVER_PAGES = 4
# The bar on the fold of a gathering: how wide and long, and how far below the head it begins.
BAR_WIDTH, BAR_LENGTH, BAR_START = 2.0, 6.0, 15.0

# Wire stitches hold about so much folded paper.
STAPLED = 4.0

Locations = Mapping[str, Location]


def plan_booklet(
    pages: int,
    booklet: Booklet,
    trim: Trim,
    caliper: float,
    right_to_left: bool,
    bleed: float = 0.0,
    locations: Locations = MappingProxyType({}),
) -> Plan:
    """Plan the sheets for `pages` pages of the size `trim` that have `bleed` around them.

    `caliper` is the thickness of a sheet; lengths are millimetres. The sheet at depth d in its
    gathering, 0 outermost, is pushed out by the d sheets around its fold, and so d * caliper
    further at the fore edge; its pages move as far towards the spine, and after trimming all
    margins are equal. Raises BookError where the sheet is too small.
    """
    layout = lay_out(booklet, trim, bleed)
    if layout is None:
        raise BookError([_too_small(booklet, trim, locations)])
    wanted = pages + (COVER_PAGES if booklet.cover else 0)
    whole = padded(wanted, 2 * layout.columns * layout.rows)
    placing = _Placing(layout, booklet, caliper if booklet.creep else 0.0)
    return Plan(
        booklet=booklet,
        sheet=layout.sheet,
        page=Trim(trim.name, layout.width, layout.height),
        scale=layout.scale,
        columns=layout.columns,
        rows=layout.rows,
        pages=whole,
        blanks=whole - wanted,
        right_to_left=right_to_left,
        sheets=placing.sheets(_order(whole, layout, booklet, right_to_left)),
        ticks=ticks(layout) if booklet.marks else (),
    )


def too_thick(plan: Plan, caliper: float, locations: Locations) -> tuple[Diagnostic, ...]:
    """Warn where one gathering is to be stapled that no staple holds."""
    sheets = len(plan.sheets)
    thickness = 2 * sheets * caliper
    if plan.booklet.binding is not Binding.SADDLE or plan.gatherings > 1 or thickness <= STAPLED:
        return ()
    at = locations.get("booklet.binding") or locations.get("booklet") or Location("book.toml")
    message = (
        f"{sheets} sheets of this paper are {thickness:.1f} mm thick when folded into each other, "
        f"and staples hold {STAPLED:g} mm"
    )
    hint = 'write "signature = 16" below [booklet] and sew the gatherings, or take thinner paper'
    return (warning(Code.BEYOND_BINDING, message, at, hint),)


def _order(pages: int, layout: Layout, booklet: Booklet, right_to_left: bool) -> Iterable[Sides]:
    if not layout.is_folded:
        return stacked(pages, layout.columns, layout.rows, right_to_left)
    one = pages if booklet.binding is Binding.SADDLE else USUAL_SIGNATURE
    return folded(pages, booklet.signature or one, right_to_left)


class _Placing:
    """Puts the pages of each side in their places."""

    def __init__(self, layout: Layout, booklet: Booklet, caliper: float) -> None:
        self.layout, self.caliper = layout, caliper
        self.is_turned = layout.turns_over_head(booklet.flip)
        # On a booklet with its cover the bar would be seen.
        is_hidden = booklet.binding is Binding.PERFECT and not booklet.cover
        self.has_bars = booklet.marks and is_hidden

    def sheets(self, order: Iterable[Sides]) -> tuple[Sheet, ...]:
        sides = list(order)
        has_bars = self.has_bars and sides[-1].gathering > 0
        return tuple(
            Sheet(
                one.gathering,
                one.depth,
                tuple(self._places(one.front, one.depth)),
                tuple(self._over(place) for place in self._places(one.back, one.depth)),
                self._bar(one.gathering) if has_bars and one.depth == 0 else None,
            )
            for one in sides
        )

    def _places(self, pages: tuple[int, ...], depth: int) -> Iterable[Place]:
        layout = self.layout
        push = depth * self.caliper if layout.is_folded else 0.0
        for index, page in enumerate(pages):
            row, column = divmod(index, layout.columns)
            shift = push if column == 0 else -push
            left, bottom = layout.corner(column, row)
            yield Place(page, left + shift, bottom, layout.area(column, row), shift)

    def _over(self, place: Place) -> Place:
        """Turn a place with its sheet where the printer turns that over its head."""
        if not self.is_turned:
            return place
        width, height = self.layout.sheet.width, self.layout.sheet.height
        left, bottom, right, top = place.area
        return Place(
            place.page,
            width - place.left - self.layout.width,
            height - place.bottom - self.layout.height,
            (width - right, height - top, width - left, height - bottom),
            -place.shift,
            is_turned=True,
        )

    def _bar(self, gathering: int) -> Box:
        """Step down by its length with each gathering: a missing one leaves a hole."""
        steps = max(int((self.layout.height - 2 * BAR_START) // BAR_LENGTH), 1)
        fold = self.layout.sheet.width / 2
        head = self.layout.margins[1] + self.layout.height
        top = head - BAR_START - gathering % steps * BAR_LENGTH
        return fold - BAR_WIDTH / 2, top - BAR_LENGTH, fold + BAR_WIDTH / 2, top


def _too_small(booklet: Booklet, trim: Trim, locations: Locations) -> Diagnostic:
    sheet = sheet_for(booklet, trim)
    at = locations.get("booklet.sheet") or locations.get("booklet")
    number = "four" if booklet.binding is Binding.CUT_4 else "two"
    message = (
        f"a sheet of {sheet.width:g} \u00d7 {sheet.height:g} mm is too small for {number} pages of "
        f"{trim.width:g} \u00d7 {trim.height:g} mm on one side"
    )
    per_cent = int(largest_scale(booklet, trim) * 100)
    scaled = f'"fit = true" makes the pages smaller, to {per_cent} per cent'
    return error(Code.SHEET_TOO_SMALL, message, at, "take a larger sheet", scaled)
