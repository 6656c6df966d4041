"""Folders that were written for another tool: what they say of the book, as our keys.

Each reader gives a table as `book.toml` would hold it, with the places of its keys in the file
that it read, and a finding for each thing in it that has no meaning here.
"""

from pathlib import Path

from chapbook.configure.foreign.mdbook import read_mdbook
from chapbook.configure.foreign.pandoc import read_pandoc
from chapbook.configure.foreign.quarto import read_quarto
from chapbook.configure.foreign.translation import Translation

__all__ = ["Translation", "read_foreign", "read_mdbook"]


def read_foreign(folder: Path) -> Translation | None:
    """Read what a folder for mdBook, Quarto or Pandoc says of its book; None for any other.

    Raises BookError where its file is at fault.
    """
    return read_mdbook(folder) or read_quarto(folder) or read_pandoc(folder)
