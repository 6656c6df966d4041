"""The metadata of the package document, as the entries that ebooklib keeps.

https://www.w3.org/TR/epub-33/#sec-pkg-metadata
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from chapbook import __version__
from chapbook.publication import EpubPublication
from chapbook.settings import BookSettings, Contributor

# The roles whose bearers a catalogue lists as makers of the work; others contribute to it.
MAKERS = frozenset({"art", "aut", "cmp", "com", "cre", "edt"})


@dataclass(frozen=True, slots=True)
class Entry:
    """An element of the metadata: of Dublin Core, or a `meta` or `link` of the package."""

    namespace: str | None
    name: str
    text: str
    attributes: dict[str, str] = field(default_factory=dict)


def dc(name: str, text: str, **attributes: str) -> Entry:
    """Make an element of Dublin Core."""
    return Entry("DC", name, text, attributes)


def meta(name: str, text: str, refines: str = "", **attributes: str) -> Entry:
    """Make a `meta` of the whole package, or of the element whose id it refines."""
    refined = {"refines": f"#{refines}"} if refines else {}
    return Entry(None, "meta", text, {**refined, "property": name, **attributes})


def entries(publication: EpubPublication, identifier_id: str, cover_id: str) -> Iterator[Entry]:
    """Give all of the metadata but the date of the last change, which ebooklib writes."""
    settings, said = publication.settings, publication.metadata
    yield dc("identifier", said.identifier, id=identifier_id)
    work = settings.identifiers.uuid
    if work and work != said.identifier:
        yield dc("identifier", work)
    yield from _titles(settings)
    yield dc("language", said.language)
    yield from _contributors(settings)
    for name, text in (
        ("publisher", said.publisher),
        ("date", said.date),
        ("description", said.description),
        ("rights", said.rights),
    ):
        if text:
            yield dc(name, text)
    for subject in said.subjects:
        yield dc("subject", subject)
    if printed := settings.identifiers.print:
        yield dc("source", "urn:isbn:" + "".join(c for c in printed if c.isalnum()))
    for name, value in publication.accessibility:
        yield meta(f"schema:{name}", value)
    if settings.license.startswith(("https://", "http://")):
        attributes = {"rel": "dcterms:license", "href": settings.license}
        yield Entry(None, "link", "", attributes)
    if cover_id:
        # Readers older than EPUB 3 know the cover by this alone.
        yield Entry(None, "meta", "", {"name": "cover", "content": cover_id})
    yield Entry(None, "meta", "", {"name": "generator", "content": f"Chapbook {__version__}"})


def _titles(settings: BookSettings) -> Iterator[Entry]:
    yield dc("title", settings.title, id="title")
    yield meta("title-type", "main", "title")
    if settings.subtitle:
        yield meta("display-seq", "1", "title")
        yield dc("title", settings.subtitle, id="subtitle")
        yield meta("title-type", "subtitle", "subtitle")
        yield meta("display-seq", "2", "subtitle")


def _contributors(settings: BookSettings) -> Iterator[Entry]:
    people = settings.contributors
    makers = [p for p in people if p.role in MAKERS] or list(people[:1])
    for name, group in (
        ("creator", makers),
        ("contributor", [p for p in people if p not in makers]),
    ):
        for place, person in enumerate(group, 1):
            yield from _person(name, place, person)


def _person(name: str, place: int, person: Contributor) -> Iterator[Entry]:
    key = f"{name}-{place}"
    yield dc(name, person.name, id=key)
    if person.role:
        yield meta("role", person.role, key, scheme="marc:relators")
    if person.file_as:
        yield meta("file-as", person.file_as, key)
    yield meta("display-seq", str(place), key)
