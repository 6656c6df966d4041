# ruff: noqa: RUF001  # the signs that look alike are the matter here
"""Ids out of words, as GitHub makes them, each once in a file."""

import re
import unicodedata

DROPPED = re.compile(r"[^\w\- ]")
# A space at which no line ends, but for one that a sign is set off by.
HELD = re.compile("(?<![«‹])[\u00a0\u202f](?![;:!?»›])")


def slug(text: str) -> str:
    """Keep the letters and digits of any script, lower-case, with hyphens for spaces."""
    plain = HELD.sub(" ", unicodedata.normalize("NFC", text.strip().lower()))
    return DROPPED.sub("", plain).replace(" ", "-")


class Ids:
    """The ids of one file. Those that its author gave are known from the beginning."""

    def __init__(self, given: set[str]) -> None:
        """Begin with the ids given."""
        self.taken = set(given)
        self.last: dict[str, int] = {}

    def take(self, wish: str, last_resort: str) -> str:
        """Take the id wished for, or the next free one of that name."""
        wish = wish.strip("-") or last_resort
        name, number = wish, self.last.get(wish, 0)
        while name in self.taken:
            number += 1
            name = f"{wish}-{number}"
        self.taken.add(name)
        self.last[wish] = number
        return name
