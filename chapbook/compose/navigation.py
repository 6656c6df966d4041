"""The ways through an e-book: the points of its contents, and its landmarks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chapbook.compose.entries import name_plainly
from chapbook.compose.places import Places
from chapbook.model import Division, Entry, Matter
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


def depth_of(points: Iterable[NavPoint]) -> int:
    """Count the levels."""
    return max((1 + depth_of(point.children) for point in points), default=0)


def landmarks(
    divisions: Sequence[Division], files: Mapping[str, str], words: Words, cover: str
) -> tuple[Landmark, ...]:
    """Give the landmarks in reading order; `cover` is the name of the cover's page, or ''."""
    found = [Landmark("cover", cover, words.cover)] if cover else []
    seen: set[str] = set()
    for division in divisions:
        kind = division.role if division.role in LANDMARKS else ""
        if division.matter is Matter.BODY:
            kind = "bodymatter"
        if kind and kind not in seen:
            seen.add(kind)
            title = words.start if kind == "bodymatter" else division.title
            found.append(Landmark(kind, files[division.id], title))
    return tuple(found)
