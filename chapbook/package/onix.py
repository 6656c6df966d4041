"""What the e-book says of its accessibility, as shops and libraries take it: ONIX code list 196.

https://ns.editeur.org/onix/en/196, by
https://www.w3.org/community/reports/a11y-discov-vocab/CG-FINAL-crosswalk-20240906/
"""

import re
from collections.abc import Iterator

from chapbook.publication import EpubPublication, OnixDetail
from chapbook.settings import Accessibility, Exemption

XHTML = "application/xhtml+xml"
TAGGED = re.compile(r"<html\b[^>]*\slang=")
SUMMARY, LANGUAGE_TAGGED, READ_WITHOUT_SIGHT = "00", "22", "52"
FEATURES = {
    "tableOfContents": "11",
    "index": "12",
    "readingOrder": "13",
    "alternativeText": "14",
    "longDescription": "15",
    "MathML": "17",
    "pageBreakMarkers": "19",
    "structuralNavigation": "29",
    "ARIA": "30",
    "displayTransformability": "36",
}
EPUB_ACCESSIBILITY = "04"
WCAG = {"2.0": "80", "2.1": "81", "2.2": "82"}
LEVELS = {"a": "84", "aa": "85"}
CERTIFIER, CREDENTIAL, REPORT, OWN_REPORT, CONTACT = "90", "93", "94", "96", "99"
EXEMPTIONS = {
    Exemption.MICROENTERPRISE: "75",
    Exemption.DISPROPORTIONATE_BURDEN: "76",
    Exemption.FUNDAMENTAL_ALTERATION: "77",
}


def list_details(publication: EpubPublication) -> tuple[OnixDetail, ...]:
    """Give the details of a product record: codes in order, with their texts."""
    return tuple(sorted(_details(publication), key=lambda detail: detail.code))


def _details(publication: EpubPublication) -> Iterator[OnixDetail]:
    said = publication.settings.accessibility
    documents = [d.content for d in publication.documents if d.media_type == XHTML]
    if all(TAGGED.search(content) for content in documents):
        yield OnixDetail(LANGUAGE_TAGGED)
    for name, value in publication.accessibility:
        if name == "accessibilitySummary":
            yield OnixDetail(SUMMARY, value)
        elif name == "accessibilityFeature" and value in FEATURES:
            yield OnixDetail(FEATURES[value])
        elif (name, value) == ("accessModeSufficient", "textual"):
            yield OnixDetail(READ_WITHOUT_SIGHT)
    if publication.conformance:
        yield from _claim(said, publication.settings.publisher)
    if said.exemption:
        yield OnixDetail(EXEMPTIONS[said.exemption])
    if said.contact:
        yield OnixDetail(CONTACT, said.contact.removeprefix("mailto:"))


def _claim(said: Accessibility, publisher: str) -> Iterator[OnixDetail]:
    _, version, level = said.conformance.value.split("-")
    yield from map(OnixDetail, (EPUB_ACCESSIBILITY, WCAG[version], LEVELS[level]))
    yield OnixDetail(CERTIFIER, said.certifier)
    if "://" in said.credential:
        yield OnixDetail(CREDENTIAL, said.credential)
    if said.report:
        is_own = said.certifier == publisher
        yield OnixDetail(OWN_REPORT if is_own else REPORT, said.report)
