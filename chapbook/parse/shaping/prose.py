"""The text of each block as a row of runs, so that a rule can look beyond an element's edge."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from chapbook.parse.tags import BLOCKS

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


def rows(root: Element, language: str) -> list[list[Run]]:
    """Give the runs of each stretch of words that no block interrupts; code blocks have none."""
    found: list[list[Run]] = [[]]
    _gather(root, language, True, found)
    return [row for row in found if row]


def _gather(element: Element, language: str, is_prose: bool, found: list[list[Run]]) -> None:
    """Add the runs of an element to the last row, and begin another at the edge of each block."""
    language = element.get("lang", language)
    is_prose = is_prose and element.tag not in VERBATIM and not _is_address(element)
    if element.text:
        found[-1].append(Run(element, False, language, is_prose))
    for child in element:
        tag = child.tag
        if tag == "br":
            found[-1].append(Run(child, False, language, False, "\n"))
        elif tag in ("img", "math") or (tag == "a" and "href" not in child.attrib):
            found[-1].append(Run(child, False, language, False, "\ufffc"))
        if tag in BLOCKS:
            found.append([])
            if tag != "pre":
                _gather(child, language, is_prose, found)
            found.append([])
        elif tag != "math":
            _gather(child, language, is_prose, found)
        if child.tail:
            found[-1].append(Run(child, True, language, is_prose))


def _is_address(element: Element) -> bool:
    return element.tag == "a" and element.get("href") in (element.text, f"mailto:{element.text}")
