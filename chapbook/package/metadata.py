"""The metadata of the package document, as the entries that ebooklib keeps.

https://www.w3.org/TR/epub-33/#sec-pkg-metadata
"""

from collections.abc import Iterable, Iterator

from chapbook import __version__
from chapbook.package.access import access_entries
from chapbook.package.entries import Entry, dc, isbn_urn, link, meta
from chapbook.publication import EpubPublication, Metadata
from chapbook.settings import BookSettings, Contributor, Spelling, Subject, TitleType, Writing

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# Those of https://ns.editeur.org/onix/en/5 by the number of digits.
ISBN_TYPES = {10: "02", 13: "15"}
# The roles whose bearers a catalogue lists as makers of the work; others contribute to it.
MAKERS = frozenset({"art", "aut", "cmp", "com", "cre", "edt"})


def entries(publication: EpubPublication, identifier_id: str, cover_id: str) -> Iterator[Entry]:
    """Give all of the metadata but the date of the last change, which ebooklib writes."""
    settings, said = publication.settings, publication.metadata
    yield from _identifiers(publication, identifier_id)
    yield from _titles(settings, said)
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
    for place, subject in enumerate(settings.subjects, 1):
        yield from _subject(f"subject-{place}", subject)
    yield from _series(settings)
    yield from _licence(settings.license)
    yield from access_entries(publication)
    if cover_id:
        # Readers older than EPUB 3 know the cover by this alone.
        yield Entry(None, "meta", "", {"name": "cover", "content": cover_id})
    if settings.epub.writing is Writing.VERTICAL:
        # Kindle takes the direction of the lines from here.
        yield Entry(None, "meta", "", {"name": "primary-writing-mode", "content": "vertical-rl"})
    yield Entry(None, "meta", "", {"name": "generator", "content": f"Chapbook {__version__}"})


def _identifiers(publication: EpubPublication, identifier_id: str) -> Iterator[Entry]:
    numbers, own = publication.settings.identifiers, publication.metadata.identifier
    yield dc("identifier", own, id=identifier_id)
    digits = own.removeprefix("urn:isbn:")
    if digits != own and len(digits) in ISBN_TYPES:
        kind = ISBN_TYPES[len(digits)]
        yield meta("identifier-type", kind, identifier_id, scheme="onix:codelist5")
    if numbers.uuid and numbers.uuid != own:
        yield dc("identifier", numbers.uuid)
    if numbers.print:
        yield dc("source", isbn_urn(numbers.print))


def _titles(settings: BookSettings, said: Metadata) -> Iterator[Entry]:
    further = [t for t in settings.titles if t.type not in (TitleType.MAIN, TitleType.SUBTITLE)]
    is_one = not (settings.subtitle or further)
    yield dc("title", said.title, id="title")
    yield meta("title-type", "main", "title")
    if settings.file_as:
        yield meta("file-as", settings.file_as, "title")
    yield from _spelled("title", _spellings(settings, TitleType.MAIN))
    if not is_one:
        yield meta("display-seq", "1", "title")
    if said.subtitle:
        yield dc("title", said.subtitle, id="subtitle")
        yield meta("title-type", "subtitle", "subtitle")
        yield from _spelled("subtitle", _spellings(settings, TitleType.SUBTITLE))
        yield meta("display-seq", "2", "subtitle")
    for place, title in enumerate(further, 3 if settings.subtitle else 2):
        key = f"title-{place}"
        language = {LANGUAGE: title.language} if title.language else {}
        yield Entry("DC", "title", title.text, {"id": key, **language})
        yield meta("title-type", title.type.value, key)
        if title.file_as:
            yield meta("file-as", title.file_as, key)
        yield meta("display-seq", str(place), key)


def _spellings(settings: BookSettings, kind: TitleType) -> Iterator[Spelling]:
    return (Spelling(t.language, t.text) for t in settings.titles if t.type is kind)


def _spelled(key: str, spellings: Iterable[Spelling]) -> Iterator[Entry]:
    for spelling in spellings:
        yield meta("alternate-script", spelling.text, key, **{LANGUAGE: spelling.language})


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
    yield from _spelled(key, person.alternate_script)
    yield meta("display-seq", str(place), key)


def _subject(key: str, subject: Subject) -> Iterator[Entry]:
    if subject.scheme is None:
        yield dc("subject", subject.name)
        return
    yield dc("subject", subject.name, id=key)
    yield meta("authority", subject.scheme.value, key)
    yield meta("term", subject.code, key)


def _series(settings: BookSettings) -> Iterator[Entry]:
    series = settings.series
    if settings.edition:
        yield meta("schema:bookEdition", settings.edition)
    if not series.name:
        return
    yield meta("belongs-to-collection", series.name, id="series")
    yield meta("collection-type", "series", "series")
    if series.position:
        yield meta("group-position", series.position, "series")
    if series.issn:
        yield meta("dcterms:identifier", f"urn:issn:{series.issn}", "series")


def _licence(licence: str) -> Iterator[Entry]:
    if licence.startswith(("https://", "http://")):
        yield link("dcterms:license", licence)
    elif licence:
        yield meta("dcterms:license", licence)
