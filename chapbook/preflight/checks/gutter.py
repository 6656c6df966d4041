"""Text so near to the spine that the binding swallows it."""

from collections.abc import Iterator

from chapbook.diagnostics import Code
from chapbook.preflight.findings import Finding
from chapbook.preflight.proof import Proof, millimetres
from chapbook.preflight.sides import MILLIMETRE, Side
from chapbook.print_shop import Binding

# The inside margins that print-on-demand asks for, in millimetres, by the most pages
# (https://kdp.amazon.com/en_US/help/topic/GVBQ3CMEQW3W2VL6).
INSIDE = ((150, 9.6), (300, 12.7), (500, 15.9), (700, 19.1))
WIDEST = 22.3
FEWEST = 24
_SLACK = 0.3 * MILLIMETRE


def check_gutter(proof: Proof) -> Iterator[Finding]:
    """Find pages whose text stands nearer to the spine than a book so thick can show."""
    booklet = proof.book.settings.booklet
    if "booklet.binding" in proof.job.locations and booklet.binding is Binding.SADDLE:
        return  # stapled sheets open flat
    pages = len(proof.sides)
    if pages < FEWEST:
        return
    wanted = next((inside for most, inside in INSIDE if pages <= most), WIDEST) * MILLIMETRE
    near = [(space, side) for side in proof.sides if (space := _inside(proof, side)) is not None]
    narrow = [(space, side) for space, side in near if space < wanted - _SLACK]
    if not narrow:
        return
    least = min(space for space, _ in narrow)
    what = (
        f"text stands {millimetres(least)} from the spine, and a book of {pages} pages "
        f"needs {millimetres(wanted)}"
    )
    hint = "widen the inside margin: @page :right { margin-left } and @page :left { margin-right }"
    for _, side in narrow:
        yield Finding(Code.NARROW_GUTTER, what, side.number, proof.setting("page.trim"), (hint,))


def _inside(proof: Proof, side: Side) -> float | None:
    """Give the way from the spine to the nearest text."""
    boxes = [run.box for run in side.runs if run.is_seen and run.text.strip()]
    if not boxes:
        return None
    if proof.spine_side(side) == 0:
        return min(box[0] for box in boxes) - side.trim[0]
    return side.trim[2] - max(box[2] for box in boxes)
