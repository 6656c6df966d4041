"""What `book.toml` says of print, paper, inks, booklet and cover: read, and checked."""

from dataclasses import fields
from pathlib import Path

import pytest

from chapbook.configure import read_settings
from chapbook.configure.lengths import RANGES
from chapbook.diagnostics import Code, Diagnostic, Location, Severity
from chapbook.print_shop import (
    SHEETS,
    Binding,
    Booklet,
    Colour,
    Cover,
    Flip,
    Panel,
    Paper,
    Price,
    Print,
    PrintMark,
    Spot,
    Standard,
    Trim,
)
from chapbook.settings import BookSettings, Edition

TITLE = 'title = "A Book"\n'


def read(folder: Path, text: str) -> tuple[BookSettings, tuple[Diagnostic, ...]]:
    (folder / "book.toml").write_text(TITLE + text, "utf-8")
    outcome = read_settings(folder)
    return outcome.value, outcome.diagnostics


def test_everything_of_the_print_shop(tmp_path: Path) -> None:
    profile = (200).to_bytes(4, "big").ljust(36, b"\0") + b"acsp" + bytes(160)
    (tmp_path / "press.icc").write_bytes(profile)
    settings, found = read(
        tmp_path,
        """
editions = ["print", "booklet", "cover"]

[print]
bleed = "0.125in"
marks = ["crop"]
colour = "cmyk"
standard = "X-4"
profile = "press.icc"
condition = "FOGRA39"
ink-limit = 300
rich-black = true
multiple = 16
padding = "notes"
safety = 6
image-ppi = 240

[print.paper]
grams = 80
bulk = 1.5
caliper = "0.12mm"

[[print.spots]]
name = "PANTONE 2745 C"
colour = "#27E"
cmyk = [100, 95.5, 0, 15]

[booklet]
sheet = "SRA3"
binding = "perfect"
signature = 32
flip = "long"
cover = true
creep = false
marks = false
fit = true

[cover]
front = "type"
blurb = "Words."
spine = "up"
barcode = false
flaps = "8cm"

[cover.price]
text = "$12.99"
add-on = "5 1299"
jan = "1920095012001"
""",
    )
    assert found == ()
    assert settings.editions == (Edition.PRINT, Edition.BOOKLET, Edition.COVER)
    assert settings.print == Print(
        bleed=3.175,
        marks=(PrintMark.CROP,),
        colour=Colour.CMYK,
        standard=Standard.X4,
        profile="press.icc",
        condition="FOGRA39",
        ink_limit=300,
        rich_black=True,
        multiple=16,
        padding=settings.print.padding,
        safety=6,
        image_ppi=240,
        paper=Paper(grams=80, bulk=1.5, caliper=0.12),
        spots=(Spot("PANTONE 2745 C", "#2277ee", (100, 95.5, 0, 15)),),
    )
    assert settings.booklet == Booklet(
        SHEETS["sra3"], Binding.PERFECT, 32, Flip.LONG, True, False, False, True
    )
    assert (settings.cover.front, settings.cover.flaps) == (Panel.TYPE, 80)
    assert settings.cover.price == Price("$12.99", "51299", "1920095012001")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[print]\nbleed = -1", "print.bleed: -1 mm is not between 0 mm and 25 mm"),
        ('[print]\nbleed = "2in"', "print.bleed: 2in is not between 0 mm and 25 mm"),
        ('[print]\nbleed = "3"', 'print.bleed: "3" is not a length'),
        ("[print]\nbleed = true", 'print.bleed: expected a length such as "3mm", found true'),
        ("[print]\nbleed = nan", 'print.bleed: expected a length such as "3mm", found nan'),
        ("[print]\nink-limit = 30", "print.ink-limit: 30 per cent is not between 100 per cent"),
        ('[print]\nimage-ppi = "300"', 'print.image-ppi: expected a number, found "300"'),
        ('[print]\nmarks = ["crop", "crop"]', 'print.marks: "crop" stands twice'),
        ('[print]\ncolour = "CYMK"', 'print.colour: "CYMK" is none of gray, cmyk, rgb'),
        ("[print]\nmultiple = 3", "print.multiple: 3 is not 1, nor an even number"),
        ('[print]\nprofile = "no.icc"', 'there is no file "no.icc"'),
        ('[print]\nprofile = "../no.icc"', '"../no.icc" is outside the book'),
        ('[print]\nprofile = "book.toml"', '"book.toml" is no ICC profile'),
        ("[print.paper]\ncaliper = 5", "print.paper.caliper: 5 mm is not between"),
        ('[print.paper]\nstock = "cardboard"', "“cardboard” is not a usual paper"),
        ('[[print.spots]]\nname = "Red"', 'the key "colour" is missing in [print.spots]'),
        ('[[print.spots]]\nname = "Black"\ncolour = "#000"', "print.spots.name: "),
        ('[[print.spots]]\nname = "Red"\ncolour = "red"', 'print.spots.colour: "red" is not a'),
        (
            '[[print.spots]]\nname = "Red"\ncolour = "#f00"\ncmyk = [0, 100]',
            "print.spots.cmyk: 2 numbers are not four",
        ),
        (
            '[[print.spots]]\nname = "Red"\ncolour = "#f00"\ncmyk = [0, 100, 100, 101]',
            "print.spots.cmyk: 101 per cent is not between",
        ),
        (
            '[[print.spots]]\nname = "Red"\ncolour = "#f00"\n'
            '[[print.spots]]\nname = "Red"\ncolour = "#e00"',
            'two inks have the name "Red"',
        ),
        ('[booklet]\nsheet = "A45"', 'booklet.sheet: "A45" is not the name of a sheet'),
        ("[booklet]\nsignature = 6", "booklet.signature: 6 is not a multiple of 4"),
        ("[booklet.sheet]\nwidth = 20\nheight = 300", "booklet.sheet.width: 20 mm is not between"),
        ('[booklet]\nbinding = "glue"', 'booklet.binding: "glue" is none of saddle, perfect'),
        ("[cover]\nflaps = 10", "cover.flaps: 10 mm is not between 30 mm and 250 mm"),
        ('[cover]\nspine = "left"', 'cover.spine: "left" is none of auto, down, up, none'),
        ('[cover.price]\nadd-on = "129"', 'cover.price.add-on: "129" is not 2 or 5 digits'),
        ('[cover.price]\njan = "978"', 'cover.price.jan: "978" is not the second row'),
    ],
)
def test_each_fault_is_said_at_its_place(tmp_path: Path, text: str, message: str) -> None:
    _, found = read(tmp_path, text)
    (fault,) = found
    assert message in fault.message
    assert fault.is_error
    assert fault.at is not None
    assert fault.at.path == "book.toml"
    assert fault.at.line > 1


