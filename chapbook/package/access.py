"""What the package document says of accessibility (https://www.w3.org/TR/epub-a11y-11/)."""

from collections.abc import Iterator

from chapbook.package.entries import Entry, link, meta
from chapbook.publication import EpubPublication
from chapbook.settings import Accessibility

CLAIM = "conformance"
CERTIFIER = "certifier"


def access_entries(publication: EpubPublication) -> Iterator[Entry]:
    """Give what was computed of the content, and the claim where one is made."""
    said = publication.settings.accessibility
    for name, value in publication.accessibility:
        yield meta(f"schema:{name}", value)
    if publication.page_source:
        yield meta("pageBreakSource", publication.page_source)
    if publication.conformance and said.certifier:
        yield from _claim(publication.conformance, said)
    if said.exemption:
        yield meta("a11y:exemption", said.exemption.value)


def _claim(conformance: str, said: Accessibility) -> Iterator[Entry]:
    yield meta("dcterms:conformsTo", conformance, id=CLAIM)
    yield meta("a11y:certifiedBy", said.certifier, CLAIM, id=CERTIFIER)
    if "://" in said.credential:
        yield link("a11y:certifierCredential", said.credential, CERTIFIER)
    elif said.credential:
        yield meta("a11y:certifierCredential", said.credential, CERTIFIER)
    if said.report:
        yield link("a11y:certifierReport", said.report, CERTIFIER)
