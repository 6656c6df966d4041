"""How formulas are written: `$…$`, and on lines of their own `$$`, LaTeX, `$$`, attributes."""

import re
from dataclasses import dataclass

from chapbook.parse.lines import Line, unquote

# Code and what has been put aside by Markdown are no part of a formula, nor is another block.
_BLOCK = r"[ \t>]*(?:\n|$|[-+*][ \t]|[0-9]{1,9}[.)][ \t]|#|!!!)"
_SIGN = rf"(?:\\[^`\x02\n]|[^\\$`\n\x02]|\n(?!{_BLOCK}))"
# In a line, by Pandoc's rule: no space inside the marks, no digit after them.
INLINE = (
    rf"(?:\$\$(?!\$)(?P<wide>{_SIGN}+?)\$\$(?!\$)"
    rf"|\$(?![\s$])(?P<narrow>{_SIGN}*?(?:\\[^`\s\x02]|[^\s\\$`\x02]))\$(?![0-9$]))"
)
# The same without names, to be a part of other patterns.
NAMELESS = re.sub(r"\(\?P<\w+>", "(?:", INLINE)

PREFIX = r"(?P<prefix>[ \t]*(?:(?:>|[-+*][ \t]|[0-9]{1,9}[.)][ \t])[ \t]*)*)"
OPENING = re.compile(PREFIX + r"\$\$(?!\$)(?P<rest>.*)$")
LIST = r"\{(?::[ ]*|(?=[ ]*[#.]))(?P<list>[^{}\n]*)\}"
CLOSING = re.compile(rf"(?P<latex>(?:\\.|[^\\$])*)\$\$[ \t]*(?:{LIST})?[ \t]*$")
BELOW = re.compile(rf"[ \t>]*{LIST}[ \t]*$")
MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class FormulaLines:
    """A formula that was taken out: its LaTeX, what its attribute list holds, where it begins."""

    latex: str
    attributes: str
    offset: int


@dataclass(frozen=True, slots=True)
class Block:
    """A formula among the lines of a source, and the number of the line after it.

    `prefix` are the marks of quotations and items before it; `end` is the offset after it.
    """

    formula: FormulaLines
    prefix: str
    after: int
    end: int


def find_block(lines: list[Line], first: int) -> Block | None:
    """Give the formula that begins in a line; None where none does, or it does not end."""
    opening = OPENING.match(lines[first].text)
    if opening is None:
        return None
    depth = opening["prefix"].count(">")
    offset = lines[first].offset + opening.end("prefix")
    rows: list[str] = []
    text = opening["rest"]
    for number in range(first, min(first + MOST_LINES, len(lines))):
        if number > first:
            row = unquote(lines[number], depth)
            if row is None or not row.text.strip():
                return None
            text = row.text
        closing = CLOSING.match(text)
        if closing is not None:
            latex = "\n".join([*rows, closing["latex"]]).strip()
            return _block(lines, number, latex, closing["list"], offset, opening["prefix"])
        rows.append(text.strip())
    return None


def _block(
    lines: list[Line], last: int, latex: str, listed: str | None, offset: int, prefix: str
) -> Block | None:
    if not latex:
        return None
    below = BELOW.match(lines[last + 1].text) if last + 1 < len(lines) else None
    end = lines[last].end
    after = last + 1
    if listed is None and below is not None:
        listed, end, after = below["list"], lines[last + 1].end, last + 2
    return Block(FormulaLines(latex, (listed or "").strip(), offset), prefix, after, end)
