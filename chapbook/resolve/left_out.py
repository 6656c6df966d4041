"""Links to what an edition leaves out, from what it shows."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring

from chapbook.conditions import CLASS, editions_of
from chapbook.diagnostics import Code, Diagnostic, Location, warning
from chapbook.model import Division
from chapbook.settings import Edition

ALL = frozenset({Edition.PRINT, Edition.SCREEN, Edition.EPUB})
Editions = frozenset[Edition]


class Led(NamedTuple):
    """A link as it was settled: the division it stands in, where it leads, where it was written."""

    division: str
    href: str
    at: Location


def left_out(divisions: Iterable[Division], links: Iterable[Led]) -> Iterator[Diagnostic]:
    """Report them; `links` are in the order of the text."""
    shown = {division.id: division for division in divisions}
    confined = dict(pair for d in shown.values() if CLASS in d.xhtml for pair in _confined(d))
    wanted: dict[str, list[Led]] = {}
    for link in links:
        if link.href in confined:
            wanted.setdefault(link.division, []).append(link)
    for name, led in wanted.items():
        yield from _report(led, _links(shown[name]), confined)


def _confined(division: Division) -> Iterator[tuple[str, Editions]]:
    """Give the addresses in a division that some editions alone have."""
    for element, editions in _walk(_root(division.xhtml), ALL):
        if editions != ALL and (name := element.get("id")):
            yield f"book:{division.id}#{name}", editions


def _links(division: Division) -> Iterator[tuple[str, Editions]]:
    """Give each link and the editions that show it: a note is shown where it is called."""
    calls: dict[str, Editions] = {}
    texts = [("", division.xhtml), *((note.key, note.xhtml) for note in division.notes)]
    for key, text in texts:
        for element, editions in _walk(_root(text), calls.get(key, ALL)):
            if called := element.get("data-note"):
                calls[called] = calls.get(called, frozenset()) | editions
            elif element.tag == "a" and (href := element.get("href")):
                yield href, editions


def _report(
    led: list[Led], links: Iterator[tuple[str, Editions]], confined: Mapping[str, Editions]
) -> Iterator[Diagnostic]:
    for link in led:
        own = next(
            (editions for href, editions in links if href == link.href), frozenset[Edition]()
        )
        if lacking := sorted(own - confined[link.href]):
            message = f"what this leads to is left out of the edition {' and '.join(lacking)}"
            hint = "there it leads to the beginning of the chapter; show it in the same editions"
            yield warning(Code.BROKEN_LINK, message, link.at, hint)


def _walk(element: Element, editions: Editions) -> Iterator[tuple[Element, Editions]]:
    for child in element:
        own = editions_of(child.get("class", "").split())
        shown = editions if own is None else editions & own
        yield child, shown
        yield from _walk(child, shown)


def _root(xhtml: str) -> Element:
    return fromstring(f"<x>{xhtml}</x>")
