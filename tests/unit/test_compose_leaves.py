"""Leaves that are turned, left blank or filled by a picture, in print and in the e-book."""

import io
import re
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from chapbook.compose import compose_epub
from chapbook.configure import read_settings
from chapbook.inspect import inspect_epub
from chapbook.model import Asset, Manuscript, Matter, Place, SourceFile, TableFile
from chapbook.package import package_epub
from chapbook.parse import parse_source
from chapbook.publication import PagedPublication
from chapbook.read import read_manuscript
from chapbook.resolve import resolve_book
from chapbook.settings import BookSettings, Edition, FrontMatter, Limits
from tests.compose_books import FOLDERS, MODIFIED, english
from tests.likeness import differences
from tests.pressing import apart, compose, linked, whole

TOML = """title = "Leaves"
front = ["contents-short"]
chapters = ["one.md", "two.md"]
back = ["appendix.md"]
[numbering]
appendices = true
[print]
bleed = 4
"""
ROWS = "\n".join(f"| tree{n} | {n} | kept[^{n}] |" for n in range(1, 31))
NOTES = "\n\n".join(f"[^{n}]: Of tree {n}." for n in range(1, 31))
ONE = f"""# One

Before.

[page break]

After.

[blank page]

| Tree | Row | Kept |
|------|----:|------|
{ROWS}
{{: .turned }}

Table note: In metres.

Behind.

{NOTES}
"""
TWO = """# Two

![A hill](hill.png "The hill."){: .full-bleed }

[notes page]{: #notes }

See [the page](#notes).

!!! columns 3
    Here are words.

!!! landscape
    Turned words.
"""
APPENDIX = "# Tools\n\nKnives. See [](one.md).\n"
POINTS_PER_MM = 72 / 25.4
HILL = Path(__file__).parents[1] / "diagnostics/lost-alt/book/a.png"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("book")
    texts = {"book.toml": TOML, "one.md": ONE, "two.md": TWO, "appendix.md": APPENDIX}
    for name, text in texts.items():
        (root / name).write_text(text, "utf-8")
    image = io.BytesIO()
    Image.new("RGB", (78, 109), "#346").save(image, "PNG")
    (root / "hill.png").write_bytes(image.getvalue())
    return root


@pytest.fixture(scope="module")
def publication(folder: Path) -> PagedPublication:
    return compose(folder, Edition.PRINT)


@pytest.fixture(scope="module")
def pdf(publication: PagedPublication) -> bytes:
    return linked(apart(publication), publication)


def test_chapters_laid_out_apart_look_as_in_one_piece(
    publication: PagedPublication, pdf: bytes
) -> None:
    assert differences(pdf, linked(whole(publication), publication)) == []


def test_each_leaf_is_what_was_asked_for(pdf: bytes) -> None:
    document = pypdfium2.PdfDocument(pdf)
    texts = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    labels = [document.get_page_label(n) for n in range(len(document))]
    assert labels == ["i", "ii", *(str(n) for n in range(1, len(texts) - 1))]
    assert "A Tools" in texts[0]
    one = next(n for n, text in enumerate(texts) if "Before." in text)
    assert "After." in texts[one + 1]
    assert texts[one + 2] == ""
    heads = [n for n, text in enumerate(texts) if "Tree Row Kept" in text]
    assert len(heads) == 2, "the head is repeated where the table goes on"
    assert heads[0] == one + 3
    full = next(n for n, text in enumerate(texts) if "The hill." in text) - 1
    assert texts[full] == ""
    assert texts[full + 2].startswith("Notes")
    document.close()


