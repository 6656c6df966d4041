"""The checks of preflight, in the order in which they are made; each stands in a file."""

from collections.abc import Callable, Iterable

from chapbook.preflight.checks.binding import check_binding
from chapbook.preflight.checks.blanks import check_blanks
from chapbook.preflight.checks.cropping import check_cropping
from chapbook.preflight.checks.fonts import check_fonts
from chapbook.preflight.checks.glyphs import check_glyphs
from chapbook.preflight.checks.gutter import check_gutter
from chapbook.preflight.checks.hairlines import check_hairlines
from chapbook.preflight.checks.ink_limit import check_ink_limit
from chapbook.preflight.checks.inks import check_inks
from chapbook.preflight.checks.lone_headings import check_lone_headings
from chapbook.preflight.checks.lone_lines import check_lone_lines
from chapbook.preflight.checks.loose_lines import check_loose_lines
from chapbook.preflight.checks.overfull_lines import check_overfull_lines
from chapbook.preflight.checks.resolution import check_resolution
from chapbook.preflight.checks.rivers import check_rivers
from chapbook.preflight.checks.safety import check_safety
from chapbook.preflight.checks.small_type import check_small_type
from chapbook.preflight.checks.transparency import check_transparency
from chapbook.preflight.findings import Finding
from chapbook.preflight.proof import Proof

Check = Callable[[Proof], Iterable[Finding]]

# What a printer sends back, and what prints badly, whether a page or the sheet of a cover.
SHEET_CHECKS: tuple[Check, ...] = (
    check_fonts,
    check_glyphs,
    check_inks,
    check_transparency,
    check_ink_limit,
    check_resolution,
    check_hairlines,
    check_small_type,
    check_safety,
)
CHECKS: tuple[Check, ...] = (
    *SHEET_CHECKS,
    check_cropping,
    # what binds badly
    check_binding,
    check_gutter,
    check_blanks,
    # what reads badly
    check_lone_lines,
    check_lone_headings,
    check_loose_lines,
    check_overfull_lines,
    check_rivers,
)
