"""`check` says what is wrong with the printer's file, at its line, and publishes nothing."""

from pathlib import Path

import pytest

from tests.conftest import run_chapbook
from tests.paged_books import png
from tests.preflight_books import TOML

SOUND = "# One\n\nWords.\n\n![A ramp of gray](ramp.png)\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "book.toml").write_text(TOML)
    (folder / "one.md").write_text(SOUND)
    (folder / "ramp.png").write_bytes(png(60, 60))
    return folder


def test_a_flaw_is_told_at_its_line_and_nothing_is_published(book: Path) -> None:
    output = book.parent / "output"
    made = run_chapbook(book, output, "check")
    assert "book/one.md:5:3: warning[low-resolution]: page 1: ramp.png is printed at" in made.said
    assert made.status == 0
    assert not output.exists()


def test_what_is_strict_fails_on_a_flaw(book: Path) -> None:
    assert run_chapbook(book, book.parent / "output", "check", "--strict").status == 1


def test_a_sound_book_passes(book: Path) -> None:
    (book / "ramp.png").write_bytes(png(300, 300))
    (book / "book.toml").write_text(TOML + "[print]\nimage-ppi = 90\n")
    made = run_chapbook(book, book.parent / "output", "check", "--strict")
    assert made.status == 0
    assert "warning[" not in made.said


def test_the_sheet_of_the_cover_is_looked_at_too(book: Path) -> None:
    (book / "book.toml").write_text(TOML + '[cover]\nimage = "ramp.png"\nalt = "A ramp"\n')
    made = run_chapbook(book, book.parent / "output", "check", "cover")
    assert "book.toml:8:1: warning[low-resolution]: page 1: ramp.png is printed at" in made.said
