"""See that all ways through an e-book agree: reading order, contents, NCX and printed pages."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import unquote, urldefrag
from xml.etree.ElementTree import Element

from chapbook.inspect.container import NCX, OPF, XHTML, Package, resolve
from chapbook.inspect.ebook_fault import Fault

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


class _Step(NamedTuple):
    """A line of the contents or of the list of pages: its words, and where it leads to."""

    words: str
    target: tuple[str, str]
    element: Element


def _contents(package: Package) -> Iterator[Fault]:
    """The contents name places in the order in which they are read.

    EPUB Accessibility 1.1 wants it (https://www.w3.org/TR/epub-a11y-11/): who turns pages and who
    goes by the contents reads the same book.
    """
    nav = _nav(package)
    if nav is None:
        return
    name, tree = nav
    if not _navigation(name, tree, "toc"):
        yield Fault(f"{name} has no contents", name)
    for kind, what in (("toc", "contents"), ("page-list", "pages")):
        yield from _in_order(package, name, _navigation(name, tree, kind), what)


def _ncx(package: Package) -> Iterator[Fault]:
    """The NCX, by which older readers go, leads where the contents lead (section 5.9).

    https://www.w3.org/TR/epub-33/#sec-opf2-ncx
    """
    nav, ncx = _nav(package), next(_of_type(package, "application/x-dtbncx+xml"), None)
    if nav is None or ncx is None:
        return
    spine = package.root.find(f"{OPF}spine")
    named = package.item(spine.get("toc", "")) if spine is not None else None
    if named is None or named.name != ncx[0]:
        yield Fault(f"the reading order does not name {ncx[0]} as its contents")
    for kind, point, what in (
        ("toc", "navPoint", "contents"),
        ("page-list", "pageTarget", "pages"),
    ):
        listed = _navigation(*nav, kind)
        steps = list(_points(*ncx, point))
        pairs = zip(steps, listed, strict=False)
        differing = next((mine for mine, other in pairs if mine.target != other.target), None)
        if differing:
            message = f"the {what} of {ncx[0]} differ from those of {nav[0]}"
            yield Fault(f"{message} at “{differing.words}”", ncx[0], differing.element)
        elif len(steps) != len(listed):
            message = f"{ncx[0]} has {len(steps)} lines of {what} and {nav[0]} {len(listed)}"
            yield Fault(message, ncx[0])


def _pages(package: Package) -> Iterator[Fault]:
    """Each printed page has a name of its own."""
    nav = _nav(package)
    seen: set[str] = set()
    for step in _navigation(*nav, "page-list") if nav else ():
        if nav and step.words in seen:
            yield Fault(f"the page “{step.words}” is listed twice", nav[0], step.element)
        seen.add(step.words)


def _in_order(package: Package, name: str, steps: Sequence[_Step], what: str) -> Iterator[Fault]:
    places = _places(package, {step.target[0] for step in steps})
    known = [(step, places.get(step.target)) for step in steps]
    for step, place in known:
        if not step.words:
            yield Fault(f"{name} has a line without words", name, step.element)
        if place is None and step.target[0] in package.files:
            yield Fault(f"“{step.words}” leads to what is not read in order", name, step.element)
    placed = [(step, place) for step, place in known if place is not None]
    for (_, before), (step, after) in pairwise(placed):
        if after < before:
            message = f"the {what} name “{step.words}” after what follows it in the book"
            yield Fault(message, name, step.element)


def _places(package: Package, wanted: set[str]) -> Mapping[tuple[str, str], tuple[int, int]]:
    """Number the beginning and the ids of each document that is read, in reading order."""
    places: dict[tuple[str, str], tuple[int, int]] = {}
    for order, id in enumerate(package.spine):
        item = package.item(id)
        if item is None or item.name not in wanted or item.name not in package.trees:
            continue
        places[item.name, ""] = (order, -1)
        for number, element in enumerate(package.trees[item.name].iter()):
            if fragment := element.get("id"):
                places.setdefault((item.name, fragment), (order, number))
    return places


def _nav(package: Package) -> tuple[str, Element] | None:
    return next(
        (
            (item.name, package.trees[item.name])
            for item in package.items
            if "nav" in item.properties and item.name in package.trees
        ),
        None,
    )


def _of_type(package: Package, media_type: str) -> Iterator[tuple[str, Element]]:
    return (
        (item.name, package.trees[item.name])
        for item in package.items
        if item.media_type == media_type and item.name in package.trees
    )


def _navigation(name: str, tree: Element, kind: str) -> list[_Step]:
    """Give the lines of the navigation of a kind, in order."""
    return [
        _Step(" ".join("".join(link.itertext()).split()), _target(name, link.get("href", "")), link)
        for nav in tree.iter(f"{XHTML}nav")
        if kind in nav.get(EPUB_TYPE, "").split()
        for link in nav.iter(f"{XHTML}a")
    ]


def _points(name: str, tree: Element, tag: str) -> Iterator[_Step]:
    for point in tree.iter(f"{NCX}{tag}"):
        label, content = point.find(f"{NCX}navLabel"), point.find(f"{NCX}content")
        words = "" if label is None else " ".join("".join(label.itertext()).split())
        address = "" if content is None else content.get("src", "")
        yield _Step(words, _target(name, address), point)


def _target(base: str, address: str) -> tuple[str, str]:
    path, fragment = urldefrag(address)
    return resolve(base, path) if path else base, unquote(fragment)


WAYS = (_contents, _ncx, _pages)
