"""Take out the characters that no XML file may hold, and those that we use as signs."""

import re

from chapbook.diagnostics import Code, Diagnostic, warning
from chapbook.model import SourceFile
from chapbook.parse.marks import GONE

# https://www.w3.org/TR/xml/#charsets; U+FFFC stands for an image in the text of a passage.
ILLEGIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffc\ufffe\uffff]"
    "|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff]"
)


def legible(source: SourceFile) -> tuple[str, list[Diagnostic]]:
    """Give the text with a sign in the place of each such character, and one finding a line."""
    found: dict[int, Diagnostic] = {}
    for match in ILLEGIBLE.finditer(source.text, source.body):
        at = source.locate(match.start())
        name = f"U+{ord(match.group()):04X}"
        message = f"the character {name} cannot stand in a book and was taken out"
        found.setdefault(at.line, warning(Code.CONTROL_CHARACTER, message, at, "delete it"))
    return ILLEGIBLE.sub(GONE, source.text) if found else source.text, list(found.values())
