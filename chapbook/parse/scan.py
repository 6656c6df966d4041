"""Read a source line by line and take out what Markdown's blocks must not see.

Out come code fences, raw HTML and comments, each leaving a sign in its place, and the notes, which
leave nothing. What is gathered here also tells the alignment which stretches of the source are
code, HTML or markup, so that both understand the lines in the same way.

The rules are those of CommonMark (https://spec.commonmark.org/0.31.2/#leaf-blocks), of its
footnotes as many tools write them, and of Python-Markdown's `markdown="1"`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from chapbook.parse.elements import Elements, find_close, markdown_tag
from chapbook.parse.formula_lines import FormulaLines, find_block
from chapbook.parse.lines import Line, dedent, indent_of, join, split, strip_columns, unquote
from chapbook.parse.marks import BARE, stashed
from chapbook.parse.tags import TAG, WITH_CONTENT, TagPolicy

PREFIX = r"(?P<prefix>[ \t]*(?:(?:>|[-+*][ \t]|[0-9]{1,9}[.)][ \t])[ \t]*)*)"
FENCE = re.compile(PREFIX + r"(?P<fence>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)$")
CHART = re.compile(r"\{?[ ]*\.?(?:chart|vega-lite)(?![\w-])")
COMMENT = re.compile(r"(?P<prefix>[ \t>]*)<!--")
ELEMENT = re.compile(r"(?P<prefix>[ \t>]*)(?P<tag></?(?P<name>[A-Za-z][A-Za-z0-9-]*)(?=[\s/>]|$))")
NOTE = re.compile(r"(?P<prefix>[ \t>]*)\[\^(?P<key>[^\]\s]+)\]:[ \t]*")
CONTAINER = re.compile(r"([-+*]|[0-9]{1,9}[.)]|:)([ \t]|$)|!!!|\[\^[^\]\s]+\]:|>")
ATTRIBUTES = r"\{(?::[ ]*(?![ ])|(?=[ ]*[#.]))(?P<list>[^{}\n]*)\}"
DIRECTIVE = re.compile(PREFIX + rf"(?P<whole>\[[A-Za-z][^\[\]]*\])[ \t]*(?:{ATTRIBUTES})?[ \t]*$")
LISTED = re.compile(rf"[ \t>]*{ATTRIBUTES}[ \t]*$")
# Between such lines a line is a paragraph of its own.
APART = r"$|#{1,6}[ \t]|!!!|[`~]{3}|<!--|\[[A-Za-z][^\[\]]*\][ \t]*$|\{[:.#][^{}]*\}[ \t]*$"
BEFORE = re.compile(rf"[ \t>]*(?:{APART})")
AFTER = re.compile(rf"[ \t>]*(?:{APART}|</?[A-Za-z]|[-+*][ \t]|[0-9]{{1,9}}[.)][ \t])")
ITEM = re.compile(r"[-+*.)]")
NOTE_ENDS = re.compile(r"#{1,6}[ \t]|\[[^\]]+\]:|[`~]{3}")
NEVER = 1 << 60


class Span(NamedTuple):
    """A stretch of the source: offsets of its first character and of the one after its last."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fence:
    """A code fence: what stands after its opening marks, and the code.

    `offset` is that of the fence in the text, `rows` those of its lines; `attributes` is what the
    list below a chart holds.
    """

    info: str
    code: str
    offset: int = 0
    rows: tuple[int, ...] = ()
    attributes: str = ""


@dataclass(frozen=True, slots=True)
class NoteText:
    """The definition of a note: its Markdown, and where it stands."""

    key: str
    text: str
    span: Span


@dataclass(slots=True)
class Scan:
    """What was found. `text` is the Markdown that is left; signs in it count from `stash`."""

    text: str = ""
    stash: list[Fence | FormulaLines | str] = field(default_factory=list)
    notes: list[NoteText] = field(default_factory=list)
    code: list[Span] = field(default_factory=list)
    html: list[Span] = field(default_factory=list)
    hidden: list[Span] = field(default_factory=list)
    dropped: list[tuple[int, str]] = field(default_factory=list)
    unended: list[int] = field(default_factory=list)


# Takes the offset of what may be a directive and its attributes; gives its number, or None.
Take = Callable[[int, str], int | None]


def scan(text: str, start: int, policy: TagPolicy, take: Take = lambda *_: None) -> Scan:
    """Scan `text` from the offset `start`; `take` tells which lines are directives."""
    found = Scan()
    lines = split(text, start)
    found.text = "\n".join(_Scanner(found, policy, take).read(lines))
    return found


