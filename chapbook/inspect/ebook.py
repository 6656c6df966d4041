"""Read the words of an e-book in the order of its spine."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from chapbook.inspect.container import XHTML, Package

_UNREAD = {f"{XHTML}{name}" for name in ("head", "script", "style", "template")}
_IMAGE = f"{XHTML}img"
_FORMULA = "{http://www.w3.org/1998/Math/MathML}math"
_DRAWING = "{http://www.w3.org/2000/svg}svg"


# What is shown as a picture is, and told in other words.
_TOLD = frozenset({_FORMULA, _DRAWING})


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the spine: its pieces of text in order, and its images' alternatives.

    `ids` are the names of what stands directly in its body: a division, where one begins here. A
    heading further in may be called like another division.
    """

    name: str
    ids: frozenset[str]
    pieces: tuple[str, ...]
    alternatives: tuple[str, ...]


def read_documents(package: Package) -> Iterator[Document]:
    """Read the documents of the spine; navigation only repeats what stands elsewhere."""
    for id in package.spine:
        item = package.item(id)
        if item is None or "nav" in item.properties or item.name not in package.trees:
            continue
        root = package.trees[item.name]
        ids = frozenset(outer_ids(root))
        yield Document(item.name, ids, tuple(_pieces(root)), tuple(_alternatives(root)))


def outer_ids(root: ElementTree.Element) -> Iterator[str]:
    """Give the ids of a document's body and of what stands directly in it."""
    for body in root.iter(f"{XHTML}body"):
        yield from (id for element in (body, *body) if (id := element.get("id")))


def _pieces(root: ElementTree.Element) -> Iterator[str]:
    """Give the text that shows, in order; a stack, since a stranger's text may be nested deep."""
    waiting: list[ElementTree.Element | str] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
            continue
        waiting.append(node.tail or "")
        if node.tag in _TOLD or node.tag in _UNREAD or node.get("hidden") is not None:
            continue
        waiting.extend(reversed(node))
        waiting.append(node.text or "")


def _alternatives(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        if element.tag == _IMAGE:
            yield element.get("alt", "")
        elif element.tag == _FORMULA:
            yield element.get("alttext", "")
        elif element.tag == _DRAWING:
            yield element.get("aria-label", "")
