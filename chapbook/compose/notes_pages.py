"""Ruled pages at the end of a book, for readers to write on."""

from dataclasses import replace

from chapbook.compose.places import free
from chapbook.model import Book, Division, DivisionKind, Matter
from chapbook.words import Words

PAGE = "notes"


def with_notes_pages(book: Book, count: int, words: Words) -> Book:
    """Give a book with so many pages of notes after all else; no contents list them."""
    taken = {division.id for division in book.divisions}
    pages = tuple(_page(free("notes-page", taken), words.notes_page) for _ in range(count))
    return replace(book, divisions=(*book.divisions, *pages)) if pages else book


def _page(name: str, title: str) -> Division:
    return Division(
        id=name,
        kind=DivisionKind.PAGE,
        matter=Matter.BACK,
        role="chapter",
        title=title,
        short_title=title,
        page=PAGE,
    )
