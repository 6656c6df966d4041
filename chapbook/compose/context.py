"""What a template of a division, of a stylesheet or of the package may name.

* `book`: the settings, and `page` and `trim` (millimetres) among them; `words`: the words of the
  language; `edition`: `screen`, `print` or `epub`; `paged`: whether it is a PDF; `isbn`,
  `identifier` and `date`, each '' where the book has none;
* `contents`, `figures`, `tables`, `listings`, `equations`: entries, their titles ready to print;
* `contributors('trl', …)`: the names of those with one of these roles, or of all;
* `entry_title(entry)`: number and title in one;
* `url(entry or division, id)` and `anchor(division, id)`: where a link leads, and what it meets.

A division's template has these too: `division`; `body` and `notes`, its text in the edition's
form; `part`, the division that is its part, if it has one; `chapters`, the entries of a part;
`semantics`, the attributes that tell an e-reader what the section is.

What a template does not name can change without its division being made anew.
"""

from collections.abc import Callable, Mapping

from markupsafe import Markup

from chapbook.compose.entries import list_entries, name_entry
from chapbook.compose.metadata import identify, isbn
from chapbook.compose.places import Places
from chapbook.model import Book, Entry
from chapbook.settings import BookSettings, Edition
from chapbook.words import Words

Context = Mapping[str, object]

ALL_LEVELS = 99


def shared_context(book: Book, edition: Edition, words: Words, places: Places) -> Context:
    """Give what every template of an edition may name."""
    settings = book.settings
    depth = settings.contents.depth if edition.is_paged else settings.contents.epub_depth

    def entry_title(entry: Entry) -> Markup:
        return name_entry(entry, words)

    return {
        "book": settings,
        "page": settings.page,
        "trim": settings.page.trim,
        "words": words,
        "edition": edition.value,
        "paged": edition.is_paged,
        "identifier": identify(settings, edition),
        "isbn": isbn(settings, edition),
        "date": words.write_date(settings.date),
        "contents": list_entries(book.contents, depth),
        "figures": list_entries(book.figures, ALL_LEVELS),
        "tables": list_entries(book.tables, ALL_LEVELS),
        "listings": list_entries(book.listings, ALL_LEVELS),
        "equations": list_entries(book.equations, ALL_LEVELS),
        "contributors": _contributors(settings),
        "entry_title": entry_title,
        "url": places.url,
        "anchor": places.anchor,
    }


def deciding(book: Book, words: Words, places: Places) -> Mapping[str, object]:
    """Give, for each of the names that is a function, what decides on all that it gives."""
    return {
        "contributors": book.settings.contributors,
        "entry_title": words,
        "url": places.deciding,
        "anchor": places.deciding,
    }


def _contributors(settings: BookSettings) -> Callable[..., tuple[str, ...]]:
    def contributors(*roles: str) -> tuple[str, ...]:
        return tuple(c.name for c in settings.contributors if not roles or c.role in roles)

    return contributors


def chapters_of(contents: object, part: str) -> tuple[Entry, ...]:
    """Give the entries in a part, out of the listed contents."""
    if not isinstance(contents, tuple):
        return ()
    return next((e.children for e in contents if e.division == part and e.kind == "part"), ())
