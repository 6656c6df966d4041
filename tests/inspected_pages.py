"""Lay a piece of HTML out with the real press, for the tests of `inspect`."""

from xml.etree import ElementTree

from chapbook.cache import Cache
from chapbook.diagnostics import Diagnostic, Location
from chapbook.inspect import inspect_pdf
from chapbook.laid import Typeset
from chapbook.model import Kind, Matter, Passage
from chapbook.print_shop import TRIMS
from chapbook.publication import Metadata, PagedPublication, Section
from chapbook.settings import Edition
from tests.presses import InPlace, press, print_pdf

PAGE = "@page { size: A6; margin: 10mm } body, p { margin: 0; font: 10pt/14pt serif }"
_KINDS = {"h2": Kind.HEADING, "td": Kind.CELL, "th": Kind.CELL, "pre": Kind.CODE}


def publish(html: str, style: str = "", language: str = "en") -> PagedPublication:
    """Make a book of one section on A6 pages."""
    return PagedPublication(
        edition=Edition.SCREEN,
        metadata=Metadata("A test", language, "urn:uuid:0d4b4f0c-4b8f-4a4c-9a5e-5a3b8f6f6c11"),
        trim=TRIMS["a6"],
        sections=(Section("d", Matter.BODY, f'<div id="d">{html}</div>'),),
        stylesheet=PAGE + style,
        body_class="screen",
        resources={},
        passages=(),
    )


def lay_out(html: str, style: str = "", language: str = "en") -> Typeset:
    """Lay out the content of one section on A6 pages."""
    return press(publish(html, style, language)).value


def passages_of(html: str) -> tuple[Passage, ...]:
    """Give the words of every block of `html`: the n-th block is written on line n.

    A line break and whatever is `data-apart` leave a gap; a `note` is a passage of its own.
    """
    root = ElementTree.fromstring(f"<x>{html}</x>")
    found: list[Passage] = []
    for element in root.iter():
        block = element.get("data-block")
        if block:
            note = element.get("class") == "note"
            kind = Kind.NOTE if note else _KINDS.get(element.tag, Kind.TEXT)
            found.append(Passage(block, kind, _words(element), Location("a.md", len(found) + 1)))
    return tuple(found)


def _words(element: ElementTree.Element) -> str:
    parts = [element.text or ""]
    for child in element:
        apart = child.tag == "br" or child.get("data-block") or child.get("data-apart")
        parts += ["\ufffc" if apart else _words(child), child.tail or ""]
    return "".join(parts)


def inspect(html: str, style: str = "", language: str = "en") -> tuple[Diagnostic, ...]:
    """Lay `html` out and look for all its words."""
    book = publish(html, style, language)
    return inspect_pdf(
        print_pdf(book), press(book).value, passages_of(html), InPlace(), Cache(None)
    )


def paragraph(count: int, first: int = 1) -> str:
    """Give `count` words, each of them different."""
    return " ".join(f"word{number}" for number in range(first, first + count))
