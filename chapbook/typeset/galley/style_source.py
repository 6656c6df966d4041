"""Find a line of the style sheet again in the file that it came from.

The style sheet is one text made of several files. Where a line `/* from css/base.css */` stands
before each, a place can be told in the file; without, the line itself is quoted.
"""

import re

from chapbook.diagnostics import Location

PART = re.compile(r"/\* from (\S+) \*/")
MOST_LETTERS = 100


class StyleSource:
    """The lines of a style sheet, and the files that they came from."""

    def __init__(self, text: str) -> None:
        """Take the whole style sheet."""
        self._lines = text.splitlines()

    def locate(self, line: int, column: int) -> Location | None:
        """Give the file and place of a line of the whole, or None where no file is named."""
        for before in range(min(line, len(self._lines)) - 1, -1, -1):
            part = PART.fullmatch(self._lines[before].strip())
            if part:
                return Location(part[1], line - before - 1, column)
        return None

    def quote(self, line: int) -> list[str]:
        """Give a hint that shows the line; none where the sheet has no such line."""
        if not 0 < line <= len(self._lines):
            return []
        words = " ".join(self._lines[line - 1].split())
        return [f"the line reads: {words[:MOST_LETTERS]}"]
