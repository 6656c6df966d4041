"""More pages than the binding holds, or too few for it."""

from collections.abc import Iterator

from chapbook.diagnostics import Code
from chapbook.paper import caliper
from chapbook.preflight.findings import Finding
from chapbook.preflight.proof import Proof
from chapbook.print_shop import Binding
from chapbook.settings import Edition

# Wire stitches hold about 4 mm of folded paper: 80 pages of 0.1 mm.
THICKEST_SADDLE = 4.0
# A block that is glued needs a spine that takes the glue.
FEWEST_GLUED = 40
_KEY = "booklet.binding"


def check_binding(proof: Proof) -> Iterator[Finding]:
    """Find a page count that the binding, where the book names one, does not hold."""
    booklet = proof.book.settings.booklet
    is_asked = _KEY in proof.job.locations or Edition.BOOKLET in proof.book.settings.editions
    if not is_asked or proof.job.edition is Edition.COVER:
        return
    pages = len(proof.sides)
    if booklet.binding is Binding.SADDLE:
        yield from _saddle(proof, min(pages, booklet.signature or pages))
    elif booklet.binding is Binding.PERFECT and pages < FEWEST_GLUED:
        what = f"{pages} pages are too thin to be glued: {FEWEST_GLUED} or more hold"
        hint = 'staple it instead: binding = "saddle"'
        yield Finding(Code.BEYOND_BINDING, what, 0, proof.setting(_KEY), (hint,))


def _saddle(proof: Proof, pages: int) -> Iterator[Finding]:
    sheet = caliper(proof.job.settings.paper)
    thickness = pages / 2 * sheet
    if thickness <= THICKEST_SADDLE:
        return
    most = int(THICKEST_SADDLE / sheet * 2) // 4 * 4
    what = (
        f"{pages} pages of this paper are {thickness:.1f} mm thick when folded, "
        f"and staples hold {THICKEST_SADDLE:g} mm"
    )
    hint = f'up to {most} pages can be stapled: take thinner paper, or binding = "perfect"'
    yield Finding(Code.BEYOND_BINDING, what, 0, proof.setting(_KEY), (hint,))
