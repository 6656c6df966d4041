"""What a text says for one language or one edition alone.

`!!! only lang=ja` with an indented text: another language's goes here, before anything is
numbered. What is for one edition stays in the text, for numbers are the same in all; here it is
only asked whether there is such an edition.
"""

import re
from collections.abc import Iterator

from chapbook.conditions import SHOWN_IN, speaks
from chapbook.diagnostics import Code, Diagnostic, Location, error
from chapbook.read.verbatim import Verbatim
from chapbook.schema import nearest
from chapbook.spliced import NOTHING, Edit, Spliced, given

ONLY = re.compile(r"^(?P<prefix>[ \t>]*)!!! ?only(?P<names>(?:[ \t]+[^\s\"]+)*)[ \t]*$", re.M)
NAME = re.compile(r"[^\s\"]+")
BY_CLASS = re.compile(
    r"(?<![\w\"'])\.only-(?P<name>[\w-]+)(?=[^{}\n]*\})|class\s*=\s*[\"'][^\"'<>\n]*?(?<![\w-])only-(?P<other>[\w-]+)"
)
LANGUAGE = "lang="
NONE = "none"  # what no edition shows
SPOKEN = ("booklet", "cover", "pack")
DEEPEST = 20


class Conditions:
    """Reads the conditions of one book."""

    def __init__(self) -> None:
        """Start with nothing found."""
        self.findings: list[Diagnostic] = []

    def settle(self, text: Spliced, language: str) -> Spliced:
        """Leave out what is for another language than this, and check what is asked for."""
        if "only" not in text.text:
            return text
        if not ONLY.search(text.text) and not ("only-" in text.text and BY_CLASS.search(text.text)):
            return text
        verbatim = Verbatim(text.text)
        self.findings += _unknown(text, verbatim)
        for _ in range(DEEPEST):
            edits = list(_edits(text, verbatim, language))
            if not edits:
                break
            text = text.edit(edits)
            verbatim = Verbatim(text.text)
        return text


def _edits(text: Spliced, verbatim: Verbatim, language: str) -> Iterator[Edit]:
    """Give the edits of the outermost blocks that ask for a language."""
    here = 0
    for match in ONLY.finditer(text.text):
        names = match["names"].split()
        languages = [name[len(LANGUAGE) :] for name in names if name.startswith(LANGUAGE)]
        if match.start() < here or not languages or verbatim.covers(match.end("prefix")):
            continue
        rows = _rows(text.text, match)
        here = rows[-1][1] if rows else match.end()
        if not speaks(language, languages):
            yield Edit(match.end("prefix"), here, NOTHING)
            continue
        others = [name for name in names if not name.startswith(LANGUAGE)]
        at = text.locate(match.end("prefix"))
        head = given(f"!!! only {' '.join(others)}", at) if others else NOTHING
        yield Edit(match.end("prefix"), match.end(), head)
        if not others:
            for start, end in rows:
                line = text.text[start:end]
                inside = len(match["prefix"])
                bare = line[inside:]
                width = min(4, len(bare) - len(bare.lstrip(" ")))
                yield Edit(start + inside, start + inside + width, NOTHING)


def _rows(text: str, head: re.Match[str]) -> list[tuple[int, int]]:
    """Give the lines that stand indented below a head, without the blank ones at their end."""
    prefix = head["prefix"]
    rows: list[tuple[int, int]] = []
    kept = 0
    after_blank = False
    here = head.end() + 1
    while here < len(text):
        end = text.find("\n", here)
        end = len(text) if end < 0 else end
        line = text[here:end]
        is_blank = not line.strip(" \t>")
        bare = line[len(prefix) :] if line.startswith(prefix) else ""
        width = len(bare) - len(bare.lstrip(" \t"))
        if not is_blank and width < (3 if after_blank else 2) and not bare.startswith("\t"):
            break
        rows.append((here, end))
        kept = kept if is_blank else len(rows)
        after_blank = is_blank
        here = end + 1
    return rows[:kept]


def _unknown(text: Spliced, verbatim: Verbatim) -> Iterator[Diagnostic]:
    for match in ONLY.finditer(text.text):
        if verbatim.covers(match.end("prefix")):
            continue
        start = match.start("names")
        if not match["names"]:
            yield _finding("", text.locate(match.end("prefix")))
        for word in NAME.finditer(match["names"]):
            name = word.group()
            if not name.startswith(LANGUAGE) and name not in (*SHOWN_IN, NONE):
                yield _finding(name, text.locate(start + word.start()))
    for match in BY_CLASS.finditer(text.text):
        group = "name" if match["name"] else "other"
        name = match[group]
        is_known = name in (*SHOWN_IN, NONE) or name.startswith("lang-")
        if not is_known and not verbatim.covers(match.start()):
            yield _finding(name, text.locate(match.start(group)))


def _finding(name: str, at: Location) -> Diagnostic:
    known = f"the editions are {', '.join(SHOWN_IN)}; a language is lang=ja"
    if not name:
        return error(Code.UNKNOWN_CONDITION, "only for what?", at, known)
    if name in SPOKEN:
        hints: tuple[str, ...] = ("it is made of the pages of the print edition: write print",)
    else:
        hints = nearest(name, tuple(SHOWN_IN)) or (known,)
    return error(Code.UNKNOWN_CONDITION, f'there is no edition "{name}"', at, *hints)
