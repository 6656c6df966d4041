"""What a validator objects to."""

import re
from dataclasses import dataclass

from chapbook.diagnostics import Severity

# A word that begins in small letters within a sentence: no abbreviation, no name, no quotation.
PLAIN_WORD = re.compile(r"[A-Z][a-z]*(?=[\s,;:.]|$)")


@dataclass(frozen=True, slots=True)
class Objection:
    """One objection: the rule by the validator's own name, and what it says of it.

    `file` is the name of a file in the package, '' where it is of the whole. The place in it is
    a line and column (from 1, 0 is unknown) or `steps` from the root, as an EPUB CFI has them.
    """

    severity: Severity
    rule: str
    message: str
    file: str = ""
    line: int = 0
    column: int = 0
    steps: tuple[int, ...] = ()
    advice: str = ""


def in_one_line(words: str) -> str:
    """Write what a validator says as our messages are: no line ends, no capital, no full stop."""
    line = " ".join(words.split()).rstrip(".")
    first = PLAIN_WORD.match(line)
    return line[:1].lower() + line[1:] if first else line
