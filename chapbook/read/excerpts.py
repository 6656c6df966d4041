"""Take a part out of a file: between two marks, below a heading, or some of its lines.

A mark is a line `<!-- part: NAME -->`, and `<!-- end: NAME -->` or `<!-- end -->`; in code it
stands behind the sign of a comment, and mdBook's `ANCHOR: NAME` and `ANCHOR_END: NAME` will do.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from chapbook.read.verbatim import Verbatim
from chapbook.spliced import Edit, Spliced, given, join

IN_MARKDOWN = re.compile(
    r"^[ \t]*<!--[ \t]*(?P<kind>part|end)(?::[ \t]*(?P<name>[^\s>]+?))?[ \t]*-->[ \t]*(?:\n|\Z)",
    re.M,
)
IN_CODE = re.compile(
    r"^[ \t]*(?:<!--|//+|#+|--+|;+|%+|/\*+|\(\*|\"|')[ \t]*"
    r"(?:(?P<kind>part|end)(?::[ \t]*(?P<name>[^\s*>]+?))?[ \t]*(?:-->|\*/|\*\))?[ \t]*"
    r"|(?P<book>ANCHOR(?:_END)?):[ \t]*(?P<anchor>[\w-]+)[^\n]*)(?:\n|\Z)",
    re.M,
)
HEADING = re.compile(r"^ {0,3}(?P<level>#{1,6})[ \t]+(?P<words>[^\n]*?)[ \t#]*$", re.M)
OWN_ID = re.compile(r"\{:?[^{}\n]*?#(?P<id>[^\s{}]+)[^{}\n]*\}[ \t]*$")
MARKUP = re.compile(r"\{:?[^{}\n]*\}[ \t]*$|\]\([^()\n]*\)|[*`\[\]]|<[^<>\n]*>")
LINES = re.compile(r"L?(?P<first>[0-9]{1,7})(?P<dash>-(?:L?(?P<last>[0-9]{1,7}))?)?")


class Part(NamedTuple):
    """A part of a text by its name: offsets of its beginning and end."""

    name: str
    start: int
    end: int


def excerpt(text: Spliced, name: str, is_code: bool) -> Spliced | None:
    """Give the part of a text that has this name, or None; lines that are marks are left out."""
    for part in parts_of(text.text, is_code):
        if part.name.casefold() == name.casefold():
            return without_marks(text.cut(part.start, part.end), is_code)
    lines = LINES.fullmatch(name)
    return _lines(text, lines) if lines else None


def parts_of(text: str, is_code: bool) -> Iterator[Part]:
    """Give every part that has a name, in order."""
    verbatim = None if is_code else Verbatim(text)
    marks = [m for m in _marks(is_code).finditer(text) if not verbatim or _is_mark(verbatim, m)]
    for place, mark in enumerate(marks):
        if _opens(mark) and (name := _name(mark)):
            ends = (m.start() for m in marks[place + 1 :] if not _opens(m) and _closes(m, name))
            yield Part(name, mark.end(), next(ends, len(text)))
    if verbatim:
        yield from _sections(text, verbatim)


def without_marks(text: Spliced, is_code: bool) -> Spliced:
    """Take out the lines that mark parts; in Markdown they are comments already."""
    if not is_code:
        return text
    nothing = given("", text.locate(0))
    return text.edit(Edit(*mark.span(), nothing) for mark in IN_CODE.finditer(text.text))


def dedented(text: Spliced) -> Spliced:
    """Take off the blanks that all lines begin with."""
    lines = text.text.split("\n")
    width = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    if not width:
        return text
    kept = []
    start = 0
    for line in lines:
        end = start + len(line)
        kept.append(text.cut(min(start + width, end), min(end + 1, len(text.text))))
        start = end + 1
    return join(kept)


def _marks(is_code: bool) -> re.Pattern[str]:
    return IN_CODE if is_code else IN_MARKDOWN


def _is_mark(verbatim: Verbatim, mark: re.Match[str]) -> bool:
    """A comment is verbatim itself; in code before it, it would not be a mark."""
    fences = verbatim.fences
    return not any(fence.start <= mark.start() < fence.end for fence in fences)


def _opens(mark: re.Match[str]) -> bool:
    groups = mark.groupdict()
    return mark["kind"] == "part" or groups.get("book") == "ANCHOR"


def _name(mark: re.Match[str]) -> str:
    return mark["name"] or mark.groupdict().get("anchor") or ""


def _closes(mark: re.Match[str], name: str) -> bool:
    return _name(mark) in ("", name)


def _sections(text: str, verbatim: Verbatim) -> Iterator[Part]:
    headings = [m for m in HEADING.finditer(text) if not verbatim.covers(m.start())]
    for place, heading in enumerate(headings):
        level = len(heading["level"])
        ends = (m.start() for m in headings[place + 1 :] if len(m["level"]) <= level)
        yield Part(_id(heading["words"]), heading.start(), next(ends, len(text)))


def _id(words: str) -> str:
    """Give the id of a heading, as its chapter would."""
    own = OWN_ID.search(words)
    if own:
        return own["id"]
    plain = unicodedata.normalize("NFC", MARKUP.sub("", words).strip().lower())
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-").strip("-")


def _lines(text: Spliced, wanted: re.Match[str]) -> Spliced | None:
    starts = [0, *(match.end() for match in re.finditer("\n", text.text))]
    first = int(wanted["first"])
    last = int(wanted["last"] or (len(starts) if wanted["dash"] else first))
    if not 1 <= first <= min(last, len(starts)):
        return None
    end = starts[last] if last < len(starts) else len(text.text)
    return text.cut(starts[first - 1], end)
