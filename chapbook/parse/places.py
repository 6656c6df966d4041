"""The lines and columns of one file."""

import re
from bisect import bisect_right

from chapbook.diagnostics import Location


class Places:
    """Gives the line and the column of an offset, without counting from the beginning each time."""

    def __init__(self, path: str, text: str) -> None:
        """Learn where the lines of the file at `path` begin."""
        self.path = path
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def locate(self, offset: int) -> Location:
        """Give the place of a character, counting from 1."""
        line = bisect_right(self.starts, offset)
        return Location(self.path, line, offset - self.starts[line - 1] + 1)
