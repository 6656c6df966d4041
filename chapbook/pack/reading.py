"""Read what a printer would of a file: boxes, fonts, standard, condition. Knows pikepdf.

What the specification says is taken from the file that is sent, not from what was asked for.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, Name, Object

MILLIMETRE = 72 / 25.4
FILES = ("/FontFile", "/FontFile2", "/FontFile3")
SUBSET = re.compile(r"^[A-Z]{6}\+")
CLAIM = re.compile(rb"GTS_PDFXVersion(?:>|=\")([^<\"]+)")
PROGRAMLESS = (Name.Type0, Name.Type3)  # what these draw with stands elsewhere

Size = tuple[float, float]  # width and height in millimetres


@dataclass(frozen=True, slots=True)
class PrintFile:
    """The facts of a file for the printer, lengths in millimetres.

    `sheet` is the whole page with its marks, `bleed` the least that any page has on any side.
    `standard` is what the file claims to be (`PDF/X-4`), `condition` the identifier of its
    printing condition and `condition_name` its name; each '' where there is none. `fonts` are
    named without the tag of their subset, their words apart.
    """

    pages: int
    trim: Size
    bleed: float
    sheet: Size
    version: str
    standard: str = ""
    condition: str = ""
    condition_name: str = ""
    fonts: tuple[str, ...] = ()
    missing_fonts: tuple[str, ...] = ()


def read_print_file(pdf: bytes) -> PrintFile:
    """Read a file that was prepared for the printer; raises pikepdf's error where it can not be."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        first = file.pages[0]
        intent = _intent(file)
        fonts = dict(sorted(_fonts(file)))
        return PrintFile(
            pages=len(file.pages),
            trim=_size(first.trimbox),
            bleed=round(min(_bleeds(page) for page in file.pages), 2),
            sheet=_size(first.mediabox),
            version=file.pdf_version,
            standard=_standard(file),
            condition=str(intent.get("/OutputConditionIdentifier", "")),
            condition_name=str(intent.get("/OutputCondition", "")),
            fonts=tuple(fonts),
            missing_fonts=tuple(name for name, is_embedded in fonts.items() if not is_embedded),
        )


def _numbers(box: Object) -> tuple[float, ...]:
    return tuple(float(side) for side in box)


def _size(box: Object) -> Size:
    left, bottom, right, top = _numbers(box)
    return round((right - left) / MILLIMETRE, 2), round((top - bottom) / MILLIMETRE, 2)


def _bleeds(page: pikepdf.Page) -> float:
    trim, bleed = _numbers(page.trimbox), _numbers(page.bleedbox)
    outward = zip(trim, bleed, (1, 1, -1, -1), strict=True)
    return max(min((inner - outer) * sign for inner, outer, sign in outward), 0.0) / MILLIMETRE


def _intent(file: pikepdf.Pdf) -> Object:
    intents = [one for one in file.Root.get("/OutputIntents", []) if one.S == Name.GTS_PDFX]
    return intents[0] if intents else Dictionary()


def _standard(file: pikepdf.Pdf) -> str:
    if said := str(file.docinfo.get("/GTS_PDFXVersion", "")):
        return said
    packet = file.Root.get("/Metadata")
    found = CLAIM.search(packet.read_bytes()) if packet is not None else None
    return found[1].decode("utf-8", "replace") if found else ""


def _fonts(file: pikepdf.Pdf) -> Iterator[tuple[str, bool]]:
    """Give the name of each font that is drawn with, and whether it is in the file."""
    for thing in file.objects:
        is_font = isinstance(thing, Dictionary) and thing.get("/Type") == Name.Font
        if not is_font or thing.get("/Subtype") in PROGRAMLESS:
            continue
        tagged = str(thing.get("/BaseFont", "/")).lstrip("/")
        name = SUBSET.sub("", tagged).strip(",").replace("-", " ")
        described = thing.get("/FontDescriptor", Dictionary())
        yield name, any(key in described for key in FILES)
