"""What the print shop must know of a book to make the printer's file of its pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chapbook.diagnostics import Location
from chapbook.print_shop import Print, Trim
from chapbook.publication import Metadata
from chapbook.settings import Edition


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One file for the printer.

    `profile` is the printer's own ICC output profile, read and checked; None means the house's.
    `sources` is the SHA-256 of the sources, for the slug line. `locations` tells where a key of
    `book.toml` stands, by its dotted path (`print.bleed`). `faces` are the font files that the slug
    is lettered in: each letter in the first that has it.
    """

    settings: Print
    metadata: Metadata
    trim: Trim
    profile: bytes | None = field(default=None, repr=False)
    sources: str = ""
    locations: Mapping[str, Location] = field(default_factory=dict, compare=False)
    edition: Edition = Edition.PRINT
    folds: tuple[float, ...] = ()
    faces: tuple[Path, ...] = ()
