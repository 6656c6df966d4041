"""The text of each block as a row of runs, so that a rule can look beyond an element's edge."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from chapbook.parse.tree import is_block

VERBATIM = frozenset({"code", "kbd", "pre", "samp"})


@dataclass(slots=True)
class Run:
    """The text at the beginning of an element, or after it.

    `is_prose` is false in code and in addresses; `sign` stands for an element without text.
    """

    element: Element
    is_tail: bool
    language: str
    is_prose: bool
    sign: str = ""

    @property
    def text(self) -> str:
        """What stands there."""
        return self.sign or (self.element.tail if self.is_tail else self.element.text) or ""

    def replace(self, text: str) -> None:
        """Put other text there."""
        if self.is_tail:
            self.element.tail = text
        else:
            self.element.text = text


def rows(root: Element, language: str) -> Iterator[list[Run]]:
    """Give the runs of each stretch of words that no block interrupts; code blocks have none."""
    row: list[Run] = []
    for run in _runs(root, language, True):
        if run is not None:
            row.append(run)
        elif row:
            yield row
            row = []
    if row:
        yield row


def _runs(element: Element, language: str, is_prose: bool) -> Iterator[Run | None]:
    language = element.get("lang", language)
    is_prose = is_prose and element.tag not in VERBATIM and not _is_address(element)
    if element.text:
        yield Run(element, False, language, is_prose)
    for child in element:
        if child.tag == "br":
            yield Run(child, False, language, False, "\n")
        elif child.tag == "img" or (child.tag == "a" and "href" not in child.attrib):
            yield Run(child, False, language, False, "\ufffc")
        block = is_block(child)
        if block:
            yield None
        if child.tag != "pre":
            yield from _runs(child, language, is_prose)
        if block:
            yield None
        if child.tail:
            yield Run(child, True, language, is_prose)


def _is_address(element: Element) -> bool:
    return element.tag == "a" and element.get("href") in (element.text, f"mailto:{element.text}")
