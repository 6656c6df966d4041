"""Where a Markdown text is to be left as it stands: code, comments, formulas."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

PREFIX = r"[ \t]*(?:(?:>|[-+*][ \t]|[0-9]{1,9}[.)][ \t])[ \t]*)*"
FENCE = re.compile(rf"(?P<prefix>{PREFIX})(?P<marks>`{{3,}}(?=[^`\n]*$)|~{{3,}})(?P<info>.*)$")
CONTAINER = re.compile(r"([-+*]|[0-9]{1,9}[.)]|:)([ \t]|$)|!!!|\[\^[^\]\s]+\]:|>")
LINE = re.compile(r"[^\n]*(?:\n|$)")
# An escaped sign opens nothing. A formula is written as in Pandoc.
INLINE = re.compile(
    r"\\[`$<\\]"
    r"|(?P<code>(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S])+?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<comment><!--[\s\S]*?-->)"
    r"|(?P<element><(?P<tag>pre|script|style)\b[\s\S]*?</(?P=tag)\s*>)"
    r"|(?P<display>\$\$(?:(?!\n[ \t]*\n)[\s\S])+?\$\$)"
    r"|(?P<formula>\$(?=\S)(?:\\.|[^$\\\n])+?(?<=\S)\$(?![0-9]))"
)


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced code: offsets of its first line, of its info, of its code and of its end."""

    start: int
    info: int
    body: int
    close: int
    end: int
    prefix: str
    marks: str


class Verbatim:
    """Knows these stretches of one text."""

    def __init__(self, text: str) -> None:
        """Find them."""
        self.fences: list[Fence] = []
        self._spans = sorted(self._find(text))
        self._starts = [start for start, _ in self._spans]

    def covers(self, offset: int) -> bool:
        """Whether the character at an offset stands in one."""
        place = bisect_right(self._starts, offset) - 1
        return place >= 0 and offset < self._spans[place][1]

    def _find(self, text: str) -> Iterator[tuple[int, int]]:
        here = 0
        for start, end in self._blocks(text):
            yield start, end
            yield from _inline(text, here, start)
            here = end
        yield from _inline(text, here, len(text))

    def _blocks(self, text: str) -> Iterator[tuple[int, int]]:
        """Give the code that stands in lines of its own."""
        here, is_nested, after_blank = 0, False, True
        while here < len(text):
            end = _line_end(text, here)
            line = text[here:end].rstrip("\n")
            indent = _indent(line)
            if line.strip() and indent < 4:
                is_nested = bool(CONTAINER.match(line.strip())) or (
                    is_nested and not (after_blank and indent < 2)
                )
            if indent > 3 and not is_nested and line.strip():
                if after_blank:
                    yield here, end
                    here = end
                    continue
            elif match := FENCE.match(line):
                fence = _fence(text, here, match, is_nested)
                self.fences.append(fence)
                yield fence.start, fence.end
                here, after_blank = fence.end, False
                continue
            after_blank = not line.strip()
            here = end


def _inline(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in INLINE.finditer(text, start, end):
        if match.lastgroup:
            yield match.span()


def _fence(text: str, start: int, match: re.Match[str], is_nested: bool) -> Fence:
    marks, prefix = match["marks"], match["prefix"]
    depth = prefix.count(">")
    is_inside = is_nested or bool(prefix.strip(" \t>"))
    floor = min(len(prefix.rpartition(">")[2].expandtabs(4)), 2) if is_inside else 0
    closing = re.compile(rf"(?:[ \t]*>[ ]?){{{depth}}}[ \t]*{re.escape(marks)}{marks[0]}*[ \t]*$")
    here = body = _line_end(text, start)
    while here < len(text):
        end = _line_end(text, here)
        line = text[here:end].rstrip("\n")
        if closing.match(line):
            return Fence(start, start + match.start("info"), body, here, end, prefix, marks)
        has_left = depth and line.lstrip()[:1] != ">"
        if has_left or (line.strip() and not depth and _indent(line) < floor):
            break
        here = end
    return Fence(start, start + match.start("info"), body, here, here, prefix, marks)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end + 1


def _indent(line: str) -> int:
    bare = line.lstrip(" \t")
    return len(line[: len(line) - len(bare)].expandtabs(4))
