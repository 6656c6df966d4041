"""Take out the characters that no XML file may hold, and those that we use as signs."""

import re

from chapbook.diagnostics import Code, Diagnostic, Location, warning
from chapbook.model import SourceFile
from chapbook.parse.marks import GONE

# https://www.w3.org/TR/xml/#charsets; U+FFFC stands for an image in the text of a passage.
ILLEGIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffc\ufffe\uffff]"
    "|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff]"
)
# https://html.spec.whatwg.org/#numeric-character-reference-state: the semicolon may be missing.
REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]{1,9})|0*([0-9]{1,9}));?")


def legible(source: SourceFile) -> tuple[str, list[Diagnostic]]:
    """Give the text with a sign in the place of each such character, and one finding a line."""
    found: dict[int, Diagnostic] = {}
    for match in ILLEGIBLE.finditer(source.text, source.body):
        at = source.locate(match.start())
        name = f"U+{ord(match.group()):04X}"
        message = f"the character {name} cannot stand in a book and was taken out"
        found.setdefault(at.line, warning(Code.CONTROL_CHARACTER, message, at, "delete it"))
    return ILLEGIBLE.sub(GONE, source.text) if found else source.text, list(found.values())


def without_illegible(html: str, source: SourceFile) -> tuple[str, list[Diagnostic]]:
    """Take the references to such characters, as in `&#1;`, out of HTML, and report each."""
    found: list[Diagnostic] = []

    def take_out(match: re.Match[str]) -> str:
        number = int(match[1], 16) if match[1] else int(match[2])
        if number <= 0x10FFFF and not ILLEGIBLE.fullmatch(chr(number)):
            return match.group()
        is_once = source.text.count(match.group(), source.body) == 1
        offset = source.text.find(match.group(), source.body)
        at = source.locate(offset) if is_once else Location(source.path)
        message = f"{match.group()} cannot stand in a book and was taken out"
        found.append(warning(Code.CONTROL_CHARACTER, message, at, "delete it"))
        return ""

    return REFERENCE.sub(take_out, html), list(dict.fromkeys(found))
