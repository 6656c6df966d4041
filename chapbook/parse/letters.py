"""Texts reduced to what Markdown never changes: their letters and digits, in order."""

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from html import unescape
from itertools import compress

NO_LETTERS = re.compile(r"[\W_]+")
ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Most of a text is ASCII, which a table reads at a hundredth of the cost.
IS_LETTER = bytes(chr(code).isalnum() for code in range(128)) + bytes(128)
NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
OTHERS = bytes(code for code in range(128) if not IS_LETTER[code])


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

    def __init__(self, source: str, start: int = 0, end: int | None = None) -> None:
        """Gather from `source`, between two offsets of it."""
        self.source = source
        stretch = source[start:end]
        is_letter = mask(stretch)
        self.known = letters_of(stretch)
        self.known_places = array("l", compress(range(start, start + len(stretch)), is_letter))
        self.pieces: list[str] = []
        self.letters = Letters()

    def add(self, start: int, end: int, *, is_hidden: bool, is_verbatim: bool) -> None:
        """Add a stretch; in one that is not verbatim, `&auml;` may be read as a letter."""
        if not is_verbatim and self.source.find("&", start, end) >= 0:
            for match in ENTITY.finditer(self.source, start, end):
                self._add(start, match.start(), is_hidden)
                self._entity(match.start(), match.group())
                start = match.end()
        self._add(start, end, is_hidden)

    def _entity(self, start: int, entity: str) -> None:
        """Add both readings, hidden: whichever is shown will be found."""
        shown = letters_of(unescape(entity))
        self.pieces.append(shown)
        self.letters.places.extend([start] * len(shown))
        self.letters.hidden.extend(b"\x01" * len(shown))
        self._add(start, start + len(entity), True)

    def _add(self, start: int, end: int, is_hidden: bool) -> None:
        first = bisect_left(self.known_places, start)
        last = bisect_left(self.known_places, end, first)
        self.pieces.append(self.known[first:last])
        self.letters.places.extend(self.known_places[first:last])
        self.letters.hidden.extend((b"\x01" if is_hidden else b"\x00") * (last - first))

    def build(self) -> Letters:
        """Give what was gathered."""
        self.letters.text = "".join(self.pieces)
        return self.letters


def mask(text: str) -> bytes:
    """Give 1 for each character of a text that is a letter or a digit, and 0 for each other."""
    found = text.encode("ascii", "replace").translate(IS_LETTER)
    if text.isascii():
        return found
    others = bytearray(found)
    for match in NOT_ASCII.finditer(text):
        others[match.start() : match.end()] = bytes(map(str.isalnum, match.group()))
    return bytes(others)


def letters_of(text: str) -> str:
    """Give the letters and digits of a text."""
    if text.isascii():
        return text.encode().translate(None, OTHERS).decode()
    others = text.encode("utf-8", "surrogatepass").translate(None, OTHERS)
    return NO_LETTERS.sub("", others.decode("utf-8", "surrogatepass"))


def word_starts(text: str) -> bytes:
    """Give for each letter of a text whether a word begins with it."""
    is_letter = mask(text)
    letters = int.from_bytes(is_letter, "little")
    firsts = letters & ~(letters << 8)
    return bytes(compress(firsts.to_bytes(len(text), "little"), is_letter))
