r"""Pandoc's own marks: inline notes, lines of a title, `\newpage`, `H~2~O`, grid tables.

https://pandoc.org/MANUAL.html#pandocs-markdown
"""

import re
from collections.abc import Iterator

from chapbook.read.foreign.page import Page
from chapbook.spliced import NOTHING, Edit, Spliced, given, join

TITLE = re.compile(r"\A(?:%[^\n]*(?:\n|\Z)(?:[ \t]+[^\n]*(?:\n|\Z))*){1,3}")
NOTE = re.compile(r"(?<!\\)\^\[")
BRACKET = re.compile(r"\\.|[\[\]]")
BREAK = re.compile(r"^[ \t]*\\(?P<word>newpage|pagebreak|clearpage|cleardoublepage)[ \t]*$", re.M)
COMMAND = re.compile(r"^[ \t]*\\(?P<word>[A-Za-z]+)(?:\[[^\]\n]*\])?(?:\{[^{}\n]*\})*[ \t]*$", re.M)
SCRIPT = re.compile(
    r"(?<![\\~^\[])(?P<mark>[~^])(?![~^\[\s])(?P<words>(?:\\ |[^\s~^\[\]{}\\])+)(?P=mark)(?![~^])"
)
GRID = re.compile(r"^[ \t]*\+(?:[-=:]+\+)+[ \t]*$", re.M)
NUMBERED = re.compile(r"^[ \t]*\(@[\w-]*\)[ \t]", re.M)


def take_title_lines(page: Page) -> Iterator[Edit]:
    """Leave out the lines that tell title, authors and date, which the book has elsewhere."""
    match = TITLE.match(page.text.text)
    if match:
        yield Edit(*match.span(), NOTHING)


def move_notes(page: Page) -> Iterator[Edit]:
    """Give each note in the text a key, and write its words at the end of the file."""
    text = page.text.text
    notes: list[Spliced] = []
    here = 0
    for match in page.find(NOTE):
        end = _closing(text, match.end())
        if match.start() < here or end < 0:
            continue
        here = end + 1
        key = f"inline-{len(notes) + 1}"
        at = page.text.locate(match.start())
        notes.append(join((given(f"\n\n[^{key}]: ", at), page.text.cut(match.end(), end))))
        yield page.put(match.start(), here, f"[^{key}]")
    if notes:
        yield Edit(len(text), len(text), join(notes))


def _closing(text: str, start: int) -> int:
    depth = 1
    for match in BRACKET.finditer(text, start, start + 4000):
        depth += {"[": 1, "]": -1}.get(match.group(), 0)
        if depth == 0:
            return match.start()
    return -1


def settle_lines(page: Page) -> Iterator[Edit]:
    """Break pages where LaTeX would, and leave out its other commands."""
    breaks = set()
    for match in page.find(BREAK):
        breaks.add(match.start())
        yield page.put(*match.span(), "\n[page break]\n")
    for match in page.find(COMMAND):
        if match.start() not in breaks:
            page.report(match.start(), f"the command “\\{match['word']}” was left out")
            yield page.put(*match.span(), "")
    for pattern, what in (
        (GRID, "a grid table stays text"),
        (NUMBERED, "a numbered example stays text"),
    ):
        first = next(page.find(pattern), None)
        if first is not None:
            page.report(first.start(), what, "write it as a table or a list of ours")


def settle_scripts(page: Page) -> Iterator[Edit]:
    """Set what stands between `~` below the line, and between `^` above it."""
    for match in page.find(SCRIPT):
        tag = "sub" if match["mark"] == "~" else "sup"
        start, end = match.span("words")
        yield page.put(match.start(), start, f"<{tag}>")
        yield page.put(end, match.end(), f"</{tag}>")
