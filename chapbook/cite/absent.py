"""Take out what leads to the list of works, where the book turned out to have none."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from chapbook.cite.occurrences import inside, tree
from chapbook.diagnostics import Code, Diagnostic, Location, warning
from chapbook.model import Division

LINE = "line"  # the class of a link in contents that stand in the text


def drop_links(
    divisions: Iterable[Division], gone: Collection[str], found: list[Diagnostic]
) -> Iterator[Division]:
    """Give divisions without lines and links to those that are `gone`; links are reported."""
    for division in divisions:
        cut = replace(
            division,
            title_xhtml=_cut(division.title_xhtml, gone, division, found),
            xhtml=_cut(division.xhtml, gone, division, found),
            notes=tuple(
                replace(note, xhtml=_cut(note.xhtml, gone, division, found))
                for note in division.notes
            ),
        )
        yield division if cut == division else cut


def _cut(xhtml: str, gone: Collection[str], division: Division, found: list[Diagnostic]) -> str:
    if not any(f'"book:{name}' in xhtml for name in gone):
        return xhtml
    root = tree(xhtml)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == "li" and _leads(child.find("a"), gone, LINE):
                parent.remove(child)
            elif _leads(child, gone) and not _leads(child, gone, LINE):
                child.tag = "span"
                del child.attrib["href"]
                found.append(_without_list(division))
    return inside(root)


def _leads(link: Element | None, gone: Collection[str], name: str = "") -> bool:
    if link is None or link.tag != "a" or name not in f"{link.get('class', '')} ".split(" "):
        return False
    division = link.get("href", "").removeprefix("book:").partition("#")[0]
    return link.get("href", "").startswith("book:") and division in gone


def _without_list(division: Division) -> Diagnostic:
    message = "a link leads to the list of works, which is not there: nothing is cited"
    at = Location(division.at.path) if division.at else None
    return warning(Code.BROKEN_LINK, message, at, "cite a work, or take the link out")