class _Scanner:
    """Goes through the lines of a file, of a note, or of an element that holds Markdown."""

    def __init__(self, found: Scan, policy: TagPolicy, take: Take) -> None:
        self.found = found
        self.policy = policy
        self.take = take
        self.lines: list[Line] = []
        self.here = 0
        self.out: list[str] = []
        self.nested = False
        self.after_blank = True
        self.elements = Elements()
        self.no_comment_ends_from = NEVER

    def read(self, lines: list[Line]) -> list[str]:
        self.lines = lines
        while self.here < len(lines):
            line = lines[self.here]
            self._learn(line.text)
            if not self._take(line):
                self.out.append(line.text.expandtabs(4))
                self.here += 1
            self.after_blank = not line.text.strip()
        return self.out

    def _learn(self, text: str) -> None:
        """Note whether indented lines from here on belong to a list item or the like."""
        indent = indent_of(text)
        bare = text.strip()
        if not bare or indent > 3:
            return
        if CONTAINER.match(bare):
            self.nested = True
        elif self.after_blank and indent < 2:
            self.nested = False

    def _take(self, line: Line) -> bool:
        if indent_of(line.text) > 3 and not self.nested:
            return False
        sign = line.text.lstrip(" \t>")[:1]
        if sign == "<":
            return self._comment(line) or self._element(line)
        if line.text.rstrip().endswith(("]", "}")) and self._directive(line):
            return True
        if sign == "[":
            return self._note(line)
        if "$$" in line.text and self._formula(line):
            return True
        match = FENCE.match(line.text)
        return match is not None and self._fence(line, match)

    def _stash(self, prefix: str, kind: str, content: Fence | FormulaLines | str = "") -> None:
        self.out.append(prefix.expandtabs(4) + stashed(kind, len(self.found.stash)))
        self.found.stash.append(content)

    # directives

    def _directive(self, line: Line) -> bool:
        match = DIRECTIVE.match(line.text)
        if match is None or not self._stands_alone(match["prefix"]):
            return False
        below = LISTED.match(self._line(self.here + 1))
        written = match["list"] or (below["list"] if below else "")
        start = line.offset + match.start("whole")
        number = self.take(start, written.strip())
        if number is None:
            return False
        self.found.hidden.append(Span(start, line.offset + match.end("whole")))
        self.out.append(match["prefix"].expandtabs(4) + stashed("D", number))
        self.here += 2 if below and match["list"] is None else 1
        return True

    def _stands_alone(self, prefix: str) -> bool:
        """Whether a line is all of its paragraph."""
        is_first = ITEM.search(prefix) or BEFORE.match(self._line(self.here - 1))
        return bool(is_first and AFTER.match(self._line(self.here + 1)))

    def _line(self, number: int) -> str:
        return self.lines[number].text if 0 <= number < len(self.lines) else ""

    # formulas

    def _formula(self, line: Line) -> bool:
        block = find_block(self.lines, self.here)
        if block is None:
            if line.text.strip(" \t>") == "$$":
                self.found.unended.append(line.offset + line.text.index("$$"))
            return False
        self.found.hidden.append(Span(line.offset + len(block.prefix), block.end))
        self._stash(block.prefix, "M", block.formula)
        self.here = block.after
        return True

    # code fences

    def _fence(self, line: Line, match: re.Match[str]) -> bool:
        prefix, fence = match["prefix"], match["fence"]
        depth = prefix.count(">")
        inner = prefix.rpartition(">")[2].expandtabs(4)
        columns = max(len(inner) - (1 if depth else 0), 0)
        is_inside = self.nested or bool(prefix.strip(" \t>"))
        floor = min(columns, 2) if is_inside else 0
        closing = re.compile(f"[ \t]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$")
        self.found.hidden.append(Span(line.offset, line.end))
        self.here += 1
        code: list[Line] = []
        while self.here < len(self.lines):
            row = unquote(self.lines[self.here], depth)
            if row is None or (row.text.strip() and indent_of(row.text) < floor):
                break
            self.here += 1
            if closing.match(row.text):
                break
            row = strip_columns(row, columns)
            code.append(row)
        attributes = ""
        is_chart = CHART.match(match["info"].strip()) is not None
        if is_chart and (below := LISTED.match(self._line(self.here))):
            attributes = below["list"]
            self.here += 1
        if code:
            spans = self.found.hidden if is_chart else self.found.code
            spans.append(Span(code[0].offset, code[-1].end))
        text = "\n".join(row.text for row in code)
        rows = tuple(row.offset for row in code)
        offset = line.offset + match.start("fence")
        self._stash(prefix, "F", Fence(match["info"].strip(), text, offset, rows, attributes))
        return True

    # comments and HTML

    def _comment(self, line: Line) -> bool:
        match = COMMENT.match(line.text)
        if match is None or self.here >= self.no_comment_ends_from:
            return False
        start = match.end()
        for number in range(self.here, len(self.lines)):
            row = self.lines[number]
            end = row.text.find("-->", start)
            if end >= 0:
                self._leave_comment(line, match, number, end + 3)
                return True
            start = 0
        self.no_comment_ends_from = self.here
        return False

    def _leave_comment(self, line: Line, match: re.Match[str], number: int, end: int) -> None:
        row = self.lines[number]
        self.found.hidden.append(Span(line.offset + len(match["prefix"]), row.offset + end))
        rest = row.text[end:]
        if rest.strip():
            self.lines[number] = Line(row.offset + end, rest)
            self.here = number
        else:
            self._stash(match["prefix"], "C")
            self.here = number + 1

    def _element(self, line: Line) -> bool:
        match = ELEMENT.match(line.text)
        if match is None:
            return False
        name = match["name"].lower()
        tag = markdown_tag(line.text, match.start("tag"))
        if tag is not None:
            return self._markdown_inside(line, match, tag)
        if self.elements.is_whole(name) and not match["tag"].startswith("</"):
            end = self.elements.end_of(self.lines, self.here, match.start("tag"), name)
            if end is not None:
                self._whole(line, match, end)
                return True
        if self.elements.is_block(name):
            self._until_blank(match["prefix"])
            return True
        return False

    def _whole(self, line: Line, match: re.Match[str], end: tuple[int, int]) -> None:
        """Take an element with everything in it, blank lines too."""
        number, column = end
        row = self.lines[number]
        start = line.offset + len(match["prefix"])
        if match["name"].lower() in WITH_CONTENT:
            self.found.hidden.append(Span(start, row.offset + column))
            self.found.dropped.append((start, match["name"].lower()))
            self._stash(match["prefix"], "C")
        else:
            self.found.html.append(Span(start, row.offset + column))
            html = join(self.lines, self.here, match.start("tag"), number, column)
            self._stash(match["prefix"], "R", self.policy.settle(html))
        self._go_on(number, column)

    def _until_blank(self, prefix: str) -> None:
        depth = prefix.count(">")
        rows: list[Line] = []
        while self.here < len(self.lines):
            row = unquote(self.lines[self.here], depth)
            if row is None or not row.text.strip():
                break
            rows.append(row)
            self.here += 1
        self.found.html.append(Span(rows[0].offset, rows[-1].end))
        html = "\n".join(row.text for row in rows)
        self._stash(prefix, "R", self.policy.settle(html))

    def _markdown_inside(self, line: Line, match: re.Match[str], tag: re.Match[str]) -> bool:
        """Read the inside of `<div markdown="1">` as Markdown."""
        name = tag["name"].lower()
        end = find_close(self.lines, self.here, match.start("tag"), name)
        if end is None:
            return False
        number, column = end
        row = self.lines[number]
        closing = row.text.rfind("<", 0, column)
        opening = self.elements.without_markdown(tag)
        self.found.hidden.append(Span(line.offset + tag.start(), line.offset + tag.end()))
        self.found.hidden.append(Span(row.offset + closing, row.offset + column))
        inside = dedent(self._between(tag.end(), number, closing))
        if self.elements.holds_words(name, tag):
            words = " ".join(piece.text.strip() for piece in inside)
            self.out.append(f"{match['prefix']}{BARE}{opening}{words}</{name}>{BARE}")
        else:
            self._stash(match["prefix"], "R", opening)
            within = _Scanner(self.found, self.policy, self.take).read(inside)
            self.out += ["", *(match["prefix"] + text for text in within), ""]
            self._stash(match["prefix"], "R", f"</{name}>")
        self._go_on(number, column)
        return True

    def _between(self, start: int, number: int, end: int) -> list[Line]:
        first = self.lines[self.here]
        if number == self.here:
            return [Line(first.offset + start, first.text[start:end])]
        last = self.lines[number]
        middle = self.lines[self.here + 1 : number]
        return [
            Line(first.offset + start, first.text[start:]),
            *middle,
            Line(last.offset, last.text[:end]),
        ]

    def _go_on(self, number: int, column: int) -> None:
        row = self.lines[number]
        rest = row.text[column:]
        if rest.strip():
            self.lines[number] = Line(row.offset + column, rest)
            self.here = number
        else:
            self.here = number + 1

    # notes

    def _note(self, line: Line) -> bool:
        match = NOTE.match(line.text)
        if match is None:
            return False
        depth = match["prefix"].count(">")
        base = indent_of(match["prefix"].rpartition(">")[2])
        rows = [Line(line.offset + match.end(), line.text[match.end() :])]
        self.here += 1
        columns = 0
        after_blank = False
        while self.here < len(self.lines):
            row = unquote(self.lines[self.here], depth)
            if row is None or not _belongs(row.text, base, after_blank):
                break
            indent = indent_of(row.text)
            if row.text.strip() and not columns and indent > base:
                columns = min(indent, base + 4)
            rows.append(strip_columns(row, columns))
            after_blank = not row.text.strip()
            self.here += 1
        while len(rows) > 1 and not rows[-1].text.strip():
            rows.pop()
        span = Span(line.offset + len(match["prefix"]), rows[-1].end)
        text = "\n".join(_Scanner(self.found, self.policy, self.take).read(rows))
        self.found.notes.append(NoteText(match["key"], text, span))
        return True


def _belongs(text: str, base: int, after_blank: bool) -> bool:
    """Whether a line goes on with the note before it."""
    if not text.strip() or indent_of(text) >= base + 2:
        return True
    return not after_blank and NOTE_ENDS.match(text.strip()) is None


__all__ = ["TAG", "Fence", "FormulaLines", "NoteText", "Scan", "Span", "scan"]
