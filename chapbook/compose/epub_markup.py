"""Make a division's tree fit for an e-book."""

from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element

from chapbook.compose.markup import XML
from chapbook.model import Division

# The roles of https://www.w3.org/TR/dpub-aria-1.1/ that a section may have.
ROLES = frozenset(
    {"acknowledgments", "afterword", "appendix", "bibliography", "chapter", "colophon"}
    | {"conclusion", "dedication", "epilogue", "foreword", "glossary", "index", "introduction"}
    | {"part", "preface", "prologue"}
)


def semantics(division: Division) -> str:
    """Write the attributes that tell what a division is."""
    kind = escape(division.role)
    role = f' role="doc-{kind}"' if division.role in ROLES else ""
    return f'epub:type="{kind}"{role}'


def settle_for_epub(root: Element) -> None:
    """Take away what only a PDF needs; say the language twice, as e-readers ask.

    A caption stands first or last in its figure. A table gets a frame in which it can be scrolled:
    it may be wider than any screen. A head of a table that says nothing is no head.
    """
    for element in root.iter():
        for name in [n for n in element.attrib if n.startswith("data-")]:
            del element.attrib[name]
        if language := element.get("lang"):
            element.set(f"{{{XML}}}lang", language)
        if element.tag == "th" and len(element) == 0 and not (element.text or "").strip():
            element.tag = "td"
            element.attrib.pop("scope", None)
    for figure in root.iter("figure"):
        caption = figure.find("figcaption")
        if caption is not None and caption not in (figure[0], figure[-1]):
            figure.remove(caption)
            figure.append(caption)
    for parent in list(root.iter()):
        for index, child in enumerate(parent):
            if child.tag == "table":
                frame = Element("div", {"class": "table"})
                frame.tail, child.tail = child.tail, None
                frame.append(child)
                parent[index] = frame


def properties(root: Element) -> Iterator[str]:
    """Name what a manifest must say of a document.

    https://www.w3.org/TR/epub-33/#app-item-properties-vocab
    """
    tags = {element.tag for element in root.iter()}
    yield from (
        name
        for name, marks in (("mathml", {"math"}), ("scripted", {"form"}), ("svg", {"svg"}))
        if tags & marks
    )
