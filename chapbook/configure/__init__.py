"""Reads `book.toml` strictly: every fault in one run, each with its place."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

from chapbook.configure.catalogue_values import CATALOGUE_CONVERTERS, check_catalogue
from chapbook.configure.epub_values import check_epub
from chapbook.configure.lengths import number
from chapbook.configure.print_shop_values import check_print_shop
from chapbook.configure.values import CHECKS, day, file_names, is_known_role, make_slug, trim
from chapbook.configure.variable_values import variables
from chapbook.diagnostics import BookError, Code, Diagnostic, Location, Outcome, Severity
from chapbook.folder import read_text
from chapbook.origin import Origin
from chapbook.print_shop import Trim
from chapbook.schema import Convert, Structurer
from chapbook.scholarship import FileNames
from chapbook.settings import BookSettings, Variables
from chapbook.toml_source import Places, Table, read_toml

FILE_NAME = "book.toml"
_SIZE_LIMIT = 2**20
_CONVERTERS: dict[type, Convert] = {
    date: day,
    Trim: trim,
    float: number,
    FileNames: file_names,
    Variables: variables,
    **CATALOGUE_CONVERTERS,
}
_CONTRIBUTOR = 'write [[contributors]] and below it name = "…"'
_ADVICE = {
    "author": _CONTRIBUTOR,
    "authors": _CONTRIBUTOR,
    "isbn": 'each edition has its own: write [identifiers] and below it print = "978-…"',
    "book": "the title and the like stand at the top, in no table",
}


def read_settings(folder: Path) -> Outcome[BookSettings]:
    """Read `folder/book.toml`, or what a folder for mdBook, Quarto or Pandoc has in its place.

    What is faulty is found, and its default holds in the settings, so that later stages can go
    on looking for faults. A slug and a UUID that the book does not give are made of its title.
    Raises BookError where the file is missing or is not TOML.
    """
    table, places, origin, passed_over = _read_table(folder)
    structurer = Structurer(places, _CONVERTERS, CHECKS, advice=_ADVICE)
    structurer.findings += passed_over
    settings = structurer.table(BookSettings, table)
    _check_whole(settings, structurer)
    check_print_shop(settings, structurer, folder)
    check_epub(settings, structurer)
    check_catalogue(settings, structurer)
    settings = replace(
        settings,
        slug=settings.slug or make_slug(settings.title) or make_slug(_name(folder)) or "book",
        identifiers=replace(
            settings.identifiers, uuid=settings.identifiers.uuid or _make_uuid(settings)
        ),
        origin=origin,
        locations=_locations(places),
    )
    return Outcome(settings, tuple(sorted(structurer.findings, key=_reading_order)))


def _read_table(folder: Path) -> tuple[Table, Places, Origin, list[Diagnostic]]:
    """Give a book's keys, their places, what they were written for, and what was passed over."""
    has_own = (folder / FILE_NAME).is_file()
    table, places = read_toml(_read(folder), FILE_NAME) if has_own else ({}, {})
    if has_own and ("title" in table or "book" not in table):
        return table, places, Origin(), []
    # Imported here: most books are ours.
    from chapbook.configure.foreign import read_foreign, read_mdbook

    foreign = read_mdbook(folder) if has_own else read_foreign(folder)
    if foreign is not None:
        return foreign.table, foreign.places, foreign.origin, foreign.findings
    if not has_own:
        _read(folder)  # says that it is missing
    return table, places, Origin(), []


def _read(folder: Path) -> str:
    try:
        return read_text(folder, FILE_NAME, _SIZE_LIMIT)
    except BookError as fault:
        hint = f'a book is a folder with a {FILE_NAME}, which needs no more than title = "…"'
        raise BookError(
            replace(found, hints=(hint,)) if found.code is Code.MISSING_FILE else found
            for found in fault.diagnostics
        ) from None


def _check_whole(settings: BookSettings, structurer: Structurer) -> None:
    """Check what no single key can tell."""
    for index, part in enumerate(settings.parts):
        here = ("parts", str(index))
        if not part.chapters and (*here, "chapters", "0") not in structurer.places:
            message = f'the part "{part.title}" has no chapters'
            structurer.report(Code.CONFIG_MISSING_KEY, message, here, 'list them in "chapters"')
    for key, names in (("front", settings.front), ("back", settings.back)):
        if "bibliography" in (names or ()) and not settings.citations.sources:
            here = (key, str((names or ()).index("bibliography")))
            message = 'the page "bibliography" lists nothing: the book names no list of sources'
            hint = 'write [citations] and below it sources = "references.bib"'
            structurer.report(Code.CONFIG_BAD_VALUE, message, here, hint)
    for index, contributor in enumerate(settings.contributors):
        if not is_known_role(contributor.role):
            path = ("contributors", str(index), "role")
            message = f'"{contributor.role}" is not a role that books commonly have'
            hint = "see https://www.loc.gov/marc/relators/relaterm.html"
            code, severity = Code.CONFIG_BAD_VALUE, Severity.WARNING
            structurer.report(code, message, path, hint, severity=severity)
    if settings.cover.image and not settings.cover.alt.strip():
        message = "the cover image has no text alternative"
        hint = 'say in "alt" what it shows'
        structurer.report(Code.MISSING_ALT, message, ("cover", "image"), hint)


def _make_uuid(settings: BookSettings) -> str:
    author = next((person.name for person in settings.contributors if person.role == "aut"), "")
    return uuid5(NAMESPACE_OID, "\n".join((settings.title, settings.language, author))).urn


def _name(folder: Path) -> str:
    return folder.resolve().name


def _locations(places: Places) -> dict[str, Location]:
    return {".".join(path): place for path, place in places.items() if path}


def _reading_order(finding: Diagnostic) -> Location:
    return finding.at or Location(FILE_NAME)
