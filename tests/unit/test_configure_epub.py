"""What `book.toml` says of the e-book, and what of it is refused."""

from pathlib import Path

import pytest

from chapbook.configure import read_settings
from chapbook.diagnostics import Diagnostic, Severity
from chapbook.settings import Epub, Store, Writing


def read(folder: Path, epub: str, language: str = "ja") -> tuple[Epub, tuple[Diagnostic, ...]]:
    toml = f'title = "T"\nlanguage = "{language}"\n[epub]\n{epub}\n'
    (folder / "book.toml").write_text(toml, "utf-8")
    outcome = read_settings(folder)
    return outcome.value.epub, outcome.diagnostics


def test_all_of_it(tmp_path: Path) -> None:
    epub, found = read(
        tmp_path,
        "fonts = false\nimage-side = 1600\nimage-bytes = 0\ndocument-bytes = 100000\n"
        'writing = "vertical"\nstores = ["kindle", "kobo"]',
    )
    assert found == ()
    assert (epub.image_side, epub.image_bytes, epub.document_bytes) == (1600, 0, 100_000)
    assert (epub.fonts, epub.writing) == (False, Writing.VERTICAL)
    assert epub.stores == (Store.KINDLE, Store.KOBO)


@pytest.mark.parametrize(
    "line",
    [
        "image-side = 12",
        "image-bytes = 9",
        "document-bytes = 200",
        'stores = ["kobo", "kobo"]',
        'stores = ["corner"]',
        'writing = "slanted"',
    ],
)
def test_what_is_refused_and_where(tmp_path: Path, line: str) -> None:
    _, (finding,) = read(tmp_path, line)
    assert finding.is_error
    assert finding.at is not None
    assert finding.at.line == 4


def test_what_does_not_go_together(tmp_path: Path) -> None:
    _, (upright,) = read(tmp_path, 'writing = "vertical"', "en")
    _, (fonts,) = read(tmp_path, 'fonts = true\nstores = ["kindle"]')
    assert {upright.severity, fonts.severity} == {Severity.WARNING}
    assert fonts.at is not None
    assert fonts.at.line == 4
