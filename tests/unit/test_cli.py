"""The exit status tells what became of a build."""

from pathlib import Path

import pytest

from chapbook.cli import main


def run(tmp_path: Path, *arguments: str) -> int:
    return main([*arguments, "-q", "--book", str(tmp_path), "--output", str(tmp_path / "made")])


def test_a_book_that_is_made(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text('title = "T"\n', "utf-8")
    (tmp_path / "one.md").write_text("# One\n\nText.\n", "utf-8")
    assert run(tmp_path, "epub") == 0


def test_a_book_with_an_error(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text('title = "T"\n', "utf-8")
    (tmp_path / "one.md").write_text("# One\n\n![A tree](tree.png)\n", "utf-8")
    assert run(tmp_path, "epub") == 1


def test_a_wrong_book_toml(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text('titel = "T"\n', "utf-8")
    assert run(tmp_path, "epub") == 2


def test_a_folder_that_is_no_book(tmp_path: Path) -> None:
    assert run(tmp_path, "epub") == 2


@pytest.mark.parametrize("arguments", [("bogus",), ("epub", "--jobs", "0"), ("--format", "xml")])
def test_a_command_that_is_wrong(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(tmp_path, *arguments)
    assert ended.value.code == 2
