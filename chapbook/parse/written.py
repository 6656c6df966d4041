"""What of a source is text and what is markup, with the places of everything that can be named.

This reads Markdown's inline marks once more, roughly: it must never take text for lost, so what
looks like markup is only hidden, and the alignment finds it again where it is shown after all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from chapbook.parse.dialect.braces import ARGUMENT, HIDDEN, SHOWN
from chapbook.parse.dialect.ruby import PATTERN as RUBY
from chapbook.parse.dialect.ruby import letters_in_order
from chapbook.parse.formula_lines import NAMELESS as FORMULA
from chapbook.parse.letters import Letters, LettersBuilder
from chapbook.parse.scan import Scan, Span
from chapbook.parse.tags import TAG, WITHIN

_WITHIN = rf"(?P<dropped>(?i:{WITHIN.pattern}))"
_TAG = re.sub(r"\(\?P<\w+>", "(?:", TAG.pattern)
_BRACKETS = r"\[(?!\^)(?:[^\[\]\n]|\n(?![ \t]*\n)){0,600}\](?![\[(:])"
_CITE = (
    rf"(?=\[[^\[\]]{{0,300}}?(?<!\w)@[\w{{]){_BRACKETS}"
    r"|(?<![\w.@/])-?@(?:\{[^{}\s]+\}|\w(?:[\w:.#$%&+?<>~/-]*\w)?)"
    rf"(?:[ \n]{_BRACKETS})?"
)
_MARKS = (
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<code>(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S])+?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<comment><!--[\s\S]*?-->)"
    r"|(?P<address><(?:[A-Za-z][A-Za-z0-9+.-]*://[^<>\s]*|[^<>\s!]+@[^@<>\s]+)>)"
    rf"|(?P<formula>{FORMULA})"
    rf"|{_WITHIN}|(?P<tag>{_TAG})"
    rf"|(?P<cite>{_CITE})"
    r"|(?P<target>\]\()"
    r"|(?P<name>(?<=\])\[[^\[\]]{0,300}\](?!\())"
    r"|(?P<call>\[\^[^\]\s]+\])"
    r"|(?P<attributes>\{(?::[ ]*|(?=[ ]*[#.][^\s{}]))[^{}\n]*\})"
    rf"|(?P<brace>{HIDDEN})|(?P<words>{SHOWN})|(?P<ruby>{RUBY})"
    r"|(?P<task>(?<=[-+*.)] )\[[xX]\](?=[ \t\n]))"
)
# A line, or the text of a note, begins; then come the marks of quotations and items.
_START = r"(?:^(?=[-+*:>\[!TLE0-9 \t])|(?<=\]:)(?=[ \t]))"
_ITEMS = r"[ \t>]*(?:(?:[-+*:]|[0-9]{1,9}[.)])[ \t>]+)*"
_OPENINGS = (
    rf"(?P<define>{_ITEMS}\[(?!\^)[^\[\]]{{0,300}}\]:[ \t]*(?:\n[ \t>]*)?"
    r"(?P<defined><[^<>\n]*>|(?=\S*(?:[/#:@%]|[.?]\w))\S+)"
    r"(?:[ \t]*\n?[ \t]*(?:\"[^\n]*\"|'[^\n]*'|\([^\n]*\)))?[ \t]*$)"
    rf"|(?P<box>{_ITEMS}!!![ ]?[\w-]+(?:[ ]+[\w-]+)*)"
    rf"|(?P<caption>{_ITEMS}(?:Table(?: note)?|Listing|Equation):[ \t])"
    rf"|(?P<number>{_ITEMS}[0-9]{{1,9}}[.)](?=[ \t]|$))"
)
# Which character comes first is asked before all else: most of a text begins no mark.
INLINE = re.compile(
    rf"(?=[\\`<\]\[{{@$-])(?:{_MARKS})"
    rf"|^(?P<abbreviation>{_ITEMS}\*\[[^\]\n]+\][ ]?:[^\n]*$)"
    rf"|{_START}(?:{_OPENINGS})",
    re.MULTILINE,
)
HTML = re.compile(rf"(?P<comment><!--[\s\S]*?-->)|{_WITHIN}|(?P<tag>{_TAG})")
TARGET = re.compile(
    r"\s*(?:<(?P<a>[^<>\n]*)>|(?P<b>(?:\\.|[^\s()<>\"'\\])*+"
    r"(?:\((?:\\.|[^\s()\\])*+\)(?:\\.|[^\s()<>\"'\\])*+)*+))"
    r"(?:\s+(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'))?\s*\)"
)
BRACKET = re.compile(r"[()]|\n[ \t]*\n")
ALT = re.compile(r"\salt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)


@dataclass(slots=True)
class Written:
    """The letters of a stretch of source, and its tags, attribute lists and targets by place."""

    letters: Letters = field(default_factory=Letters)
    tags: list[tuple[int, re.Match[str]]] = field(default_factory=list)
    dropped: list[tuple[int, int, str]] = field(default_factory=list)
    attributes: list[tuple[int, str]] = field(default_factory=list)
    targets: list[tuple[int, str]] = field(default_factory=list)
    definitions: list[tuple[int, str]] = field(default_factory=list)
    rubies: list[tuple[int, str]] = field(default_factory=list)


def read_written(text: str, scan: Scan, start: int, end: int, leave_out: list[Span]) -> Written:
    """Read the source from `start` to `end`, but for the stretches left out."""
    reader = _Reader(text, start, end)
    for kind, span in _stretches(scan, start, end, leave_out):
        reader.read(kind, span)
    reader.written.letters = reader.builder.build()
    return reader.written


def _stretches(
    scan: Scan, start: int, end: int, leave_out: list[Span]
) -> Iterator[tuple[str, Span]]:
    """Cut the source into stretches of `prose`, `code`, `html` and `hidden`, in order."""
    spans = [("out", span) for span in leave_out]
    spans += [("code", span) for span in scan.code]
    spans += [("html", span) for span in scan.html]
    spans += [("hidden", span) for span in scan.hidden]
    spans = [pair for pair in spans if start <= pair[1].start and pair[1].end <= end]
    for kind, span in sorted(spans, key=lambda pair: (pair[1].start, -pair[1].end)):
        if span.start < start:
            continue
        if span.start > start:
            yield "prose", Span(start, span.start)
        if kind != "out":
            yield kind, span
        start = span.end
    if start < end:
        yield "prose", Span(start, end)


class _Reader:
    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.builder = LettersBuilder(text, start, end)
        self.written = Written()

    def read(self, kind: str, span: Span) -> None:
        if kind == "prose":
            self._marks(INLINE, span)
        elif kind == "html":
            self._marks(HTML, span)
        else:
            is_hidden = kind == "hidden"
            self.builder.add(span.start, span.end, is_hidden=is_hidden, is_verbatim=not is_hidden)

    def _marks(self, pattern: re.Pattern[str], span: Span) -> None:
        here = span.start
        while here < span.end:
            match = pattern.search(self.text, here, span.end)
            if match is None:
                break
            self.builder.add(here, match.start(), is_hidden=False, is_verbatim=False)
            here = self._mark(match, span.end)
        self.builder.add(here, span.end, is_hidden=False, is_verbatim=False)

    def _mark(self, match: re.Match[str], limit: int) -> int:
        """Add a mark's letters, note what it names, and give the offset after it."""
        kind = match.lastgroup or ""
        start, end = match.span()
        if kind == "tag":
            return self._tag(start, end)
        if kind == "words":
            return self._words(start, end)
        if kind == "ruby":
            return self._ruby(start, end)
        if kind == "dropped":
            self.written.dropped.append((start, end, match["gone"].lower()))
        elif kind == "attributes":
            self.written.attributes.append((start, match.group()))
        elif kind == "target":
            end = self._target(end, limit)
        elif kind == "address":
            self.written.targets.append((start + 1, match.group()[1:-1]))
        elif kind == "define":
            self.written.definitions.append((match.start("defined"), match["defined"].strip("<>")))
        is_shown = kind in ("code", "address", "escape")
        self.builder.add(start, end, is_hidden=not is_shown, is_verbatim=kind == "code")
        return end

    def _tag(self, start: int, end: int) -> int:
        """Note a tag; all in it is hidden but for what an image shows."""
        tag = TAG.match(self.text, start)
        if tag is not None:
            self.written.tags.append((start, tag))
        if tag is not None and tag["name"].lower() == "img":
            for match in ALT.finditer(self.text, start, end):
                group = 1 if match[1] is not None else 2
                self.builder.add(start, match.start(group), is_hidden=True, is_verbatim=False)
                self.builder.add(*match.span(group), is_hidden=False, is_verbatim=False)
                start = match.end(group)
        self.builder.add(start, end, is_hidden=True, is_verbatim=False)
        return end

    def _words(self, start: int, end: int) -> int:
        """Add a mark whose argument is shown, and nothing else of it."""
        shown = ARGUMENT.match(self.text, start, end)
        first, last = shown.span("argument") if shown else (end, end)
        self.builder.add(start, first, is_hidden=True, is_verbatim=False)
        self.builder.add(first, last, is_hidden=False, is_verbatim=False)
        self.builder.add(last, end, is_hidden=True, is_verbatim=False)
        return end

    def _ruby(self, start: int, end: int) -> int:
        """Add each character and then its reading, as they are shown."""
        written = self.text[start:end]
        self.written.rubies.append((start, written))
        for first, last in letters_in_order(written):
            self.builder.add(start + first, start + last, is_hidden=False, is_verbatim=True)
        return end

    def _target(self, start: int, limit: int) -> int:
        """Note the target of a link after `](`, and give the offset after its bracket."""
        match = TARGET.match(self.text, start, limit)
        if match is not None:
            group = "a" if match["a"] is not None else "b"
            self.written.targets.append((match.start(group), match[group] or ""))
            return match.end()
        depth = 1
        for bracket in BRACKET.finditer(self.text, start, limit):
            depth += {"(": 1, ")": -1}.get(bracket.group(), -depth)
            if depth == 0:
                return bracket.end() if bracket.group() == ")" else start
        return start
