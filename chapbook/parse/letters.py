"""Texts reduced to what Markdown never changes: their letters and digits, in order."""

import re
from array import array
from dataclasses import dataclass, field
from html import unescape

LETTERS = re.compile(r"[^\W_]+")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|[^\W_]+")


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
        """Add a stretch; in one that is not verbatim, `&auml;` is a letter."""
        pattern = LETTERS if is_verbatim else ENTITY
        before = len(self.letters.places)
        for match in pattern.finditer(self.source, start, end):
            word = match.group()
            if word[0] == "&":
                shown = "".join(LETTERS.findall(unescape(word)))
                self.pieces.append(shown)
                self.letters.places.extend([match.start()] * len(shown))
            else:
                self.pieces.append(word)
                self.letters.places.extend(range(match.start(), match.end()))
        count = len(self.letters.places) - before
        self.letters.hidden.extend((b"\x01" if is_hidden else b"\x00") * count)

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
