"""What `book.toml` says of notes, of works cited and of abbreviations: a part of `settings`."""

from dataclasses import dataclass
from enum import StrEnum


class NotePlace(StrEnum):
    """Where the notes of an edition stand."""

    FOOT = "foot"
    SIDE = "side"
    CHAPTER = "chapter"
    BOOK = "book"


@dataclass(frozen=True, slots=True)
class Notes:
    """Where the notes stand: at the foot, beside the text, at the chapter's or the book's end.

    In an e-book, `foot` is a note that pops up.
    """

    screen: NotePlace = NotePlace.FOOT
    print: NotePlace = NotePlace.FOOT
    epub: NotePlace = NotePlace.FOOT

    def place_in(self, edition: str) -> NotePlace:
        """Give the place of the notes in an edition; what is on paper is as the print is."""
        return {"screen": self.screen, "epub": self.epub}.get(edition, self.print)


class FileNames(tuple[str, ...]):
    """The names of one file or more; a book may write one without a list."""

    __slots__ = ()


class Per(StrEnum):
    """What has a list of its own."""

    BOOK = "book"
    CHAPTER = "chapter"


class Nocite(StrEnum):
    """Which works are listed although nothing cites them."""

    NONE = "none"
    ALL = "all"


class SpellOut(StrEnum):
    """How often the text says behind an abbreviation what it means: at its first use in …"""

    NEVER = "never"
    CHAPTER = "chapter"
    BOOK = "book"


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """How abbreviations are shown."""

    spell_out: SpellOut = SpellOut.NEVER


@dataclass(frozen=True, slots=True)
class Citations:
    """The works that the text cites.

    `sources` are files of the book that describe them: BibTeX, CSL-JSON or CSL-YAML. `style` is
    one of the house's, or a CSL file of the book (https://citationstyles.org).
    """

    sources: FileNames = FileNames()
    style: str = "author-date"
    per: Per = Per.BOOK
    nocite: Nocite = Nocite.NONE
