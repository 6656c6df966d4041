"""Brings the books that are measured into a folder of their own, where they may be edited."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.runs import ROOT
from tests.generated_books import write_generated_book

SENTENCE = re.compile(r"^(?!Table: )[A-Za-z][^\n|]{30,}[.]$", re.MULTILINE)
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
ADDITION = ", which was said once more before the work went on"


@dataclass(frozen=True, slots=True)
class Book:
    """A book's folder, and what to call it."""

    name: str
    folder: Path


def generated(pages: int, into: Path) -> Book:
    """Write a book of about so many pages."""
    folder = into / f"generated-{pages}"
    write_generated_book(folder, pages)
    return Book(f"generated {pages}", folder)


def house(into: Path) -> Book:
    """Copy the book in source/."""
    return given(ROOT / "source", into)


def given(folder: Path, into: Path) -> Book:
    """Copy a book; a folder made for mdBook gets the `book.toml` that it has not.

    Raises FileNotFoundError where the folder has neither `book.toml` nor `SUMMARY.md`.
    """
    name = folder.resolve().name
    copy = into / name
    sources = folder / "src" if (folder / "src" / "SUMMARY.md").is_file() else folder
    shutil.copytree(sources, copy)
    if sources == folder and (folder / "book.toml").is_file():
        return Book(name, copy)
    title = (copy / "SUMMARY.md").read_text("utf-8").partition("\n")[0].removeprefix("# ")
    (copy / "book.toml").write_text(f'title = "{title}"\nlanguage = "en"\n', "utf-8")
    return Book(name, copy)


class Edits:
    """Changes one sentence after the other in a chapter in the middle of a book."""

    def __init__(self, book: Book) -> None:
        """Choose the chapter: the middle one of those that have a sentence."""
        found = sorted(file for file in book.folder.rglob("*.md") if _sentences(file))
        self._file = found[len(found) // 2]
        self._original = self._file.read_text("utf-8")
        self._count = 0

    def next(self) -> None:
        """Save the chapter with one more sentence changed."""
        text = self._file.read_text("utf-8")
        ends = _sentences(self._file)
        end = ends[self._count % len(ends)]
        self._count += 1
        self._file.write_text(f"{text[: end - 1]}{ADDITION}{text[end - 1 :]}", "utf-8")

    def undo(self) -> None:
        """Save the chapter as it was at first."""
        self._file.write_text(self._original, "utf-8")


def _sentences(file: Path) -> list[int]:
    """Give the ends of paragraphs that are prose, the middle of the file first."""
    text = file.read_text("utf-8")
    prose = FENCE.sub(lambda code: " " * len(code[0]), text)
    ends = [found.end() for found in SENTENCE.finditer(prose)]
    return ends[len(ends) // 2 :] + ends[: len(ends) // 2]
