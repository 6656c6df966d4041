"""What Pandoc reads of a book before its text: https://pandoc.org/MANUAL.html#metadata-blocks

A file `metadata.yaml`, the YAML at the beginning of the first Markdown file, or the lines there
that begin with `%`.
"""

import re
from pathlib import Path

from chapbook.configure.foreign.translation import Translation
from chapbook.diagnostics import BookError, Location
from chapbook.folder import read_text
from chapbook.origin import Origin, Tool
from chapbook.toml_source import KeyPath, Places, Table
from chapbook.yaml_source import read_yaml

FILES = ("metadata.yaml", "metadata.yml")
LIMIT = 16 * 2**20
MOST = 2_000
BLOCK = re.compile(r"---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.M | re.S)
TITLE_LINES = re.compile(r"(?:%[^\n]*\n(?:[ \t]+[^\n]*\n)*){1,3}")
TEXTS = {
    "title": "title",
    "subtitle": "subtitle",
    "publisher": "publisher",
    "rights": "rights",
    "description": "description",
    "abstract": "description",
    "edition": "edition",
    "csl": "citations.style",
}
LISTS = {"subject": "subjects", "keywords": "subjects", "bibliography": "citations.sources"}


def read_pandoc(folder: Path) -> Translation | None:
    """Read the settings of a folder whose first file, or whose metadata, has the book's title."""
    for name in FILES:
        if (folder / name).is_file():
            return _translate(name, *read_yaml(read_text(folder, name, LIMIT), name))
    first, *others = _files(folder) or [""]
    if not first:
        return None
    text = _text(folder, first)
    lines = TITLE_LINES.match(text)
    table, places = _title_lines(lines.group(), first) if lines else _block(text, first)
    if not table.get("title") or any(_has_title(_text(folder, name)) for name in others):
        return None
    return _translate(first, table, places)


def _files(folder: Path) -> list[str]:
    """Name the Markdown files at the top in their order: numbers by value."""
    try:
        names = [each.name for each in folder.iterdir() if each.suffix in (".md", ".markdown")]
    except OSError:
        return []
    return sorted(names, key=_natural)[:MOST]


def _natural(name: str) -> list[tuple[bool, int, str]]:
    pieces = re.split(r"(\d+)", name.casefold())
    return [
        (not piece.isdigit(), int(piece) if piece.isdigit() else 0, piece)
        for piece in pieces
        if piece
    ]


def _text(folder: Path, name: str) -> str:
    try:
        return read_text(folder, name, LIMIT)
    except BookError:
        return ""  # the next stage says what is wrong with it


def _block(text: str, path: str) -> tuple[Table, dict[KeyPath, Location]]:
    block = BLOCK.match(text)
    if block is None:
        return {}, {}
    try:
        table, places = read_yaml(block["yaml"], path, 2)
    except BookError:
        return {}, {}
    return table, dict(places)


def _has_title(text: str) -> bool:
    block = BLOCK.match(text)
    return block is not None and bool(re.search(r"^title[ \t]*:", block["yaml"], re.M))


def _title_lines(lines: str, path: str) -> tuple[Table, dict[KeyPath, Location]]:
    """Read `% title`, `% authors`, `% date`."""
    starts = [match.start() for match in re.finditer("^%", lines, re.M)]
    texts = [lines[a + 1 : b].strip() for a, b in zip(starts, [*starts[1:], None], strict=True)]
    table: dict[str, object] = {}
    places: dict[KeyPath, Location] = {}
    for key, text, start in zip(("title", "author", "date"), texts, starts, strict=False):
        if text:
            table[key] = (
                re.split(r";\s*|\n\s*", text) if key == "author" else " ".join(text.split())
            )
            places[(key,)] = Location(path, lines.count("\n", 0, start) + 1, 3)
    return table, places


def _translate(path: str, table: Table, places: Places) -> Translation:
    made = Translation(Origin(Tool.PANDOC, path), places)
    for key, value in table.items():
        if key in TEXTS:
            made.take_text(TEXTS[key], value, (key,))
        elif key in LISTS:
            made.take_list(LISTS[key], value, (key,))
        elif key in ("author", "creator"):
            made.take_authors(value, (key,))
        elif key == "date":
            made.take_date(value, (key,))
        elif key in ("lang", "language"):
            made.take_language(value, (key,))
        elif key == "cover-image":
            made.take_text("cover.image", value, (key,))
            made.take_text("cover.alt", table.get("cover-alt") or table["title"], (key,))
        elif key != "cover-alt":
            made.pass_over((key,))
    return made
