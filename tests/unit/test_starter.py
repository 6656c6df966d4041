"""The small book that `new` puts into a folder is whole, and nothing is found in it."""

import tomllib
from pathlib import Path

import pytest

from chapbook.cli import main
from chapbook.configure import read_settings
from chapbook.diagnostics import BookError, Code
from chapbook.parse import parse_source
from chapbook.read import read_manuscript
from chapbook.resolve import resolve_book
from chapbook.settings import Limits
from chapbook.starter import start_book
from chapbook.words import read_words
from tests.conftest import ROOT, BuildBook

HOUSE = ROOT / "templates"


def test_nothing_is_found_in_a_new_book(tmp_path: Path) -> None:
    start_book(tmp_path / "my-new-book", HOUSE)
    configured = read_settings(tmp_path / "my-new-book")
    manuscript = read_manuscript(tmp_path / "my-new-book", configured.value, Limits())
    outcomes = {s.path: parse_source(s, "en") for s in manuscript.value.sources}
    chapters = {path: outcome.value for path, outcome in outcomes.items()}
    book = resolve_book(manuscript.value, chapters, read_words((HOUSE,), "en"))
    found = [*configured.diagnostics, *manuscript.diagnostics, *book.diagnostics]
    assert found + [d for o in outcomes.values() for d in o.diagnostics] == []
    assert configured.value.title == "My New Book"
    assert "Highfield" in manuscript.value.sources[0].text
    assert len(book.value.figures) == len(book.value.tables) == 1


@pytest.mark.parametrize("name", ['a "book" of \\ mine', "letters-from-the-orchard", "本", "x"])
def test_the_title_is_that_of_the_folder(tmp_path: Path, name: str) -> None:
    start_book(tmp_path / name, HOUSE)
    title = tomllib.loads((tmp_path / name / "book.toml").read_text("utf-8"))["title"]
    assert title.casefold() == name.replace("-", " ").casefold()


def test_what_stands_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("mine")
    with pytest.raises(BookError) as raised:
        start_book(tmp_path, HOUSE)
    assert [found.code for found in raised.value.diagnostics] == [Code.OUTPUT_FAILED]
    assert [each.name for each in tmp_path.iterdir()] == ["a.md"]


def test_new_is_a_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(tmp_path / "b")]) == 0
    assert f"--book {tmp_path / 'b'}" in capsys.readouterr().err
    assert main(["new", str(tmp_path / "b")]) == 2
    assert "in use already" in capsys.readouterr().err
    with pytest.raises(SystemExit) as raised:
        main(["new"])
    assert raised.value.code == 2


def test_a_new_book_becomes_an_ebook_without_a_finding(
    tmp_path: Path, build_book: BuildBook
) -> None:
    start_book(tmp_path / "new", HOUSE)
    built = build_book(tmp_path / "new", "epub", "--strict")
    assert (built.status, built.said) == (0, "")
