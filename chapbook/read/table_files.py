"""Reads the files of values that a text shows as tables: `[table: prices.csv]`."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from chapbook.diagnostics import BookError, Code, Diagnostic, Location
from chapbook.folder import find_file, text_of
from chapbook.model import SourceFile, TableFile
from chapbook.read.listing import has_suffix, in_book
from chapbook.schema import nearest

# Whether it is a directive, and no example in a code block, is seen when the text is parsed.
NAMED = re.compile(r"\[table:[ \t]*(?P<name>[^\[\]\n]+?\.(?:csv|tsv))[ \t]*\]", re.IGNORECASE)
# More bytes than any table of a book has.
LARGEST = 1_000_000
TABLES = (".csv", ".tsv")
MOST_COMPARED = 2000


def with_tables(source: SourceFile, folder: Path) -> SourceFile:
    """Give a source with the files of values that it names, or with what is wrong with them.

    A name is looked for beside the file in which it is written, then from the book's folder. Never
    raises.
    """
    places: dict[str, str] = {}
    for found in NAMED.finditer(source.text, source.body):
        places.setdefault(found["name"], source.locate(found.start()).path)
    return replace(source, tables=tuple(_read(at, folder, name) for name, at in places.items()))


def _read(source: str, folder: Path, name: str) -> TableFile:
    faults: BookError | None = None
    for path in _candidates(source, name):
        try:
            text = text_of(find_file(folder, path), path, LARGEST, Location(path))
        except BookError as fault:
            faults = faults or fault
        else:
            return TableFile(name, path, text)
    path = next(_candidates(source, name))
    found = faults.diagnostics if faults else ()
    return TableFile(name, path, "", tuple(_hinted(fault, folder, path) for fault in found))


def _hinted(fault: Diagnostic, folder: Path, path: str) -> Diagnostic:
    """Name the file beside a missing one whose name is most like it."""
    if fault.code is not Code.MISSING_FILE:
        return fault
    try:
        beside = list((folder / path).parent.iterdir())
    except OSError:
        return fault
    names = sorted(one.name for one in beside if has_suffix(one.name, TABLES))
    return replace(fault, hints=nearest(posixpath.basename(path), tuple(names[:MOST_COMPARED])))


def _candidates(source: str, name: str) -> Iterator[str]:
    beside = in_book(posixpath.join(posixpath.dirname(source), name.lstrip("/")))
    from_book = in_book(name.lstrip("/"))
    yield from dict.fromkeys((beside, from_book))
