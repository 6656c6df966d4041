"""Fonts in the e-book: cut to its letters, under a name that may be used, or left out."""

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from chapbook.cache import Cache
from chapbook.compose.epub_fonts import cut_font, embed_fonts
from chapbook.compose.styles import Stylesheet
from chapbook.diagnostics import Code
from tests.compose_books import HOUSE

HOUSE_FONT = (HOUSE / "fonts/source-serif-4/SourceSerif4-Regular.ttf").read_bytes()
CSS = '@font-face { font-family: "A"; src: url(fonts/a.ttf) }\np { font-family: "A", serif }\n'


def font(fs_type: int = 0, copyright: str = "© A", licence: str = "") -> bytes:
    """Build a font of three letters."""
    builder = FontBuilder(1000, isTTF=True)
    names = [".notdef", "space", "a", "b", "c"]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({32: "space", 97: "a", 98: "b", 99: "c"})
    pen = TTGlyphPen(None)
    for point in ((0, 0), (0, 500), (400, 500)):
        (pen.lineTo if point != (0, 0) else pen.moveTo)(point)
    pen.closePath()
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    strings = {"familyName": "Reserved", "styleName": "Regular", "copyright": copyright}
    builder.setupNameTable({**strings, "licenseDescription": licence, "psName": "Reserved"})
    builder.setupOS2(fsType=fs_type)
    builder.setupPost()
    out = BytesIO()
    builder.save(out)
    return out.getvalue()


def letters(content: bytes | None) -> set[str]:
    assert content is not None
    return {chr(code) for code in TTFont(BytesIO(content)).getBestCmap()}


def test_a_font_is_cut_to_the_letters() -> None:
    made = cut_font(HOUSE_FONT, "a.ttf", "abc fi")
    assert letters(made.content) == set("abc fi")
    assert len(made.content or b"") < len(HOUSE_FONT) / 10
    assert cut_font(HOUSE_FONT, "a.ttf", "abc fi") == made


def test_a_font_keeps_its_kind() -> None:
    woff = TTFont(BytesIO(HOUSE_FONT))
    woff.flavor = "woff"
    out = BytesIO()
    woff.save(out)
    made = cut_font(out.getvalue(), "a.woff", "ab")
    assert (made.content or b"").startswith(b"wOFF")


@pytest.mark.parametrize(
    ("fs_type", "is_embedded"), [(0, True), (2, False), (4, True), (8, True), (0x200, False)]
)
def test_what_the_font_says_of_embedding_holds(fs_type: int, is_embedded: bool) -> None:
    made = cut_font(font(fs_type), "a.ttf", "ab")
    assert (made.content is not None) is is_embedded
    assert bool(made.reason) is not is_embedded


def test_a_font_that_must_not_be_cut_stays_whole() -> None:
    content = font(0x100)
    assert cut_font(content, "a.ttf", "a").content == content


def test_the_open_font_license_allows_all() -> None:
    licence = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
    assert cut_font(font(2, licence=licence), "a.ttf", "a").content is not None


def test_a_reserved_name_is_given_up_and_the_copyright_kept() -> None:
    copyright = "© A, with Reserved Font Name 'Reserved'."
    made = TTFont(BytesIO(cut_font(font(0, copyright), "a.ttf", "a").content or b""))
    names = {record.nameID: record.toUnicode() for record in made["name"].names}
    assert names[0] == copyright
    assert not any("Reserved" in text for number, text in names.items() if number != 0)
    kept = TTFont(BytesIO(cut_font(font(0), "a.ttf", "a").content or b""))
    assert kept["name"].getDebugName(1) == "Reserved"


def test_a_damaged_font_is_told_of() -> None:
    assert "cannot be read" in cut_font(b"no font", "a.ttf", "a").reason


def sheet(folder: Path, content: bytes, css: str = CSS) -> Stylesheet:
    (folder / "a.ttf").write_bytes(content)
    return Stylesheet(css, {"fonts/a.ttf": folder / "a.ttf"})


def test_a_style_sheet_keeps_the_faces_that_are_embedded(tmp_path: Path) -> None:
    made = embed_fonts(sheet(tmp_path, font()), "a", True, str)
    style, fonts = made.value
    assert style.text == CSS
    assert letters(fonts["fonts/a.ttf"]) >= {"a"}
    assert made.diagnostics == ()


def test_a_style_sheet_loses_the_faces_that_are_not(tmp_path: Path) -> None:
    made = embed_fonts(sheet(tmp_path, font(2)), "a", True, lambda name: f"templates/{name}")
    (finding,) = made.diagnostics
    assert finding.code is Code.FONT_NOT_ALLOWED
    assert str(finding.at) == "templates/fonts/a.ttf"
    assert made.value[1] == {}
    assert "@font-face" not in made.value[0].text
    assert 'font-family: "A", serif' in made.value[0].text


def test_fonts_can_be_left_out(tmp_path: Path) -> None:
    made = embed_fonts(sheet(tmp_path, font()), "a", False, str)
    assert made.value[1] == {}
    assert "@font-face" not in made.value[0].text


def test_letters_that_the_style_sheet_adds_are_kept(tmp_path: Path) -> None:
    css = CSS + 'p::before { content: "\\63 " }'
    fonts = embed_fonts(sheet(tmp_path, font(), css), "a", True, str).value[1]
    assert "c" in letters(fonts["fonts/a.ttf"])


def test_a_cut_font_is_remembered(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    first = embed_fonts(sheet(tmp_path, font()), "a", True, str, cache)
    assert embed_fonts(sheet(tmp_path, font()), "a", True, str, cache) == first
    assert cache.made == {"fonts": 1}