NUMBERS = sorted(
    f"{table}.{one.name.replace('_', '-')}"
    for table, kind in (("print", Print), ("print.paper", Paper), ("cover", Cover))
    for one in fields(kind)
    if one.type is float
)


@pytest.mark.parametrize("key", NUMBERS)
def test_every_number_can_be_given(tmp_path: Path, key: str) -> None:
    allowed = RANGES[key]
    table, _, name = key.rpartition(".")
    value: object
    value, found = read(tmp_path, f"[{table}]\n{name} = {allowed.most}\n")
    assert found == ()
    for step in (*table.split("."), name.replace("-", "_")):
        value = getattr(value, step)
    assert value == allowed.most


def test_gatherings_that_are_cut_apart_are_told_of(tmp_path: Path) -> None:
    _, found = read(tmp_path, '[booklet]\nbinding = "cut-2"\nsignature = 16')
    (fault,) = found
    assert (fault.severity, fault.code) == (Severity.WARNING, Code.CONFIG_BAD_VALUE)
    assert fault.at == Location("book.toml", 4, 1)


@pytest.mark.parametrize(
    ("written", "sheet"),
    [
        ('"letter"', SHEETS["letter"]),
        ('"US Letter"', SHEETS["letter"]),
        ('"11x17"', SHEETS["tabloid"]),
        ('"a3"', SHEETS["a3"]),
        ('{ width = "12in", height = 457.2 }', Trim("304.8 \u00d7 457.2 mm", 304.8, 457.2)),
    ],
)
def test_a_sheet_has_many_spellings(tmp_path: Path, written: str, sheet: Trim) -> None:
    settings, found = read(tmp_path, f"[booklet]\nsheet = {written}")
    assert found == ()
    assert settings.booklet.sheet == sheet


def test_a_book_that_names_no_editions_makes_three(tmp_path: Path) -> None:
    settings, _ = read(tmp_path, "")
    assert settings.editions == (Edition.SCREEN, Edition.PRINT, Edition.EPUB)
