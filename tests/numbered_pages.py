"""A PDF whose pages bear their number and nothing else, to be found again on sheets."""

from io import BytesIO

from pikepdf import Array, Dictionary, Name, Pdf

from chapbook.print_shop import Trim

MILLIMETRE = 72 / 25.4
# Where the number stands, from the left edge and the head of the trimmed page.
INDENT, DROP = 20.0, 30.0


def numbered_pages(pages: int, trim: Trim, bleed: float = 0.0, tint: bool = False) -> bytes:
    """Make it: the sizes in millimetres; a `tint` fills each page and its bleed."""
    pdf = Pdf.new()
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )
    width, height = (size * MILLIMETRE for size in (trim.width, trim.height))
    edge = bleed * MILLIMETRE
    for number in range(1, pages + 1):
        page = pdf.add_blank_page(page_size=(width + 2 * edge, height + 2 * edge))
        page.obj.BleedBox = page.obj.MediaBox
        page.obj.TrimBox = Array([edge, edge, edge + width, edge + height])
        page.obj.Resources = Dictionary(Font=Dictionary(F=font))
        x, y = edge + INDENT * MILLIMETRE, edge + height - DROP * MILLIMETRE
        ground = b"0.8 0.9 1 rg 0 0 2000 2000 re f 0 g " if tint else b""
        page.obj.Contents = pdf.make_stream(
            ground + b"BT /F 18 Tf %.4f %.4f Td (%d) Tj ET" % (x, y, number)
        )
    pdf.Root.PageMode = Name.UseOutlines
    pdf.docinfo["/Title"] = "Numbers"
    written = BytesIO()
    pdf.save(written, static_id=True)
    return written.getvalue()
