"""Each Markdown file beside its expected XHTML, both small enough to be read."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from chapbook.model import Chapter, SourceFile
from chapbook.parse import parse_source
from chapbook.settings import FrontMatter

FOLDER = Path(__file__).parents[1] / "golden" / "markdown"
CASES = sorted(FOLDER.glob("*.md"))
CLOSED = re.compile(
    r"(</(?:p|h\d|li|ul|ol|dl|dt|dd|tr|thead|tbody|table|div|figure|figcaption|blockquote|pre)>"
    r"|<(?:ul|ol|dl|table|thead|tbody|tr|blockquote|figure|div)(?: [^>]*)?>|<hr [^>]*>)(?=.)",
    re.DOTALL,
)


def readable(chapter: Chapter) -> str:
    """Write a chapter as an author would like to read it: without numbers, one block a line."""
    notes = [f'<aside id="{note.key}">{note.xhtml}</aside>' for note in chapter.notes]
    title = f'<h1 id="{chapter.anchor}">{chapter.title_xhtml}</h1>'
    pieces = [re.sub(r' data-block="[^"]*"', "", x) for x in (title, chapter.xhtml, *notes)]
    return "\n".join(CLOSED.sub(r"\1\n", piece) for piece in pieces if piece) + "\n"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_markdown_becomes_the_expected_xhtml(path: Path) -> None:
    language = "ja" if path.stem.startswith("japanese") else "en"
    source = SourceFile(path.name, path.read_text("utf-8"), FrontMatter())
    chapters = parse_source(source, language).value
    expected = path.with_suffix(".xhtml").read_text("utf-8")
    assert "\n".join(readable(chapter) for chapter in chapters) == expected


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_is_expected_is_well_formed(path: Path) -> None:
    expected = path.with_suffix(".xhtml").read_text("utf-8")
    assert len(ElementTree.fromstring(f"<x>{expected}</x>"))
