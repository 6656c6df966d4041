"""Type and lines that a press can not hold, and text that the knife may take."""

from pathlib import Path

import pikepdf
import pytest

from chapbook.diagnostics import Code, Location, Severity
from tests.preflight_books import Pressed, press

TEXT = """# One

A paragraph of the usual size that is long enough to be broken at the end of its line, or more.

Another one with `code` and <small>small words in it</small>.

![Lines and words](lines.svg)
"""
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100" width="300" height="100">'
    '<path d="M0 90H300" stroke="#000" stroke-width="{width}"/>'
    '<text x="10" y="50" font-size="{size}">words in a drawing</text></svg>'
)


def _press(root: Path, css: str = "", width: float = 1, size: float = 12) -> Pressed:
    drawing = DRAWING.format(width=width, size=size).encode()
    return press(root, TEXT, css, files={"lines.svg": drawing})


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Pressed:
    return _press(tmp_path_factory.mktemp("sound"))


def test_a_sound_page_has_nothing_against_it(sound: Pressed) -> None:
    assert sound.told() == ()


def test_small_type_is_told_with_its_size(tmp_path: Path) -> None:
    found = _press(tmp_path, "small { font-size: 4pt }").one(Code.SMALL_TYPE)
    assert found.at is not None
    assert (found.at.path, found.at.line) == ("one.md", 5)
    assert found.message == "page 1: type of 4.0 pt: “small words in it”"


def test_small_type_in_a_drawing_is_told_at_the_image(tmp_path: Path) -> None:
    found = _press(tmp_path, size=6).one(Code.SMALL_TYPE)
    assert found.at == Location("one.md", 7, 3)
    assert found.message == "page 1: type of 4.5 pt: “words in a drawing”"


def test_a_hairline_in_a_drawing_is_told_at_the_image(tmp_path: Path) -> None:
    found = _press(tmp_path, width=0.3).one(Code.HAIRLINE)
    assert found.at == Location("one.md", 7, 3)
    assert found.message == "page 1: a line 0.23 pt thick"
    assert not _press(tmp_path / "other", width=0.34).of(Code.HAIRLINE)


def test_a_hairline_of_the_style_sheet_has_no_line_in_the_book(tmp_path: Path) -> None:
    found = _press(tmp_path, "h1 { border-bottom: .1pt solid }").one(Code.HAIRLINE)
    assert found.at is None
    assert "drawn by the style sheet" in found.message


def test_text_near_the_trim_is_told(tmp_path: Path) -> None:
    near = _press(tmp_path, "p { margin-right: -12mm }")
    found = near.of(Code.OUTSIDE_SAFETY)
    assert [(one.at.path, one.at.line) for one in found if one.at] == [("one.md", 3)]
    assert all("5.0 mm are asked" in one.message for one in found)
    assert not near.asked(safety=0.0).of(Code.OUTSIDE_SAFETY)


def test_text_that_is_cut_is_told_as_cut(tmp_path: Path) -> None:
    css = "small { position: absolute; right: -18mm; white-space: nowrap }"
    found = _press(tmp_path, css).one(Code.OUTSIDE_SAFETY)
    assert found.message == "page 1: “small words in it” is cut by the trim"
    assert found.at is not None
    assert found.at.line == 5


def test_a_folio_near_the_trim_is_told_once(tmp_path: Path) -> None:
    css = "@page :right { @bottom-right { vertical-align: bottom; padding-bottom: 2mm } }"
    text = "# One\n\n" + "A paragraph.\n\n" * 120
    found = press(tmp_path, text, css).one(Code.OUTSIDE_SAFETY)
    assert found.at is None
    assert found.message == (
        "pages 1 and 3: a running head or folio stands nearer to the trim than 5.0 mm"
    )


def test_a_font_that_is_not_embedded_is_an_error(sound: Pressed) -> None:
    def change(file: pikepdf.Pdf) -> None:
        for thing in file.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/FontFile3" in thing:
                del thing["/FontFile3"]
            elif isinstance(thing, pikepdf.Dictionary) and "/FontFile2" in thing:
                del thing["/FontFile2"]

    found = sound.changed(change).of(Code.FONT_NOT_EMBEDDED)
    assert {one.severity for one in found} == {Severity.ERROR}
    assert "the font Source-Serif-4" in " ".join(one.message for one in found)


def test_an_empty_box_is_told_where_it_stands(sound: Pressed) -> None:
    def change(file: pikepdf.Pdf) -> None:
        for stream in file.pages[0].obj.Contents:
            content = stream.read_bytes()
            if b"/MCID 2" in content:
                head, mark, rest = content.partition(b"/MCID 2>>")
                stream.write(head + mark + rest.replace(b"[<", b"[<0000>0<", 1))

    found = sound.changed(change).one(Code.BOX_FOR_GLYPH)
    assert found.at is not None
    assert (found.at.path, found.at.line) == ("one.md", 3)


def test_readings_beside_signs_may_be_half_as_large(tmp_path: Path) -> None:
    text = "# One\n\n<ruby>春<rt>はる</rt></ruby> came.\n"
    assert not press(tmp_path / "kana", text, "rt { font-size: 4.6pt }").of(Code.SMALL_TYPE)
    latin = text.replace("はる", "haru")
    assert press(tmp_path / "latin", latin, "rt { font-size: 4.6pt }").of(Code.SMALL_TYPE)
