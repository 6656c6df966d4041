"""Citations: `[see @doe99, p. 12; @roe]`, `[-@doe99]`, and `@doe99 [p. 12]` in the sentence.

The form is Pandoc's (https://pandoc.org/MANUAL.html#extension-citations). They are read where the
book names its sources; elsewhere `@` is a sign like any other.
"""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX, INLINE_PLACEHOLDER_PREFIX, STX

from chapbook.diagnostics import Location
from chapbook.model import Citation, Cite
from chapbook.parse.cite_keys import KEY_FORM, key_of
from chapbook.parse.dialect.locators import cut_locator
from chapbook.parse.marks import CITATION, restore
from chapbook.parse.tree import classes, set_classes, with_parents

ONE = re.compile(
    rf"(?P<prefix>[^@]*?)(?P<bare>(?<!\w)-)?(?<!\w){KEY_FORM}(?P<suffix>.*)", re.DOTALL
)
IN_BRACKETS = r"\[(?!\^)([^\[\]]*@[^\[\]]*)\](?![\[(:])"
IN_TEXT = rf"(?<![\w.@/])(?P<alone>-)?{KEY_FORM}(?:[ \n]\[(?P<more>[^\[\]@][^\[\]]*)\](?![\[(:]))?"
ESCAPED = re.compile(f"{STX}([0-9]+){ETX}")
UNPLACED = Location("")  # until the words of the file have found their places

Found = re.Match[str]
Made = tuple[Element | str | None, int | None, int | None]


@dataclass(slots=True)
class CitationMarks:
    """The citations of one file in the order in which they were read."""

    are_read: bool = False
    taken: list[Citation] = field(default_factory=list)

    def place(self, root: Element) -> None:
        """Write the citations of a tree in the form that the later stages know."""
        for parent, element in list(with_parents(root)):
            names = classes(element)
            if element.tag == "a" and names and names[0].startswith(CITATION):
                element.tag = "span"
                if len(element.attrib) > 1 or names[1:]:
                    _wrap(parent, element, names[1:])
                element.attrib.clear()
                element.set("data-cite", names[0].removeprefix(CITATION))


def _wrap(parent: Element, citation: Element, names: list[str]) -> None:
    """Put an element around a citation, for what the author says of it besides."""
    around = Element("span", {k: v for k, v in citation.attrib.items() if k != "class"})
    set_classes(around, names)
    around.tail, citation.tail = citation.tail, None
    parent[list(parent).index(citation)] = around
    around.append(citation)


def read_citation(text: str) -> tuple[Cite, ...] | None:
    """Read what stands between the brackets; None where not every part names a work."""
    found = []
    for part in text.split(";"):
        match = ONE.fullmatch(part)
        if match is None:
            return None
        label, locator, suffix = cut_locator(_plain(match["suffix"]))
        prefix = " ".join(_plain(match["prefix"]).split())
        key, is_bare = _plain(key_of(match)), bool(match["bare"])
        found.append(Cite(key, UNPLACED, prefix, label, locator, suffix, is_bare))
    return tuple(found)


def _in_text(match: Found) -> Citation:
    """Read a citation that is a word of its sentence, and what stands in brackets behind it."""
    more = (match["more"] or "").split(";")
    label, locator, suffix = cut_locator(_plain(more[0]))
    key = _plain(key_of(match))
    first = Cite(key, UNPLACED, "", label, locator, suffix, bool(match["alone"]))
    others = read_citation(";".join(more[1:])) if len(more) > 1 else ()
    return Citation((first, *(others or ())), is_in_text=not match["alone"])


def _plain(text: str) -> str:
    return restore(ESCAPED.sub(lambda sign: chr(int(sign[1])), text))


class _Pattern(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, pattern: str, md: Markdown, marks: CitationMarks) -> None:
        super().__init__(pattern, md)
        self.marks = marks

    def handleMatch(self, m: Found, data: str) -> Made:  # type: ignore[override]  # noqa: ARG002, N802
        is_read = self.marks.are_read and INLINE_PLACEHOLDER_PREFIX not in m.group()
        mark = self.read(m) if is_read else None
        if mark is None:
            return None, m.start(), m.end()
        element = Element("a", {"class": f"{CITATION}{len(self.marks.taken)}"})
        self.marks.taken.append(mark)
        return element, m.start(), m.end()

    def read(self, m: Found) -> Citation | None:
        raise NotImplementedError


class _InBrackets(_Pattern):
    def read(self, m: Found) -> Citation | None:
        cited = read_citation(m.group(1))
        return Citation(cited) if cited else None


class _InText(_Pattern):
    def read(self, m: Found) -> Citation | None:
        return _in_text(m)


class Citations(Extension):
    """Registers the above."""

    def __init__(self, marks: CitationMarks) -> None:
        """Put what is found into `marks`."""
        super().__init__()
        self.marks = marks

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds."""
        md.inlinePatterns.register(_InBrackets(IN_BRACKETS, md, self.marks), "citations", 174)
        md.inlinePatterns.register(_InText(IN_TEXT, md, self.marks), "cited_in_text", 80)
