"""The `_quarto.yml` of a book: https://quarto.org/docs/reference/projects/books.html"""

from collections.abc import Mapping
from pathlib import Path

from chapbook.configure.foreign.translation import Translation
from chapbook.diagnostics import BookError, Code, Location, error
from chapbook.folder import read_text
from chapbook.origin import Origin, Tool
from chapbook.yaml_source import read_yaml

FILES = ("_quarto.yml", "_quarto.yaml")
VARIABLES = "_variables.yml"
LIMIT = 2**20
TEXTS = {"title": "title", "subtitle": "subtitle", "description": "description"}
# What the reading order is made of, or says nothing that a book could show.
ORDER = ("chapters", "appendices", "references")
ABOUT = ("lang", "language", "bibliography", "csl", "number-sections", "cover-image")


def read_quarto(folder: Path) -> Translation | None:
    """Read the settings of a folder that is a book of Quarto's."""
    for name in FILES:
        try:
            text = read_text(folder, name, LIMIT)
        except BookError as fault:
            if all(found.code is Code.MISSING_FILE for found in fault.diagnostics):
                continue
            raise
        return _translate(folder, name, text)
    return None


def _translate(folder: Path, name: str, text: str) -> Translation:
    table, places = read_yaml(text, name)
    made = Translation(Origin(Tool.QUARTO, name), places)
    book = table.get("book")
    if not isinstance(book, dict):
        message = "this project of Quarto is no book"
        hint = "a book has “type: book” below “project:”, and a “book:” with its chapters"
        raise BookError([error(Code.CONFIG_MISSING_KEY, message, Location(name, 1, 1), hint)])
    for key, ours in TEXTS.items():
        if key in book:
            made.take_text(ours, book[key], ("book", key))
    made.table.setdefault("title", folder.resolve().name)
    if "author" in book:
        made.take_authors(book["author"], ("book", "author"))
    if "date" in book:
        made.take_date(book["date"], ("book", "date"))
    _take_about(made, book, ("book",))
    _take_about(made, table, ())
    if book.get("appendices"):
        made.take("numbering.appendices", True, ("book", "appendices"))
    if "cover-image" in book:
        _take_cover(made, book)
    _take_variables(made, folder)
    made.pass_over_rest(
        book, (*TEXTS, *ORDER, *ABOUT, "author", "date", "cover-image-alt"), ("book",)
    )
    for key in table:
        if key not in ("book", "project", *ABOUT):
            made.pass_over((key,))
    return made


def _take_about(made: Translation, table: Mapping[str, object], at: tuple[str, ...]) -> None:
    """Note what may stand in the book's table or outside it."""
    if isinstance(language := table.get("lang"), str):
        made.take_language(language, (*at, "lang"))
    if files := table.get("bibliography"):
        made.take_list("citations.sources", files, (*at, "bibliography"))
    if style := table.get("csl"):
        made.take_text("citations.style", style, (*at, "csl"))
    if table.get("number-sections") == "false":
        made.take("numbering.chapters", False, (*at, "number-sections"))


def _take_variables(made: Translation, folder: Path) -> None:
    """Note the values that `{{< var name >}}` names."""
    if (folder / VARIABLES).is_file():
        table, places = read_yaml(read_text(folder, VARIABLES, LIMIT), VARIABLES)
        made.table["variables"] = _values(table)
        made.places["variables",] = Location(VARIABLES)
        made.places |= {("variables", *path): at for path, at in places.items() if path}


def _values(table: Mapping[str, object]) -> dict[str, object]:
    """Keep values and tables of them; a list has no name that a text could use."""
    return {
        key: _values(value) if isinstance(value, dict) else value
        for key, value in table.items()
        if isinstance(value, str | dict)
    }


def _take_cover(made: Translation, book: Mapping[str, object]) -> None:
    made.take_text("cover.image", book["cover-image"], ("book", "cover-image"))
    alt = book.get("cover-image-alt") or book.get("title") or ""
    made.take_text("cover.alt", alt, ("book", "cover-image-alt"))
