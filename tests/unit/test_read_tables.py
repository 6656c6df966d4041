"""Files of values that a text shows as tables: found, and kept inside the book."""

from pathlib import Path

import pytest

from chapbook.diagnostics import Code
from chapbook.model import TableFile
from tests.book_folder import Folder

VALUES = "Fruit,Price\nApple,2\n"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "book")


def tables(folder: Folder, files: dict[str, str | bytes]) -> tuple[TableFile, ...]:
    folder.write(files)
    manuscript, findings = folder.read()
    assert not findings
    return manuscript.sources[0].tables


def test_a_file_is_looked_for_beside_the_text_and_then_in_the_book(folder: Folder) -> None:
    text = "# One\n\n[table: a.csv]\n\n[Table:  data/b.tsv ]{: .x }\n"
    found = tables(folder, {"part/one.md": text, "part/a.csv": VALUES, "data/b.tsv": "x\ty\n"})
    assert found == (
        TableFile("a.csv", "part/a.csv", VALUES),
        TableFile("data/b.tsv", "data/b.tsv", "x\ty\n"),
    )


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../secret.csv", Code.FILE_OUTSIDE_BOOK),
        ("link.csv", Code.FILE_OUTSIDE_BOOK),
        ("none.csv", Code.MISSING_FILE),
        ("latin.csv", Code.FILE_NOT_TEXT),
        ("large.csv", Code.FILE_TOO_LARGE),
    ],
)
def test_what_can_not_be_had_says_why(folder: Folder, name: str, code: Code) -> None:
    folder.root.mkdir()
    (folder.root.parent / "secret.csv").write_text(VALUES)
    (folder.root / "link.csv").symlink_to(folder.root.parent / "secret.csv")
    files: dict[str, str | bytes] = {"latin.csv": b"\xe9,1\n", "large.csv": "1,2\n" * 250_001}
    (found,) = tables(folder, {"one.md": f"# One\n\n[table: {name}]\n", **files})
    assert found.text == ""
    assert [fault.code for fault in found.faults] == [code]


def test_a_slip_of_the_pen_is_hinted_at(folder: Folder) -> None:
    (found,) = tables(folder, {"one.md": "# One\n\n[table: pricse.csv]\n", "prices.csv": VALUES})
    assert found.faults[0].hints == ('did you mean "prices.csv"?',)


def test_a_name_in_an_included_file_is_meant_from_there(folder: Folder) -> None:
    files = {"one.md": "# One\n\n[include: parts/a.md]\n", "parts/a.md": "[table: a.csv]\n"}
    (found,) = tables(folder, {**files, "parts/a.csv": VALUES})
    assert found.path == "parts/a.csv"
