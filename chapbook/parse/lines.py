"""The lines of a source, each with the place where it stands."""

import re
from typing import NamedTuple

QUOTE = re.compile(r"[ \t]*>[ ]?")


class Line(NamedTuple):
    """A line, or what is left of it, without its end; `offset` is that of its first character."""

    offset: int
    text: str

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.offset + len(self.text)


def split(text: str, start: int) -> list[Line]:
    """Give the lines of `text` from the offset `start` on."""
    lines = []
    for piece in text[start:].split("\n"):
        lines.append(Line(start, piece))
        start += len(piece) + 1
    return lines


def join(lines: list[Line], first: int, start: int, last: int, end: int) -> str:
    """Give the text from a column of one line to a column of another."""
    if first == last:
        return lines[first].text[start:end]
    middle = (line.text for line in lines[first + 1 : last])
    return "\n".join((lines[first].text[start:], *middle, lines[last].text[:end]))


def indent_of(text: str) -> int:
    """Give the columns of white space before the first character, tabs reaching to fours."""
    if text[:1] not in (" ", "\t"):
        return 0
    bare = text.lstrip(" \t")
    return len(text[: len(text) - len(bare)].expandtabs(4))


def strip_columns(line: Line, columns: int) -> Line:
    """Take up to so many columns of white space off the beginning of a line."""
    taken = 0
    width = 0
    while width < columns and taken < len(line.text) and line.text[taken] in " \t":
        width = width + 1 if line.text[taken] == " " else (width // 4 + 1) * 4
        taken += 1
    return Line(line.offset + taken, " " * max(width - columns, 0) + line.text[taken:])


def unquote(line: Line, depth: int) -> Line | None:
    """Take so many `>` off a line; None where it has fewer."""
    end = 0
    for _ in range(depth):
        match = QUOTE.match(line.text, end)
        if match is None:
            return None
        end = match.end()
    return Line(line.offset + end, line.text[end:])


def dedent(lines: list[Line]) -> list[Line]:
    """Take off the white space that all lines but the first have in common."""
    columns = min((indent_of(line.text) for line in lines[1:] if line.text.strip()), default=0)
    return [lines[0], *(strip_columns(line, columns) for line in lines[1:])]
