"""The `book.toml` of mdBook: https://rust-lang.github.io/mdBook/format/configuration/general.html"""

import re
from pathlib import Path

from chapbook.configure.foreign.translation import Translation
from chapbook.diagnostics import BookError
from chapbook.folder import find_file, read_text
from chapbook.origin import Origin, Tool
from chapbook.toml_source import read_toml

FILE = "book.toml"
SUMMARY = "SUMMARY.md"
LIMIT = 2**20
KNOWN = ("title", "authors", "description", "language", "src")
TITLE = re.compile(r"^#[ \t]+(?!Summary\b)(\S[^\n]*?)[ \t#]*$", re.M | re.I)


def read_mdbook(folder: Path) -> Translation | None:
    """Read the settings of a folder that has a summary, and no `book.toml` of ours."""
    is_there = _stands(folder, FILE)
    table, places = read_toml(read_text(folder, FILE, LIMIT), FILE) if is_there else ({}, {})
    book = table.get("book", {})
    if "title" in table or not isinstance(book, dict) or (is_there and "book" not in table):
        return None
    sources = str(book.get("src", "src"))
    summary = f"{sources}/{SUMMARY}" if sources not in ("", ".") else SUMMARY
    if not _stands(folder, summary):
        return None
    made = Translation(Origin(Tool.MDBOOK, FILE if is_there else summary, sources), places)
    if "title" in book:
        made.take_text("title", book["title"], ("book", "title"))
    else:
        found = TITLE.search(read_text(folder, summary, LIMIT))
        made.take("title", found[1] if found else folder.resolve().name, ("book",))
    if "authors" in book:
        made.take_authors(book["authors"], ("book", "authors"))
    if "description" in book:
        made.take_text("description", book["description"], ("book", "description"))
    if "language" in book:
        made.take_language(book["language"], ("book", "language"))
    made.pass_over_rest(book, KNOWN, ("book",))
    for name, inside in table.items():
        if name in ("output", "preprocessor") and isinstance(inside, dict):
            made.pass_over_rest(inside, (), (name,))
        elif name != "book":
            made.pass_over((name,))
    return made


def _stands(folder: Path, path: str) -> bool:
    try:
        find_file(folder, path)
    except BookError:
        return False
    return True
