"""The ways through an e-book: the points of its contents, its landmarks, the printed pages."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from chapbook.compose.entries import name_plainly
from chapbook.compose.places import PagedPlaces, Places
from chapbook.laid import PageStart
from chapbook.model import Book, Division, Entry, Matter
from chapbook.words import Words

# Those of https://www.w3.org/TR/epub-ssv-11/ that reading systems ask for.
LANDMARKS = frozenset(
    {"acknowledgments", "appendix", "bibliography", "colophon", "foreword", "glossary", "index"}
    | {"introduction", "loi", "preface", "titlepage", "toc"}
)


@dataclass(frozen=True, slots=True)
class NavPoint:
    """A point of the NCX. Points that lead to one address share their place in the order."""

    id: str
    order: int
    title: str
    address: str
    children: tuple["NavPoint", ...]


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place of note: its `epub:type`, its address, its name."""

    kind: str
    address: str
    title: str


@dataclass(frozen=True, slots=True)
class PageTarget:
    """A printed page: its folio, the address of its beginning, and its place in the order."""

    label: str
    address: str
    order: int = 0

    @property
    def value(self) -> int:
        """Give the number of a page of the body, 0 for one in front of it."""
        return int(self.label) if self.label.isdecimal() else 0


@dataclass(frozen=True, slots=True)
class ContentsPages:
    """The printed pages of the contents: those that begin with no entry, and the others.

    `by_address` gives the id of such a page by the address of the entry that it begins with.
    """

    at_top: tuple[tuple[str, str], ...] = ()
    by_address: Mapping[str, str] = field(default_factory=dict)
    all: tuple[tuple[str, str], ...] = ()


def nav_points(entries: Sequence[Entry], places: Places, words: Words) -> tuple[NavPoint, ...]:
    """Number the entries in reading order."""
    return _Numbering(places, words).points(entries)


class _Numbering:
    def __init__(self, places: Places, words: Words) -> None:
        self.places = places
        self.words = words
        self.orders: dict[str, int] = {}
        self.count = 0

    def points(self, entries: Iterable[Entry]) -> tuple[NavPoint, ...]:
        return tuple(self._point(entry) for entry in entries)

    def _point(self, entry: Entry) -> NavPoint:
        self.count += 1
        name = f"point-{self.count}"
        address = self.places.url(entry)
        order = self.orders.setdefault(address, len(self.orders) + 1)
        title = name_plainly(entry, self.words)
        return NavPoint(name, order, title, address, self.points(entry.children))


def entries_of(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Give the entries of all levels in their order."""
    for entry in entries:
        yield entry
        yield from entries_of(entry.children)


def depth_of(points: Iterable[NavPoint]) -> int:
    """Count the levels."""
    return max((1 + depth_of(point.children) for point in points), default=0)


def in_reading_order(
    points: Sequence[NavPoint], pages: Sequence[PageTarget], addresses: Iterable[str]
) -> tuple[tuple[NavPoint, ...], tuple[PageTarget, ...]]:
    """Number points and pages in one order, that of all `addresses` of the e-book."""
    ranks = {address: rank for rank, address in enumerate(addresses)}
    named = dict.fromkeys([*_addresses(points), *(page.address for page in pages)])
    ordered = sorted(named, key=lambda address: ranks.get(address, len(ranks)))
    orders = {address: place for place, address in enumerate(ordered, 1)}
    return _renumbered(points, orders), tuple(
        replace(page, order=orders[page.address]) for page in pages
    )


def _addresses(points: Iterable[NavPoint]) -> Iterator[str]:
    for point in points:
        yield point.address
        yield from _addresses(point.children)


def _renumbered(points: Iterable[NavPoint], orders: Mapping[str, int]) -> tuple[NavPoint, ...]:
    return tuple(
        replace(p, order=orders[p.address], children=_renumbered(p.children, orders))
        for p in points
    )


def pages_of_contents(
    starts: Sequence[tuple[str, PageStart]], book: Book, listed: Sequence[Entry], places: Places
) -> ContentsPages:
    """Find the entries that printed pages of the contents begin with, by where they lead."""
    names = tuple((label, f"page-{label}") for label, _ in starts)
    if all(start.opens for _, start in starts):
        return ContentsPages(names, {}, names)
    printed = PagedPlaces(book)
    entries = list(entries_of(listed))
    count = Counter(map(places.url, entries))
    addresses = {printed.url(entry): places.url(entry) for entry in entries}
    by_address: dict[str, str] = {}
    at_top = []
    for (label, start), (_, name) in zip(starts, names, strict=True):
        address = addresses.get(start.link, "")
        if count[address] == 1 and address not in by_address:
            by_address[address] = name
        else:
            at_top.append((label, name))
    return ContentsPages(tuple(at_top), by_address, names)


@dataclass(frozen=True, slots=True)
class NavList:
    """A list of the NCX: of figures (`lof`), of tables (`lot`), of listings or of equations."""

    kind: str
    title: str
    points: tuple[NavPoint, ...]


def nav_lists(book: Book, places: Places, words: Words) -> tuple[NavList, ...]:
    """List what has captions; a list with nothing in it is left out."""
    listed = (
        ("lof", words.figures, book.figures),
        ("lot", words.tables, book.tables),
        ("listings", words.listings, book.listings),
        ("equations", words.equations, book.equations),
    )
    return tuple(
        NavList(kind, title, nav_points(entries, places, words))
        for kind, title, entries in listed
        if entries
    )


def landmarks(
    book: Book, divisions: Sequence[Division], files: Mapping[str, str], words: Words, cover: str
) -> tuple[Landmark, ...]:
    """Give the landmarks in reading order; `cover` is the name of the cover's page, or ''."""
    found = [Landmark("cover", cover, words.cover)] if cover else []
    seen: set[str] = set()
    for division in divisions:
        for mark in _landmarks_of(division, files[division.id], book, words):
            if mark.kind not in seen:
                seen.add(mark.kind)
                found.append(mark)
    return tuple(found)


def _landmarks_of(division: Division, file: str, book: Book, words: Words) -> Iterator[Landmark]:
    if division.matter is Matter.BODY:
        yield Landmark("bodymatter", file, words.start)
    elif division.page == "figures-and-tables" and (book.figures or book.tables):
        # The page begins with the first of its lists.
        anchor = f"#{division.id}-tables" if book.figures else ""
        if book.figures:
            yield Landmark("loi", file, words.figures)
        if book.tables:
            yield Landmark("lot", file + anchor, words.tables)
    elif division.role in LANDMARKS:
        yield Landmark(division.role, file, division.title)
