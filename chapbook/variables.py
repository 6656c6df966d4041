"""The values that a text may name: those of `[variables]`, and what the book says of itself."""

from collections.abc import Mapping

from chapbook.settings import BookSettings


def variables_of(settings: BookSettings, day: str = "") -> Mapping[str, str]:
    """Give every variable of a book that has a value.

    `day` is its date as its language writes it. A value of the author's own wins.
    """
    authors = [person.name for person in settings.contributors if person.role == "aut"]
    date = settings.date.isoformat() if settings.date else ""
    known = {
        "title": settings.title,
        "subtitle": settings.subtitle,
        "language": settings.language,
        "author": ", ".join(authors),
        "publisher": settings.publisher,
        "date": day or date,
        "year": str(settings.date.year) if settings.date else "",
        "edition": settings.edition,
        "rights": settings.rights,
        "license": settings.license,
        "description": settings.description,
        "series": settings.series.name,
        "isbn-print": settings.identifiers.print,
        "isbn-epub": settings.identifiers.epub,
        "isbn-screen": settings.identifiers.screen,
    }
    own = dict(settings.variables.values)
    return {name: value for name, value in (known | own).items() if value or name in own}
