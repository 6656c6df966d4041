"""What a file of the book says of itself."""

import uuid
from urllib.parse import quote

from chapbook.publication import Metadata
from chapbook.settings import BookSettings, Edition, Spelling, TitleType
from chapbook.words import Words

WROTE = frozenset({"aut", "cre"})


def describe_edition(settings: BookSettings, edition: Edition) -> Metadata:
    """Describe one edition by the book's settings."""
    return Metadata(
        title=_plain(settings.title),
        language=settings.language,
        identifier=identify(settings, edition),
        authors=tuple(c.name for c in settings.contributors if c.role in WROTE),
        description=settings.description,
        subjects=tuple(dict.fromkeys(subject.name for subject in settings.subjects)),
        publisher=settings.publisher,
        rights=settings.rights,
        date=settings.date.isoformat() if settings.date else "",
        modified=settings.modified.isoformat() if settings.modified else "",
        subtitle=_plain(settings.subtitle),
        spellings=tuple(
            Spelling(t.language, t.text) for t in settings.titles if t.type is TitleType.MAIN
        ),
        contributors=tuple(c.name for c in settings.contributors if c.role not in WROTE),
        edition=settings.edition,
        series=settings.series,
        license=settings.license,
        isbn=isbn(settings, edition),
    )


def _plain(title: str) -> str:
    """Give a title with plain spaces, for those that keep words together are no words."""
    return title.replace("\u00a0", " ").replace("\u202f", " ")


def isbn(settings: BookSettings, edition: Edition) -> str:
    """Give the ISBN of an edition as the book writes it, or ''."""
    numbers = settings.identifiers
    by_edition = {Edition.SCREEN: numbers.screen, Edition.EPUB: numbers.epub}
    return by_edition.get(edition, numbers.print)  # what is on paper is the print edition


def identify(settings: BookSettings, edition: Edition) -> str:
    """Identify an edition by its ISBN, else the work's UUID, else one made of name and language.

    Never a random one: the same book has the same identifier, or readers see a second book.
    """
    if number := isbn(settings, edition):
        return isbn_urn(number)
    if settings.identifiers.uuid:
        return settings.identifiers.uuid
    name = quote(f"{settings.slug or settings.title}/{settings.language}", safe="/")
    return uuid.uuid5(uuid.NAMESPACE_URL, f"urn:chapbook:{name}").urn


def isbn_urn(number: str) -> str:
    """Write an ISBN as a URN (https://www.rfc-editor.org/rfc/rfc3187)."""
    return "urn:isbn:" + "".join(sign for sign in number if sign.isalnum())


def name_source(settings: BookSettings, edition: Edition, words: Words) -> str:
    """Name the edition whose pages an e-book marks: its ISBN, or else words that tell it.

    Not by the UUID, which is that of the work: the e-book itself may have no other name.
    """
    if number := isbn(settings, edition):
        return isbn_urn(number)
    kind = words.editions.get(edition.value, "")
    year = str(settings.date.year) if settings.date else ""
    facts = (f"{settings.title} ({kind})", settings.edition, settings.publisher, year)
    return ", ".join(fact for fact in facts if fact)
