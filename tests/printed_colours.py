"""Small files of one page in all the ways a PDF can say a colour, and how they come out."""

import io

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name
from PIL import Image

from chapbook.prepress.colour import convert_colours
from chapbook.print_job import PrintJob
from chapbook.print_shop import TRIMS, Colour, Print, Spot
from chapbook.publication import Metadata
from tests.colour_census import colours_used

SIDE = 100
INK_SPACES = {"DeviceGray", "DeviceCMYK", "Indexed"}


def job(colour: Colour, spots: tuple[Spot, ...] = (), **settings: object) -> PrintJob:
    chosen = Print(colour=colour, spots=spots, **settings)  # type: ignore[arg-type]
    return PrintJob(chosen, Metadata(title="", language="en", identifier=""), TRIMS["a5"])


def page(content: bytes, **resources: object) -> pikepdf.Pdf:
    """A page of 100 by 100 points; resources by their kind, `ColorSpace={"/a": …}`."""
    file = pikepdf.new()
    made = file.add_blank_page(page_size=(SIDE, SIDE))
    made.Resources = Dictionary()
    for kind, entries in resources.items():
        made.Resources["/" + kind] = Dictionary(entries)  # type: ignore[arg-type]
    made.Contents = file.make_stream(content)
    return file


def reopened(file: pikepdf.Pdf) -> pikepdf.Pdf:
    target = io.BytesIO()
    file.save(target, deterministic_id=True)
    return pikepdf.open(target)


def converted(file: pikepdf.Pdf, work: PrintJob) -> pikepdf.Pdf:
    """The file as converted, written and read again. Nothing may be found wrong."""
    found = convert_colours(file, work)
    assert not found, found
    return reopened(file)


def content(file: pikepdf.Pdf) -> bytes:
    return file.pages[0].Contents.read_bytes().strip()


def spaces(file: pikepdf.Pdf) -> set[str]:
    return {use.space for use in colours_used(file)}


def picture(
    file: pikepdf.Pdf, image: Image.Image, space: pikepdf.Object, **more: pikepdf.Object
) -> pikepdf.Stream:
    """A picture of eight bits, with more keys as said."""
    stream = file.make_stream(image.tobytes())
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height = image.size
    stream.ColorSpace, stream.BitsPerComponent = space, 8
    for key, value in more.items():
        stream["/" + key] = value
    return stream


def seen(file: pikepdf.Pdf) -> Image.Image:
    """The page as another library shows it, a dot for each point."""
    target = io.BytesIO()
    file.save(target, deterministic_id=True)
    with pypdfium2.PdfDocument(target.getvalue()) as shown:
        drawn: Image.Image = shown[0].render(scale=1).to_pil()
        return drawn.convert("RGB")


def dot(file: pikepdf.Pdf, x: int, y: int) -> tuple[int, int, int]:
    """The colour of the page at a place, counted from the top left."""
    red, green, blue = seen(file).crop((x, y, x + 1, y + 1)).tobytes()
    return red, green, blue


def numbers(*values: float) -> Array:
    return Array(list(values))
