"""Draw the sheets of a plan: each page of the source once, as a form that the sheets call.

The forms keep the resources of their pages, so that fonts and images stand once in the file
(ISO 32000-1, 8.10). What belongs to reading on a screen (links, tags, outline) stays behind.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Page, Pdf

from chapbook.imposition import Box, Place, Plan, Sheet, Tick
from chapbook.print_shop import Flip

POINTS = 72 / 25.4
KEPT = frozenset({"/Type", "/Pages", "/Lang", "/OutputIntents"})
HAIRLINE = b"0.25 w 0 G"
DASHED, SOLID = b"[3 2] 0 d", b"[] 0 d"


class Form(NamedTuple):
    """A page as a form, and the lower left corner of its trim in it, in points."""

    stream: Any
    corner: tuple[float, float]


def bleed_of(pdf: Pdf) -> float:
    """Measure in millimetres what bleed every page has on every side."""
    return max(0.0, min((min(_bleeds(page)) for page in pdf.pages), default=0.0)) / POINTS


def draw_sheets(pdf: Pdf, plan: Plan, cover: Pdf | None) -> bytes:
    """Write the file with one page for each side of a sheet; it consumes `pdf`."""
    forms = _forms(pdf, plan, cover)
    del pdf.pages[:]
    for sheet, is_front in plan.sides():
        _add_side(pdf, plan, sheet, is_front, forms)
    _tidy(pdf, plan)
    written = BytesIO()
    pdf.save(
        written,
        min_version="1.7",
        deterministic_id=True,
        object_stream_mode=ObjectStreamMode.generate,
    )
    return written.getvalue()


def _forms(pdf: Pdf, plan: Plan, cover: Pdf | None) -> Sequence[Form | None]:
    """Give the form of each page of the booklet, None for a blank one."""
    pages: list[Form | None] = [_form(page) for page in pdf.pages]
    pages += [None] * plan.blanks
    if not plan.booklet.cover:
        return pages
    front, back = (None, None) if cover is None else _panels(pdf, plan, cover)
    return [front, None, *pages, None, back]


def _form(page: Page) -> Form:
    left, bottom, right, top = _box(page.trimbox)
    bleeds = _bleeds(page)
    stream = page.as_form_xobject()
    stream.BBox = Array([left - bleeds[0], bottom - bleeds[1], right + bleeds[2], top + bleeds[3]])
    return Form(stream, (left, bottom))


def _panels(pdf: Pdf, plan: Plan, cover: Pdf) -> tuple[Form, Form]:
    """Cut front and back out of the spread of a cover without flaps."""
    spread = cover.pages[0]
    left, bottom, right, top = _box(spread.trimbox)
    width = plan.page.width / plan.scale * POINTS
    stream = pdf.copy_foreign(spread.as_form_xobject())
    bleeds = _bleeds(spread)
    stream.BBox = Array([left - bleeds[0], bottom - bleeds[1], right + bleeds[2], top + bleeds[3]])
    at_left, at_right = Form(stream, (left, bottom)), Form(stream, (right - width, bottom))
    return (at_left, at_right) if plan.right_to_left else (at_right, at_left)


def _add_side(
    pdf: Pdf, plan: Plan, sheet: Sheet, is_front: bool, forms: Sequence[Form | None]
) -> None:
    drawn: list[bytes] = []
    called = Dictionary()
    for place in sheet.front if is_front else sheet.back:
        form = forms[place.page - 1]
        if form is not None:
            name = f"/P{place.page}"
            called[name] = form.stream
            drawn.append(_call(name, form, place, plan))
    if is_front:
        drawn += _marks(plan.ticks, sheet.bar)
    page = pdf.add_blank_page(page_size=(plan.sheet.width * POINTS, plan.sheet.height * POINTS))
    page.obj.MediaBox = Array([0, 0, *(_round(n) for n in (plan.sheet.width, plan.sheet.height))])
    page.obj.Resources = Dictionary(XObject=called)
    page.obj.Contents = pdf.make_stream(b"\n".join(drawn))


def _call(name: str, form: Form, place: Place, plan: Plan) -> bytes:
    """Draw a form in its place and nowhere else (ISO 32000-1, 8.3.4)."""
    scale = -plan.scale if place.is_turned else plan.scale
    x, y = place.left, place.bottom
    if place.is_turned:
        x, y = x + plan.page.width, y + plan.page.height
    left, bottom, right, top = place.area
    clip = _numbers(left, bottom, right - left, top - bottom)
    move = (x * POINTS - scale * form.corner[0], y * POINTS - scale * form.corner[1])
    matrix = b"%.6g 0 0 %.6g %.4f %.4f" % (scale, scale, *move)
    return b"q %b re W n %b cm %b Do Q" % (clip, matrix, name.encode("ascii"))


def _marks(ticks: Sequence[Tick], bar: Box | None) -> Iterator[bytes]:
    if ticks:
        yield b"q " + HAIRLINE
        for tick in ticks:
            pattern = DASHED if tick.is_fold else SOLID
            start, end = _numbers(*tick.start), _numbers(*tick.end)
            yield b"%b %b m %b l S" % (pattern, start, end)
        yield b"Q"
    if bar is not None:
        left, bottom, right, top = bar
        yield b"q 0 g %b re f Q" % _numbers(left, bottom, right - left, top - bottom)


def _tidy(pdf: Pdf, plan: Plan) -> None:
    """Leave what sheets have use for, and ask the printer for both sides and true size.

    https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/PDF32000_2008.pdf, 12.2
    """
    root: Any = pdf.Root
    for key in set(root.keys()) - KEPT:
        del root[key]
    edge = "Short" if plan.booklet.flip is Flip.SHORT else "Long"
    root.ViewerPreferences = Dictionary(
        DisplayDocTitle=True,
        Duplex=Name(f"/DuplexFlip{edge}Edge"),
        PickTrayByPDFSize=True,
        PrintScaling=Name("/None"),
    )


def _bleeds(page: Page) -> tuple[float, float, float, float]:
    """Give the bleed at the left, the foot, the right and the head, in points."""
    trim, bleed = _box(page.trimbox), _box(page.bleedbox)
    return trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3]


def _box(box: Any) -> Box:
    left, bottom, right, top = (float(side) for side in box)
    return left, bottom, right, top


def _round(length: float) -> float:
    return round(length * POINTS, 4)


def _numbers(*lengths: float) -> bytes:
    return b" ".join(b"%.4f" % (length * POINTS) for length in lengths)
