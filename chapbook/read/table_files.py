"""Reads the files of values that a text shows as tables: `[table: prices.csv]`."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from chapbook.diagnostics import BookError, Location
from chapbook.folder import find_file, text_of
from chapbook.model import SourceFile, TableFile
from chapbook.read.listing import in_book

# Whether it is a directive, and no example in a code block, is seen when the text is parsed.
NAMED = re.compile(r"\[table:[ \t]*(?P<name>[^\[\]\n]+?\.(?:csv|tsv))[ \t]*\]", re.IGNORECASE)
# More bytes than any table of a book has.
LARGEST = 1_000_000


def with_tables(source: SourceFile, folder: Path) -> SourceFile:
    """Give a source with the files of values that it names, or with what is wrong with them.

    A name is looked for beside the source, then from the book's folder. Never raises.
    """
    names = dict.fromkeys(found["name"] for found in NAMED.finditer(source.text, source.body))
    return replace(source, tables=tuple(_read(source, folder, name) for name in names))


def _read(source: SourceFile, folder: Path, name: str) -> TableFile:
    faults: BookError | None = None
    for path in _candidates(source.path, name):
        try:
            text = text_of(find_file(folder, path), path, LARGEST, Location(path))
        except BookError as fault:
            faults = faults or fault
        else:
            return TableFile(name, path, text)
    path = next(_candidates(source.path, name))
    return TableFile(name, path, "", faults.diagnostics if faults else ())


def _candidates(source: str, name: str) -> Iterator[str]:
    beside = in_book(posixpath.join(posixpath.dirname(source), name.lstrip("/")))
    from_book = in_book(name.lstrip("/"))
    yield from dict.fromkeys((beside, from_book))
