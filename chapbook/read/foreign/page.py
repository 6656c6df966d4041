"""A text on its way into our dialect, and how what has no meaning here is reported."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from chapbook.diagnostics import Code, Diagnostic, warning
from chapbook.origin import Tool
from chapbook.read.foreign.targets import Targets
from chapbook.read.verbatim import Verbatim
from chapbook.spliced import Edit, Spliced, given


@dataclass(slots=True)
class Page:
    """A text of a book for `tool`, as it stands before one step."""

    tool: Tool
    text: Spliced
    path: str
    targets: Targets
    values: Mapping[str, str]
    findings: list[Diagnostic]
    _verbatim: Verbatim | None = field(default=None)

    @property
    def verbatim(self) -> Verbatim:
        """Where the text is code and the like."""
        self._verbatim = self._verbatim or Verbatim(self.text.text)
        return self._verbatim

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Find a pattern outside of code, comments and formulas."""
        for match in pattern.finditer(self.text.text):
            if not self.verbatim.covers(match.start()):
                yield match

    def put(self, start: int, end: int, written: str) -> Edit:
        """Write something else in the place of a stretch."""
        return Edit(start, end, given(written, self.text.locate(start)))

    def report(self, offset: int, what: str, *hints: str) -> None:
        """Report what was not understood."""
        at = self.text.locate(offset)
        self.findings.append(warning(Code.NOT_UNDERSTOOD, what, at, *hints))


def attributes_of(written: str) -> tuple[str, list[str], dict[str, str]]:
    """Read `#id .class key="value"`: give the id, the classes and the rest by key."""
    name, classes, pairs = "", [], {}
    for match in ATTRIBUTE.finditer(written):
        if match["key"]:
            pairs[match["key"]] = match["a"] or match["b"] or match["c"] or ""
        elif match["sign"] == "#":
            name = match["name"]
        elif match["sign"] == ".":
            classes.append(match["name"])
        elif match["dash"]:
            classes.append("unnumbered")
        elif match["word"]:
            classes.append(match["word"])
    return name, classes, pairs


def list_of(name: str, classes: list[str], pairs: dict[str, str]) -> str:
    """Write an attribute list of ours, '' where there is nothing in it."""
    parts = [f"#{name}"] if name else []
    parts += [f".{each}" for each in classes]
    parts += [f'{key}="{value}"' for key, value in pairs.items()]
    return f"{{: {' '.join(parts)} }}" if parts else ""


ATTRIBUTE = re.compile(
    r"(?P<key>[\w:-]+)=(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|(?P<c>[^\s\"'}]+))"
    r"|(?P<sign>[#.])(?P<name>[^\s{}#.=]+)|(?P<dash>(?<![\w-])-(?![\w-]))|(?P<word>[\w-]+)"
)
