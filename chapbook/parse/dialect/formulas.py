"""Formulas in LaTeX: `$…$` in a line, by Pandoc's rule, and `$$…$$` on lines of its own.

No space may stand inside the marks, and no digit after them, so that “$5 and $6” stays text. In
the tree a formula is a `<math>` with `alttext`; a block stands in a `<div class="math">`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from chapbook.parse.dialect.attributes import assign
from chapbook.parse.formula_lines import INLINE, FormulaLines
from chapbook.parse.formulas import read_formula
from chapbook.parse.marks import FORMULA
from chapbook.parse.tags import TAG

Found = re.Match[str]
PATTERN = re.compile(INLINE)
# Dollars in these are none of ours: what is escaped, tags, addresses.
PASSED = (
    r"\\[!-/:-@\[-`{-~]"
    + "|"
    + re.sub(r"\(\?P<\w+>", "(?:", TAG.pattern)
    + r"|\]\(\s*(?:<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)"
)
Made = tuple[Element | str | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Taken:
    """A formula of a file: its LaTeX, and the offset of a block in the text, -1 in a line."""

    latex: str
    written: str
    offset: int = -1

    @property
    def is_block(self) -> bool:
        """Whether it stands on lines of its own."""
        return self.offset >= 0


@dataclass(slots=True)
class Formulas:
    """The formulas of one file, in the order in which they were read."""

    taken: list[Taken] = field(default_factory=list)

    def take(self, latex: str, written: str, offset: int = -1) -> str:
        """Keep a formula and give the class that stands for it."""
        self.taken.append(Taken(latex, written, offset))
        return f"{FORMULA}{len(self.taken) - 1}"

    def place(self, root: Element, language: str) -> None:
        """Make of our signs in a sanitised tree what the formulas are."""
        if not self.taken:
            return
        for parent in list(root.iter()):
            if parent.tag == "img" and "$" in parent.get("alt", ""):
                parent.set("alt", PATTERN.sub(_in_words(language), parent.get("alt", "")))
            for place, child in enumerate(list(parent)):
                number = _number(child)
                if number is not None:
                    parent[place] = self._math(child, number, language)

    def _math(self, sign: Element, number: int, language: str) -> Element:
        taken = self.taken[number]
        math = read_formula(taken.latex, taken.is_block, language).element()
        math.set("data-number", str(number))
        math.tail = sign.tail
        return math


def _in_words(language: str) -> Callable[[Found], str]:
    return lambda found: read_formula(found["wide"] or found["narrow"], False, language).line


def _number(element: Element) -> int | None:
    name = element.get("class", "")
    return int(name.removeprefix(FORMULA)) if name.startswith(FORMULA) else None


class _Outside:
    """Finds formulas that stand in no tag and in no address of a link, and are not escaped."""

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(rf"(?P<passed>{PASSED})|{pattern}", re.DOTALL)

    def finditer(self, data: str, start: int = 0) -> Iterator[Found]:
        return (m for m in self.pattern.finditer(data, start) if m["passed"] is None)


class InLine(InlineProcessor):
    """Takes the formulas in a line, before anything else reads their signs."""

    def __init__(self, pattern: str, md: Markdown, formulas: Formulas) -> None:
        """Keep what is taken in `formulas`."""
        super().__init__(pattern, md)
        self.compiled_re = _Outside(pattern)  # type: ignore[assignment]
        self.formulas = formulas

    def handleMatch(self, m: Found, data: str) -> Made:  # type: ignore[override]  # noqa: ARG002, N802
        """Give what is to stand in the place of the match, and its bounds."""
        latex = m["wide"] or m["narrow"]
        element = Element("span", {"class": self.formulas.take(latex, m.group())})
        element.text = AtomicString(m.group())
        return element, m.start(), m.end()


def write_block(lines: FormulaLines, formulas: Formulas) -> str:
    """Write the HTML of a block."""
    holder = Element("div", {"class": "math"})
    assign(holder, lines.attributes)
    names = (name for name in ("class", "id", "lang") if holder.get(name))
    named = "".join(f' {name}="{escape(holder.get(name, ""))}"' for name in names)
    sign = formulas.take(lines.latex, lines.latex, lines.offset)
    return f'<div{named}><span class="{sign}">{escape(lines.latex)}</span></div>'


class FormulasExtension(Extension):
    """Registers the above."""

    def __init__(self, formulas: Formulas) -> None:
        """Work for the file of these formulas."""
        super().__init__()
        self.formulas = formulas

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds: after code (190), before brace marks (187)."""
        md.inlinePatterns.register(InLine(INLINE, md, self.formulas), "formulas", 188)
