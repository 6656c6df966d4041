"""Every citation of the book in the order in which it is read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from chapbook.model import Citation, Division

DIRECTIVE = "bibliography"


@dataclass(slots=True)
class Occurrence:
    """A citation in a tree: the element that stands for it, and what holds that.

    `block` is the leaf block that it stands in; `note` is the key of the note that it stands in,
    '' in the text. What it is set as comes later: `xhtml`, its `words`, the `author` before the
    call of a note, `id`.
    """

    citation: Citation
    element: Element
    parent: Element
    block: str
    note: str
    xhtml: str = ""
    words: str = ""
    author: str = ""
    id: str = ""


@dataclass(slots=True)
class Chapter:
    """A division as trees, with its citations in the order of reading."""

    division: Division
    title: Element
    body: Element
    notes: dict[str, Element]
    cited: list[Occurrence] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    @property
    def directives(self) -> list[Element]:
        """The places at which the author wants the list of works."""
        return [e for e in self.body.iter("div") if e.get("data-directive") == DIRECTIVE]


def read_chapter(division: Division) -> Chapter | None:
    """Give a division as trees; None where nothing is to be set in it."""
    texts = (division.title_xhtml, division.xhtml, *(note.xhtml for note in division.notes))
    if not any("data-cite=" in text or f'"{DIRECTIVE}"' in text for text in texts):
        return None
    notes = {note.key: tree(note.xhtml) for note in division.notes}
    chapter = Chapter(division, tree(division.title_xhtml), tree(division.xhtml), notes)
    for root, block in ((chapter.title, "title"), (chapter.body, "")):
        _read(root, block, "", chapter)
    return chapter


def _read(root: Element, block: str, note: str, chapter: Chapter) -> None:
    """Note the citations of a tree, and those of a note where it is called first."""
    for element, parent, inside in _walk(root, root, block):
        if "data-cite" in element.attrib:
            citation = chapter.division.citations[int(element.attrib["data-cite"])]
            chapter.cited.append(Occurrence(citation, element, parent, inside, note))
            continue
        key = element.get("data-note", "")
        if key in chapter.notes and key not in chapter.calls:
            chapter.calls.append(key)
            _read(chapter.notes[key], "", key, chapter)


def _walk(element: Element, parent: Element, block: str) -> Iterator[tuple[Element, Element, str]]:
    block = element.get("data-block", block)
    yield element, parent, block
    for child in list(element):
        yield from _walk(child, element, block)


def tree(xhtml: str) -> Element:
    """Read a fragment into one root."""
    return ElementTree.fromstring(f"<x>{xhtml}</x>")


def inside(root: Element) -> str:
    """Write what stands in a root."""
    text = ElementTree.tostring(root, "unicode")
    return re.sub(r"\A<x\s*/>\Z|\A<x>|</x>\Z", "", text)
