"""A text that was put together from several places, each character of which knows its own.

`read` puts such texts together, with what is included and the values of variables; `parse` asks
where a word of one was written.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from chapbook.diagnostics import Location
from chapbook.model import Piece


class Places:
    """Gives the line and the column of an offset, without counting from the beginning each time."""

    def __init__(self, path: str, text: str, pieces: tuple[Piece, ...] = ()) -> None:
        """Learn where the lines of a text begin, and the places of its pieces, if it has any."""
        self.path = path
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.pieces = pieces
        self.firsts = [piece.start for piece in pieces]

    def locate(self, offset: int) -> Location:
        """Give the place of a character, counting from 1."""
        line = bisect_right(self.starts, offset)
        column = offset - self.starts[line - 1] + 1
        if not self.pieces:
            return Location(self.path, line, column)
        piece = self.pieces[max(bisect_right(self.firsts, offset) - 1, 0)]
        if piece.is_given:
            return piece.at
        first = bisect_right(self.starts, piece.start)
        if line == first:
            column = piece.at.column + offset - piece.start
        return Location(piece.at.path, piece.at.line + line - first, column)


class Edit(NamedTuple):
    """What is put in the place of a stretch of a text."""

    start: int
    end: int
    put: "Spliced"


@dataclass(frozen=True)
class Spliced:
    """A text and the pieces that it consists of; an empty text has none."""

    text: str
    pieces: tuple[Piece, ...]

    @cached_property
    def places(self) -> Places:
        """The places of its characters."""
        return Places("", self.text, self.pieces)

    def locate(self, offset: int) -> Location:
        """Give the place at which a character was written."""
        return self.places.locate(offset)

    def cut(self, start: int, end: int | None = None) -> "Spliced":
        """Give the text from one offset to another."""
        end = len(self.text) if end is None else end
        if start >= end:
            return NOTHING
        first = max(bisect_right(self.places.firsts, start) - 1, 0)
        last = bisect_right(self.places.firsts, end - 1)
        head = Piece(0, self.locate(start), self.pieces[first].is_given)
        rest = (Piece(p.start - start, p.at, p.is_given) for p in self.pieces[first + 1 : last])
        return Spliced(self.text[start:end], (head, *rest))

    def edit(self, edits: Iterable[Edit]) -> "Spliced":
        """Give the text with these stretches replaced; they must not overlap."""
        here = 0
        parts = []
        for each in sorted(edits, key=lambda one: one[:2]):
            parts += [self.cut(here, each.start), each.put]
            here = each.end
        return join((*parts, self.cut(here))) if parts else self


NOTHING = Spliced("", ())


def whole(path: str, text: str) -> Spliced:
    """Give the text of a file as it stands."""
    return Spliced(text, (Piece(0, Location(path, 1, 1)),)) if text else NOTHING


def given(text: str, at: Location) -> Spliced:
    """Give a text that was not written so, all of it at the place of what it stands for."""
    return Spliced(text, (Piece(0, at, True),)) if text else NOTHING


def join(parts: Iterable[Spliced]) -> Spliced:
    """Put texts together in order."""
    texts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for part in parts:
        pieces += (Piece(piece.start + length, piece.at, piece.is_given) for piece in part.pieces)
        texts.append(part.text)
        length += len(part.text)
    return Spliced("".join(texts), tuple(pieces))
