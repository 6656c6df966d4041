"""Small whole books, built with the real program, give the facts that are expected of them.

A folder of `golden` has a `book` and what is `expected` of it: nothing said, the facts of both
PDFs, and of the e-book the names of its files, its package and its navigation.
"""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import TESTS, BuildBook
from tests.pdf_facts import pdf_facts

FOLDER = TESTS / "golden"
BOOKS = sorted(path.parent.name for path in FOLDER.glob("*/book"))


@pytest.mark.parametrize("name", BOOKS)
def test_a_book(
    name: str, build_book: BuildBook, check_golden: Callable[[str, Path], None]
) -> None:
    built = build_book(FOLDER / name / "book")
    assert (built.status, built.said) == (0, "")
    expected = FOLDER / name / "expected"
    actual = {"print.txt": pdf_facts(built.only("-print.pdf"))}
    (screen,) = set(built.output.glob("*.pdf")) - {built.only("-print.pdf")}
    actual["screen.txt"] = pdf_facts(screen)
    actual |= _ebook_facts(built.only(".epub"))
    for file, text in actual.items():
        check_golden(text, expected / file)


def _ebook_facts(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        package = next(name for name in names if name.endswith(".opf"))
        navigation = next(name for name in names if name.endswith("nav.xhtml"))
        return {
            "files.txt": "\n".join(names) + "\n",
            "package.opf": _without_versions(archive.read(package).decode()),
            "nav.xhtml": archive.read(navigation).decode(),
        }


def _without_versions(package: str) -> str:
    """Leave out which release made it: that is no fact of the book."""
    return re.sub(r'(<meta [^>]*name="generator"[^>]*content=")[^"]*', r"\1…", package)
