"""Puts the book in its reading order, from whatever tells it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from chapbook.diagnostics import Code, Diagnostic, Location, error
from chapbook.model import Matter, PartHead, Place
from chapbook.read.listing import MARKDOWN, Listing, has_suffix, in_book
from chapbook.schema import nearest
from chapbook.settings import BookSettings

BIBLIOGRAPHY = "bibliography"
MADE_PAGES = (
    *("half-title", "title-page", "imprint", "contents", "contents-short", "figures-and-tables"),
    *(BIBLIOGRAPHY, "abbreviations", "index", "colophon"),
)
_HOUSE_FRONT = ("half-title", "title-page", "imprint", "contents")


FindFault = Callable[[str, Location | None], tuple[Diagnostic, ...]]


@dataclass(frozen=True, slots=True)
class Order:
    """The places of a book by matter, and its parts; a place's `part` counts in `parts`."""

    front: tuple[Place, ...] = ()
    body: tuple[Place, ...] = ()
    back: tuple[Place, ...] = ()
    parts: tuple[PartHead, ...] = ()


def has_list(settings: BookSettings) -> bool:
    """Whether `book.toml` itself tells the chapters."""
    named = {"chapters", "parts"} & settings.locations.keys()
    return bool(settings.chapters or settings.parts or named)


def listed_order(settings: BookSettings) -> Order:
    """Give the order of `chapters`, then of `parts`, as `book.toml` lists them."""
    body = list(_listed(settings, Matter.BODY, "chapters", settings.chapters))
    for index, part in enumerate(settings.parts):
        key = f"parts.{index}.chapters"
        body += _listed(settings, Matter.BODY, key, part.chapters, part=index)
    parts = tuple(
        PartHead(part.title, part.summary, settings.locations.get(f"parts.{index}"), part.id)
        for index, part in enumerate(settings.parts)
    )
    return Order(body=tuple(body), parts=parts)


def complete(order: Order, settings: BookSettings) -> tuple[Place, ...]:
    """Put what `front` and `back` list, or the house's pages, around an order.

    A file that they list stands there and nowhere else of what was found.
    """
    house_back = ("colophon",) if settings.language.split("-")[0] == "ja" else ()
    front = _HOUSE_FRONT if settings.front is None else settings.front
    back = house_back if settings.back is None else settings.back
    opening = tuple(_listed(settings, Matter.FRONT, "front", front))
    closing = _with_bibliography(tuple(_listed(settings, Matter.BACK, "back", back)), settings)
    if has_list(settings):
        return (*opening, *order.body, *closing)
    taken = {place.source for place in (*opening, *closing)}
    found = [
        tuple(place for place in places if place.source not in taken)
        for places in (order.front, order.body, order.back)
    ]
    return (*opening, *found[0], *found[1], *found[2], *closing)


def _with_bibliography(closing: tuple[Place, ...], settings: BookSettings) -> tuple[Place, ...]:
    """Put the works cited at the end, before the colophon, where the book does not place them.

    That page has no place in `book.toml`; whether it has anything to show is known later.
    """
    if not settings.citations.sources or any(place.page == BIBLIOGRAPHY for place in closing):
        return closing
    last = len(closing) - any(place.page == "colophon" for place in closing[-1:])
    page = Place(Matter.BACK, page=BIBLIOGRAPHY)
    return (*closing[:last], page, *closing[last:])


def check(
    places: Iterable[Place], listing: Listing, find_fault: FindFault
) -> tuple[tuple[Place, ...], tuple[Diagnostic, ...]]:
    """Part the places that can stand from the faults of the others.

    `find_fault` says why a file cannot be had.
    """
    standing: dict[str, Place] = {}
    findings: list[Diagnostic] = []
    for place in places:
        name = place.source or place.page
        if name in standing:
            findings.append(_twice(name, place, standing[name]))
        elif fault := _misnamed(place, listing):
            findings.append(fault)
        elif place.source and (faults := find_fault(place.source, place.at)):
            findings.extend(faults)
        else:
            standing[name] = place
    return tuple(standing.values()), tuple(findings)


def _listed(
    settings: BookSettings, matter: Matter, key: str, names: Sequence[str], part: int | None = None
) -> Iterable[Place]:
    for index, name in enumerate(names):
        at = settings.locations.get(f"{key}.{index}")
        place = Place(matter, part=part, at=at)
        is_page = matter is not Matter.BODY and not has_suffix(name, MARKDOWN)
        yield replace(place, page=name) if is_page else replace(place, source=in_book(name))


def _twice(name: str, place: Place, first: Place) -> Diagnostic:
    hints = (f"first at {first.at}",) if first.at else ()
    return error(Code.CONFIG_BAD_VALUE, f'"{name}" is listed twice', place.at, *hints)


def _misnamed(place: Place, listing: Listing) -> Diagnostic | None:
    """Refuse a page that the house cannot make, and a chapter that is not Markdown."""
    if place.page and place.page not in MADE_PAGES:
        hints = nearest(place.page, (*MADE_PAGES, *listing))
        hints = hints or (f"pages are {', '.join(MADE_PAGES)}; files end in .md",)
        return error(Code.UNKNOWN_PAGE, f'there is no page "{place.page}"', place.at, *hints)
    if place.source and not has_suffix(place.source, MARKDOWN):
        hints = nearest(f"{place.source}.md", tuple(listing)) or ("its name must end in .md",)
        message = f'"{place.source}" is not a Markdown file'
        return error(Code.CONFIG_BAD_VALUE, message, place.at, *hints)
    return None
