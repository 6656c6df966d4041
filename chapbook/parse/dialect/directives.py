"""Directives: a paragraph that is just `[word]` or `[word: argument]`.

To add one, add its form to `FORMS`. In the tree it is an empty `<div data-directive="word">`, with
`data-argument` where it has an argument and `data-at="LINE:COLUMN"`; no HTML of an author can bring
one, for the sanitiser lets no such attribute pass. A step of `shaping`, or a later stage, makes of
it what it stands for. `{: .class #id }` behind it, or on the line below, goes on to the element.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from xml.etree.ElementTree import Element

from chapbook.diagnostics import Code, Diagnostic, Location, warning
from chapbook.model import TableFile
from chapbook.parse.dialect.attributes import assign
from chapbook.parse.marks import DIRECTIVE
from chapbook.parse.places import Places
from chapbook.parse.tags import EVERYWHERE
from chapbook.parse.tree import classes, set_classes


@dataclass(frozen=True, slots=True)
class Form:
    """How a directive is written.

    `argument` is a regular expression that fits the whole of its argument, '' where it takes none;
    `is_optional` lets it do without. `attributes` are those that it takes beside class and id.
    """

    word: str
    argument: str
    example: str
    is_optional: bool = False
    attributes: frozenset[str] = frozenset()

    def fits(self, argument: str) -> bool:
        """Whether an argument, or none, is one of this directive."""
        if not argument:
            return not self.argument or self.is_optional
        return bool(self.argument and re.fullmatch(self.argument, argument))


FORMS: tuple[Form, ...] = (
    Form("ruled lines", "[1-9]|[123][0-9]|40", "[ruled lines: 6], with 1 to 40 lines"),
    Form("page break", "", "[page break]"),
    Form("blank page", "", "[blank page]"),
    Form("notes page", "", "[notes page]"),
    Form("index", "", "[index]"),
    Form("glossary", "", "[glossary]"),
    Form("abbreviations", "", "[abbreviations]"),
    Form("bibliography", "", "[bibliography]"),
    Form(
        "contents",
        "short|full|chapter",
        "[contents], [contents: short] or another",
        is_optional=True,
    ),
    Form(
        "table",
        r".+\.(?:csv|tsv)",
        "[table: prices.csv]",
        attributes=frozenset({"align", "head-columns", "widths"}),
    ),
)
BY_WORD = {form.word: form for form in FORMS}
# What has been carried out before a text is parsed: what is left of it has been reported there.
BEFORE = {"include": "[include: part.md]"}
EXAMPLES = BEFORE | {form.word: form.example for form in FORMS}

WRITTEN = re.compile(
    r"\[(?P<word>[A-Za-z]+(?:[ -][A-Za-z]+)*)(?P<colon>:[ \t]*(?P<argument>[^\[\]\n]*?))?[ \t]*\]"
)
DEFINED = re.compile(r"^[ ]{0,3}\[([^\[\]\n]{1,60})\]:[ \t]*\S", re.MULTILINE)
# To look for more of them would take long in a file that is nothing but faults.
MOST_LOCATED = 200
# How like a known word an unknown one must be to be taken for a slip of the pen.
ALIKE, ALIKE_WITH_COLON = 0.85, 0.75


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive, as it was `written` at an offset; `attributes` is what its list holds."""

    word: str
    argument: str
    attributes: str
    written: str
    offset: int


@dataclass
class Directives:
    """The directives of one file in the order in which they were read, and what is wrong."""

    text: str
    places: Places
    tables: Mapping[str, TableFile] = field(default_factory=dict)
    taken: list[Directive] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)

    def take(self, offset: int, attributes: str) -> int | None:
        """Give the number of the directive at `offset` of the text, or None where there is none."""
        match = WRITTEN.match(self.text, offset)
        if match is None:
            return None
        word, argument = " ".join(match["word"].split()).casefold(), match["argument"] or ""
        form = BY_WORD.get(word)
        if form is None or not form.fits(argument):
            if word not in self._names:
                self._doubt(match, word)
            return None
        if not argument and word in self._names:
            return None
        self.taken.append(Directive(word, argument, attributes, match.group(), offset))
        return len(self.taken) - 1

    @cached_property
    def _names(self) -> frozenset[str]:
        """The names of the links that the file defines: in brackets they are these links."""
        return frozenset(match[1].casefold() for match in DEFINED.finditer(self.text))

    def _doubt(self, match: re.Match[str], word: str) -> None:
        cutoff = ALIKE_WITH_COLON if match["colon"] else ALIKE
        near = get_close_matches(word, EXAMPLES, n=1, cutoff=cutoff)
        if near and word not in BEFORE:
            what = "not how this is written" if word in BY_WORD else "nothing that is known"
            message = f"{match.group()} is {what}, and stays text"
            hints = (
                f"write {EXAMPLES[near[0]]}",
                "or a backslash before the bracket, if it is text",
            )
            at = self.places.locate(match.start())
            self.findings.append(warning(Code.UNKNOWN_DIRECTIVE, message, at, *hints))

    def report(self, code: Code, message: str, written: str, *hints: str) -> None:
        """Report on words of the file; where they stand twice, their place is not known."""
        first = self.text.find(written) if len(self.findings) < MOST_LOCATED else -1
        is_once = first >= 0 and self.text.find(written, first + 1) < 0
        at = self.places.locate(max(first, 0))
        at = at if is_once else Location(at.path)
        self.findings.append(warning(code, message, at, *hints))

    def place(self, root: Element) -> None:
        """Make of our signs in a sanitised tree the elements that the directives are."""
        for element in root.iter("div"):
            for name in classes(element):
                if name.startswith(DIRECTIVE):
                    self._place(element, self.taken[int(name.removeprefix(DIRECTIVE))])

    def _place(self, element: Element, directive: Directive) -> None:
        element.attrib.clear()
        assign(element, directive.attributes)
        allowed = EVERYWHERE | BY_WORD[directive.word].attributes
        for name in set(element.keys()) - allowed:
            del element.attrib[name]
        at = self.places.locate(directive.offset)
        element.set("data-directive", directive.word)
        if directive.argument:
            element.set("data-argument", directive.argument)
        element.set("data-at", f"{at.line}:{at.column}")


def directives_in(root: Element, word: str) -> Iterable[Element]:
    """Give the elements of a tree that are directives of this word."""
    return [element for element in root.iter("div") if element.get("data-directive") == word]


def settle(element: Element, *names: str) -> str:
    """Make a plain element of a directive, with these classes before its own; give its argument."""
    argument = element.attrib.pop("data-argument", "")
    for name in ("data-directive", "data-at"):
        element.attrib.pop(name, None)
    set_classes(element, [*names, *classes(element)])
    return argument
