"""Each code has a tiny book that draws it, word for word, and a place in the documentation."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from chapbook.diagnostics import Code
from tests.conftest import TESTS, BuildBook

PACKAGE = TESTS.parent / "chapbook"
FOLDER = TESTS / "diagnostics"
CASES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
DOCUMENTATION = (TESTS.parent / "docs" / "diagnostics.md").read_text("utf-8")

# What no small folder can draw, and the test that draws it.
ELSEWHERE = {
    Code.FILE_TOO_LARGE: "unit/test_read_sources.py",
    Code.TOO_MANY_FILES: "unit/test_read.py",
    Code.BAD_FILE_NAME: "unit/test_read_sources.py",
    Code.LAYOUT_FAILED: "unit/test_typeset.py",
    Code.PLAIN_LAYOUT: "end_to_end/test_press.py",
    Code.PAGES_UNSETTLED: "end_to_end/test_press.py",
    Code.UNPLACED_MARK: "end_to_end/test_index.py",
    Code.TIME_LIMIT: "unit/test_pipeline.py",
    Code.FONT_NOT_ALLOWED: "unit/test_compose_epub_fonts.py",
    Code.COVER_NOT_DRAWN: "unit/test_compose_epub_cover.py",
    Code.KINDLE_UNSAFE: "unit/test_inspect_stores.py",
    Code.KOBO_UNSAFE: "unit/test_inspect_stores.py",
    Code.BAD_EPUB: "unit/test_inspect_epub.py",
    Code.EPUB_INVALID: "unit/test_assay.py",
    Code.EPUB_INACCESSIBLE: "unit/test_assay.py",
    Code.EPUB_UNCHECKED: "unit/test_assay.py",
    Code.BAD_BARCODE: "unit/test_cover_pdf.py",
    Code.COVER_OVERFULL: "unit/test_cover_pdf.py",
    Code.NO_COVER_IMAGE: "unit/test_cover_pdf.py",
    Code.THIN_SPINE: "unit/test_cover_pdf.py",
    Code.PAPER_ASSUMED: "unit/test_paper.py",
    Code.UNKNOWN_STOCK: "unit/test_paper.py",
    Code.SHEET_TOO_SMALL: "unit/test_impose_folding.py",
    Code.COLOUR_UNCONVERTED: "unit/test_colour_operators.py",
    Code.PAGE_COUNT: "unit/test_prepress_padding.py",
    Code.PRINT_STANDARD: "unit/test_prepress_standards.py",
    Code.PRINT_TRANSPARENCY: "unit/test_prepress_standards.py",
    Code.LOW_RESOLUTION: "unit/test_preflight_images.py",
    Code.IMAGE_CROPPED: "unit/test_preflight_images.py",
    Code.WRONG_INK: "unit/test_preflight_inks.py",
    Code.TOO_MUCH_INK: "unit/test_preflight_inks.py",
    Code.HAIRLINE: "unit/test_preflight_type.py",
    Code.SMALL_TYPE: "unit/test_preflight_type.py",
    Code.OUTSIDE_SAFETY: "unit/test_preflight_type.py",
    Code.FONT_NOT_EMBEDDED: "unit/test_preflight_type.py",
    Code.BOX_FOR_GLYPH: "unit/test_preflight_type.py",
    Code.TRANSPARENCY_LEFT: "unit/test_preflight_inks.py",
    Code.BEYOND_BINDING: "unit/test_preflight_binding.py",
    Code.NARROW_GUTTER: "unit/test_preflight_binding.py",
    Code.BLANK_NOT_BLANK: "unit/test_preflight_binding.py",
    Code.LONE_LINE: "unit/test_preflight_setting.py",
    Code.LONE_HEADING: "unit/test_preflight_setting.py",
    Code.LOOSE_LINE: "unit/test_preflight_setting.py",
    Code.OVERFULL_LINE: "unit/test_preflight_setting.py",
    Code.RIVER: "unit/test_preflight_setting.py",
    Code.MISSING_LIBRARY: "unit/test_pipeline.py",
    Code.OUTPUT_FAILED: "end_to_end/test_repeatable.py",
}


@pytest.mark.parametrize("case", CASES)
def test_the_book_draws_its_code(
    case: str, build_book: BuildBook, check_golden: Callable[[str, Path], None]
) -> None:
    built = build_book(FOLDER / case / "book")
    check_golden(built.said, FOLDER / case / "expected.txt")
    assert f"[{case}]" in built.said
    assert built.status == _status(built.said)


def _status(said: str) -> int:
    """Give the exit status that findings must have."""
    if "error[config-" in said:
        return 2
    return 1 if "error[" in said else 0


def test_each_code_is_given_by_the_program() -> None:
    sources = [p.read_text("utf-8") for p in PACKAGE.rglob("*.py") if p.name != "diagnostics.py"]
    assert not [c for c in Code if not any(f"Code.{c.name}" in source for source in sources)]


def test_each_code_has_a_book_or_a_test() -> None:
    assert {str(code) for code in Code} == set(CASES) | {str(code) for code in ELSEWHERE}
    assert not set(CASES) & {str(code) for code in ELSEWHERE}


@pytest.mark.parametrize(("code", "file"), ELSEWHERE.items())
def test_what_is_drawn_elsewhere_is_drawn_there(code: Code, file: str) -> None:
    assert f"Code.{code.name}" in (TESTS / file).read_text("utf-8")


def test_each_code_is_explained() -> None:
    assert re.findall(r"^### `([a-z-]+)`$", DOCUMENTATION, re.M) == [str(code) for code in Code]
