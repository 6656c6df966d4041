"""The words that a publication must show, in the order in which it shows them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from chapbook.compose.rendering import paragraphs
from chapbook.diagnostics import Location
from chapbook.model import READING, READING_END, Division, DivisionKind, Kind, Passage
from chapbook.settings import BookSettings

GAP = "\ufffc"
READINGS = re.compile(f"{READING}([^{READING_END}]*){READING_END}")
TITLE = "title"
SETTINGS_FILE = "book.toml"


def list_passages(
    settings: BookSettings, divisions: Iterable[Division], *, is_paged: bool = False
) -> tuple[Passage, ...]:
    """List the passages of these divisions; each block has its division before it.

    What the settings say of the title, the makers and the rights has no block: it may stand
    anywhere on its page. On pages (`is_paged`) the readings of a block are a passage of their own,
    for they are set in rows of their own; else each stands in a gap of its passage.
    """
    passages = (p for division in divisions for p in _of_division(settings, division))
    if is_paged:
        return tuple(part for passage in passages for part in _readings_apart(passage))
    return tuple(map(_readings_within, passages))


def _readings_apart(passage: Passage) -> Iterator[Passage]:
    if READING not in passage.text:
        yield passage
        return
    yield replace(passage, text=READINGS.sub("", passage.text))
    yield replace(passage, text=GAP.join(READINGS.findall(passage.text)))


def _readings_within(passage: Passage) -> Passage:
    if READING not in passage.text:
        return passage
    return replace(passage, text=READINGS.sub(rf"{GAP}\1{GAP}", passage.text))


def places_of_blocks(division: Division) -> Mapping[str, Location]:
    """Give where each block of a division was written, by the name that it has in a publication."""
    passages = reversed(division.passages)
    return {f"{division.id}:{passage.block}": passage.at for passage in passages}


def _of_division(settings: BookSettings, division: Division) -> Iterator[Passage]:
    if division.kind is DivisionKind.PAGE:
        yield from _of_page(settings, division.page)
        yield from _own(division)
        return
    at = division.at or Location(SETTINGS_FILE)
    if all(passage.block != TITLE for passage in division.passages):
        yield Passage(f"{division.id}:{TITLE}", Kind.HEADING, division.title, at)
    if division.summary:
        yield Passage("", Kind.TEXT, division.summary, at)
    yield from _own(division)


def _own(division: Division) -> Iterator[Passage]:
    start = f"{division.id}:"
    for passage in division.passages:
        block = start + passage.block if passage.block else ""
        yield Passage(block, passage.kind, passage.text, passage.at)


def _of_page(settings: BookSettings, page: str) -> Iterator[Passage]:
    def said(key: str, text: str, kind: Kind = Kind.TEXT) -> Iterator[Passage]:
        for paragraph in paragraphs(text):
            yield Passage("", kind, paragraph, settings.locations.get(key, nowhere))

    nowhere = Location(SETTINGS_FILE)
    if page == "half-title":
        yield from said("title", settings.title, Kind.HEADING)
    elif page == "title-page":
        yield from said("title", settings.title, Kind.HEADING)
        yield from said("subtitle", settings.subtitle)
        for index, contributor in enumerate(settings.contributors):
            yield from said(f"contributors.{index}.name", contributor.name)
    elif page == "imprint":
        yield from said("imprint.note", settings.imprint.note)
    elif page == "colophon":
        yield from said("colophon.note", settings.colophon.note)
