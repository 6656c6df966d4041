"""A book whose notes stand beside its pages and at the end of its e-book, its citations among them.

That it is made at all says that every word of it was found where it must be.
"""

import re
import zipfile
from pathlib import Path

import pypdfium2

from tests.conftest import BuildBook

FILES = {
    "book.toml": """
title = "Orchards"
language = "en"
editions = ["screen", "epub"]
chapters = ["one.md", "two.md"]

[[contributors]]
name = "Somebody"

[citations]
sources = "references.bib"
style = "notes"

[notes]
screen = "side"
epub = "book"
""",
    "references.bib": "@book{doe99, author={Doe, Jane}, title={Trees}, year=1999}\n",
    "one.md": "# One\n\nOld trees [@doe99, p. 3] stay.[^own] Again.[^own]\n\n"
    "[^own]: A note of *one*, with [@doe99, p. 4] in it.\n",
    "two.md": "# Two\n\nYoung [@doe99, p. 5]. Still young [@doe99].[^long]\n\n"
    f"[^long]: {'It goes on. ' * 90}\n",
}


def test_notes_and_citations_in_each_edition(tmp_path: Path, build_book: BuildBook) -> None:
    folder = tmp_path / "source"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    built = build_book(folder)
    assert (built.status, built.said.splitlines()) == (0, [])
    pages = [
        page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(built.only(".pdf"))
    ]
    (one,) = (page for page in pages if "Old trees" in page)
    assert "Jane Doe, Trees, 1999, p. 3." in " ".join(one.replace("\xa0", " ").split())
    assert "A note of one, with Doe, Trees, p. 4 in it." in " ".join(
        one.replace("\xa0", " ").split()
    )
    with zipfile.ZipFile(built.only(".epub")) as epub:
        notes = epub.read("EPUB/endnotes.xhtml").decode()
    assert re.findall(r"<h2>(.*?)</h2>", notes) == ["1. One", "2. Two"]
    assert re.findall(r'href="(chapter-001.xhtml#call-2[-\d]*)"', notes) == [
        "chapter-001.xhtml#call-2", "chapter-001.xhtml#call-2-2",
    ]  # fmt: skip