def test_a_full_picture_reaches_to_the_end_of_the_bleed(pdf: bytes) -> None:
    document = pypdfium2.PdfDocument(pdf)
    pictures = [
        (page, found)
        for page in document
        for found in page.get_objects()
        if found.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    ]
    ((_, picture),) = pictures
    left, bottom, right, top = picture.get_bounds()
    width, height = (size * POINTS_PER_MM for size in (148, 210))
    bleed = 4 * POINTS_PER_MM
    assert (left, bottom) == pytest.approx((-bleed, -bleed), abs=0.1)
    assert (right, top) == pytest.approx((width + bleed, height + bleed), abs=0.1)
    document.close()


def test_what_is_turned_reads_upward_beside_its_page_number(pdf: bytes) -> None:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage() for page in document]
    text = next(page for page in pages if "tree1 " in page.get_text_range())
    places = {}
    for word in ("Tree", "Kept", "tree1", "tree2"):
        index, _ = text.search(word).get_next()
        places[word] = text.get_charbox(index)
    assert places["Tree"][1] < places["Kept"][1]
    assert places["Tree"][0] < places["tree1"][0] < places["tree2"][0]
    assert text.search("4").get_next()
    document.close()


def test_the_ebook_has_the_text_and_none_of_the_paper(folder: Path) -> None:
    said = read_settings(folder).value
    manuscript = read_manuscript(folder, said, Limits()).value
    chapters = {one.path: parse_source(one, "en").value for one in manuscript.sources}
    book = resolve_book(manuscript, chapters, english()).value
    made = compose_epub(book, FOLDERS, english(), MODIFIED).value
    text = "".join(document.content for document in made.documents)
    assert not re.search("blank-page|notes-page|data-", text)
    assert '<div class="page-break"' in text
    assert '<div id="notes"' in text
    assert 'class="landscape"' in text
    assert text.count('scope="col"') == 3
    assert 'epub:type="appendix" role="doc-appendix"' in text
    assert 'epub:type="toc-brief"' in text


BLOCKS = st.sampled_from(
    [
        "words",
        "[page break]",
        "[blank page]{: #id }",
        "[notes page]",
        "[contents: full]",
        "[contents: chapter]",
        "[table: v.csv]{: .turned }",
        "| a | << |\n| b | c |\n|---|--:|\n| ^^ | d |\n| e | ^^ |\n{: .head-column widths='1 2' }",
        "Table: words {: .turned #id }\n\n| a |\n|---|\n| b[^n] |\n\nTable note: words",
        "![words](hill.png 'words'){: .full-bleed }",
        "## words",
    ]
)
AROUND = st.sampled_from(
    ["", "!!! columns 3\n    ", "!!! landscape\n    ", "> ", "- ", "!!! tip\n    "]
)


def nested(blocks: list[tuple[str, str]]) -> str:
    """Put each block into what is to stand around it."""
    written = []
    for around, block in blocks:
        last = around.split("\n")[-1]
        rest = last if last.startswith(("> ", "    ")) else " " * len(last)
        written.append(around + block.replace("\n", f"\n{rest}"))
    return "\n\n".join(["# One", *written, "[^n]: a note", ""])


@settings(max_examples=8)
@given(st.lists(st.tuples(AROUND, BLOCKS), min_size=1, max_size=7))
def test_any_mixture_makes_a_sound_ebook(blocks: list[tuple[str, str]]) -> None:
    table = TableFile("v.csv", "v.csv", "a,b\n1,<i>2</i>\n")
    source = SourceFile("one.md", nested(blocks), FrontMatter(), tables=(table,))
    parsed = parse_source(source, "en")
    hill = Asset("hill.png", HILL, "image/png", "0", HILL.stat().st_size, 100, 60)
    places = (Place(Matter.BODY, "one.md"),)
    whole = Manuscript(BookSettings("T"), places, (), (source,), {"hill.png": hill})
    book = resolve_book(whole, {"one.md": parsed.value}, english())
    made = compose_epub(book.value, FOLDERS, english(), MODIFIED).value
    found = inspect_epub(package_epub(made), made.passages, whole.settings)
    assert not [one for one in (*parsed.diagnostics, *book.diagnostics, *found) if one.is_error]
