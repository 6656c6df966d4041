"""The head of an index entry stands again where a column parts it, and nowhere else."""

import re

import pypdfium2
import pytest

from chapbook.settings import Edition
from tests.pressing import apart, compose, linked

BOOK = 'title = "Orchard"\nfront = []\nback = ["index"]\n\n[page]\ntrim = "A6"\n'
DEEP = "".join(f"{{index: fruit > pome > kind{number:03d}}}" for number in range(30))
LONG = "".join(f"{{index: apple > sort{number:03d}}}" for number in range(90))

ENTRY = re.compile(r"^(?:aa|zz|apple|fruit|pome|sort\d+|kind\d+)\b.*", re.MULTILINE)


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """Give the lines of each column of the index."""
    folder = tmp_path_factory.mktemp("orchard")
    (folder / "book.toml").write_text(BOOK, "utf-8")
    text = f"# One\n\nAll.{{index: aa}}{LONG}{DEEP}{{index: zz}}\n"
    (folder / "one.md").write_text(text, "utf-8")
    publication = compose(folder, Edition.PRINT)
    document = pypdfium2.PdfDocument(linked(apart(publication), publication))
    return [column for page in list(document)[1:] for column in _columns(page)]


def _columns(page: pypdfium2.PdfPage) -> list[list[str]]:
    """Read a page line by line, each column for itself: it begins anew where a line is higher."""
    columns: list[list[str]] = []
    lowest = 0.0
    text = page.get_textpage()
    for line in ENTRY.findall(text.get_text_bounded().replace("\r", "")):
        place = text.search(line, match_case=True).get_next()
        assert place is not None
        bottom = text.get_charbox(place[0], loose=True)[1]
        if not columns or bottom > lowest + 50:
            columns.append([])
        columns[-1].append(line)
        lowest = bottom
    return columns


def test_a_parted_entry_has_its_head_again(columns: list[list[str]]) -> None:
    assert len(columns) > 4
    for column in columns[1:]:
        assert column[0] in ("apple, continued", "fruit, pome, continued")


def test_no_head_stands_within_a_column(columns: list[list[str]]) -> None:
    for column in columns:
        assert not [words for words in column[1:] if "continued" in words]


def test_no_entry_is_lost(columns: list[list[str]]) -> None:
    words = [line.split(",")[0] for column in columns for line in column]
    sorts = [word for word in words if word.startswith("sort")]
    assert sorts == [f"sort{number:03d}" for number in range(90)]
    kinds = [word for word in words if word.startswith("kind")]
    assert kinds == [f"kind{number:03d}" for number in range(30)]
