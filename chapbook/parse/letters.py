"""Texts reduced to what Markdown never changes: their letters and digits, in order."""

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape

LETTERS = re.compile(r"[^\W_]+")
ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|[^\W_]+")


@dataclass(slots=True)
class Letters:
    """The letters of a stretch of source.

    `places` gives the offset of each. `hidden` has 1 where the letter belongs to markup, and so
    need not be seen by the reader.
    """

    text: str = ""
    places: "array[int]" = field(default_factory=lambda: array("l"))
    hidden: bytearray = field(default_factory=bytearray)


class LettersBuilder:
    """Gathers letters piece by piece, in the order of the source."""

    def __init__(self, source: str) -> None:
        """Gather from `source`."""
        self.source = source
        self.pieces: list[str] = []
        self.letters = Letters()

    def add(self, start: int, end: int, *, is_hidden: bool, is_verbatim: bool) -> None:
        """Add a stretch; in one that is not verbatim, `&auml;` may be read as a letter."""
        pattern = LETTERS if is_verbatim else ENTITY
        for match in pattern.finditer(self.source, start, end):
            word = match.group()
            if word[0] == "&":
                self._entity(match.start(), word)
            else:
                self._letters(word, range(match.start(), match.end()), is_hidden)

    def _entity(self, start: int, entity: str) -> None:
        """Add both readings, hidden: whichever is shown will be found."""
        shown = "".join(LETTERS.findall(unescape(entity)))
        self._letters(shown, [start] * len(shown), True)
        for match in LETTERS.finditer(entity):
            self._letters(match.group(), range(start + match.start(), start + match.end()), True)

    def _letters(self, text: str, places: Iterable[int], is_hidden: bool) -> None:
        self.pieces.append(text)
        self.letters.places.extend(places)
        self.letters.hidden.extend((b"\x01" if is_hidden else b"\x00") * len(text))

    def build(self) -> Letters:
        """Give what was gathered."""
        self.letters.text = "".join(self.pieces)
        return self.letters


def letters_of(text: str) -> str:
    """Give the letters and digits of a text."""
    return "".join(LETTERS.findall(text))


def word_starts(text: str) -> bytearray:
    """Give for each letter of a text whether a word begins with it."""
    starts = bytearray()
    for match in LETTERS.finditer(text):
        starts += b"\x01" + bytes(match.end() - match.start() - 1)
    return starts
