"""The authors' guide is a book of ours: it shows every mark, and no judge objects to it."""

import re
import shutil
from pathlib import Path

import pypdfium2
import pytest

from tests.conftest import ROOT, Built, run_chapbook
from tests.validators import ace, epubcheck, verapdf

DOCS = ROOT / "docs"
WRITING = sorted(set((DOCS / "writing").glob("*.md")) - {DOCS / "writing" / "README.md"})
# A block of Markdown, and all that stands behind it.
WRITTEN = re.compile(r"^(`{3,})markdown\n(.*?)\n\1$\n", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| ([^|`]+?) \| .+\|$", re.MULTILINE)


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("guide")
    shutil.copytree(DOCS, folder / "docs")
    made = run_chapbook(folder / "docs", folder / "output", "--quiet")
    assert (made.status, made.said) == (0, ""), "the guide has findings"
    return made


def test_it_is_made_in_every_edition(guide: Built) -> None:
    endings = {path.name.removeprefix("chapbook-guide") for path in guide.output.iterdir()}
    assert endings == {".pdf", "-print.pdf", ".epub", "build.json"}


def test_epubcheck_finds_nothing(guide: Built) -> None:
    assert epubcheck.validate(guide.only(".epub")) == []


def test_ace_finds_nothing(guide: Built) -> None:
    assert ace.validate(guide.only(".epub")) == []


def test_the_pages_are_for_everyone(guide: Built) -> None:
    files = [guide.output / f"chapbook-guide{end}" for end in (".pdf", "-print.pdf")]
    assert verapdf.validate_all(files) == [[], []]


def test_what_is_shown_is_shown_on_its_pages(guide: Built) -> None:
    with pypdfium2.PdfDocument(guide.output / "chapbook-guide-print.pdf") as pdf:
        pages = [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]
    text = " ".join(pages)
    for words in (
        "The 3 trees of Highfield are in",
        "An NPO (nonprofit organisation) may sell its apples.",
        "Turn the page when you are done.",
        "You hold this on paper.",
        "Knuth and Plass (1981, p. 1120) look at a paragraph",
        "How, is told in note 1",
        "Clay holds the water",
    ):
        assert words in text
    assert "You read this on a screen." not in text.replace("!!! only screen epub You read", "")


def test_it_shows_every_construct_of_the_dialect() -> None:
    table = (
        (DOCS / "dialect.md").read_text("utf-8").split("| construct |", 1)[1].split("\n\n", 1)[0]
    )
    constructs = {name for name in ROW.findall(table) if not name.startswith("---")}
    text = "\n".join(path.read_text("utf-8") for path in WRITING)
    told = {
        " ".join(name.split()).casefold() for name in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL)
    }
    assert len(constructs) > 60
    assert not {name for name in constructs if name.casefold() not in told}


@pytest.mark.parametrize("path", WRITING, ids=lambda path: path.stem)
def test_what_is_written_stands_below_as_it_is_shown(path: Path) -> None:
    text = path.read_text("utf-8")
    blocks = list(WRITTEN.finditer(text))
    assert blocks
    for block in blocks:
        rest = text[block.end() :]
        assert block[2] in rest, f"nothing shows {block[2]!r}"
