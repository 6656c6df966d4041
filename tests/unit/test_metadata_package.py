"""What catalogues ask of a book stands in its package."""

from collections import defaultdict
from typing import Any
from xml.etree import ElementTree

import pytest

from chapbook.compose import compose_epub
from chapbook.package import package_epub
from chapbook.package.archive import read_archive
from chapbook.settings import (
    Accessibility,
    BookSettings,
    Contributor,
    Exemption,
    Identifiers,
    Position,
    Scheme,
    Series,
    Spelling,
    Subject,
    Title,
    TitleType,
)
from tests.compose_books import FOLDERS, MODIFIED, TWO, book, english

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def metadata(**settings: Any) -> ElementTree.Element:
    made = book(TWO, settings=BookSettings(**{"title": "T", **settings}))
    epub = package_epub(compose_epub(made, FOLDERS, english(), MODIFIED).value)
    found = ElementTree.fromstring(read_archive(epub)["EPUB/content.opf"]).find(f"{OPF}metadata")
    assert found is not None
    return found


def refined(root: ElementTree.Element, text: str) -> dict[str, list[str]]:
    """Give what refines the element that has this text, by property."""
    (key,) = {e.get("id") for e in root if e.text == text and e.get("id")}
    said = defaultdict(list)
    for meta in root.iter(f"{OPF}meta"):
        if meta.get("refines") == f"#{key}":
            language = f"{meta.get(LANG)}: " if meta.get(LANG) else ""
            said[meta.get("property", "")].append(language + (meta.text or ""))
    return dict(said)


def test_a_title_is_told_in_other_scripts_and_types() -> None:
    root = metadata(
        title="果樹園だより",
        language="ja",
        subtitle="一年",
        file_as="かじゅえんだより",
        titles=(
            Title("Kajuen-dayori", TitleType.MAIN, "ja-Latn"),
            Title("Letters from the Orchard", TitleType.MAIN, "en"),
            Title("Ichinen", TitleType.SUBTITLE, "ja-Latn"),
            Title("Orchard", TitleType.SHORT, "en", "Orchard, The"),
        ),
    )
    assert [e.text for e in root.iter(f"{DC}title")] == ["果樹園だより", "一年", "Orchard"]
    assert refined(root, "果樹園だより") == {
        "title-type": ["main"],
        "file-as": ["かじゅえんだより"],
        "alternate-script": ["ja-Latn: Kajuen-dayori", "en: Letters from the Orchard"],
        "display-seq": ["1"],
    }
    assert refined(root, "一年")["alternate-script"] == ["ja-Latn: Ichinen"]
    short = refined(root, "Orchard")
    assert (short["title-type"], short["file-as"]) == (["short"], ["Orchard, The"])
    assert [e.get(LANG) for e in root.iter(f"{DC}title")] == [None, None, "en"]


def test_a_name_is_told_in_other_scripts() -> None:
    spelled = (Spelling("ja-Latn", "Suzuki An"),)
    root = metadata(contributors=(Contributor("鈴木 杏", "aut", "すずき あん", spelled),))
    assert refined(root, "鈴木 杏")["alternate-script"] == ["ja-Latn: Suzuki An"]


def test_a_volume_belongs_to_its_series() -> None:
    root = metadata(series=Series("Orchards", Position("2.1"), "0317-8471"))
    assert refined(root, "Orchards") == {
        "collection-type": ["series"],
        "group-position": ["2.1"],
        "dcterms:identifier": ["urn:issn:0317-8471"],
    }


def test_a_subject_has_its_code_and_where_that_is_from() -> None:
    root = metadata(subjects=(Subject("Trees"), Subject("Fruit", Scheme.THEMA, "WMPF")))
    assert [e.text for e in root.iter(f"{DC}subject")] == ["Trees", "Fruit"]
    assert refined(root, "Fruit") == {"authority": ["Thema"], "term": ["WMPF"]}


@pytest.mark.parametrize(("isbn", "kind"), [("978-3-16-148410-0", "15"), ("3-16-148410-X", "02")])
def test_an_isbn_says_that_it_is_one(isbn: str, kind: str) -> None:
    root = metadata(identifiers=Identifiers(epub=isbn))
    own = next(root.iter(f"{DC}identifier")).text or ""
    assert own == "urn:isbn:" + isbn.replace("-", "")
    assert refined(root, own) == {"identifier-type": [kind]}


def test_a_licence_is_a_link_or_a_name() -> None:
    address = "https://creativecommons.org/licenses/by/4.0/"
    (link,) = metadata(license=address).iter(f"{OPF}link")
    assert (link.get("rel"), link.get("href")) == ("dcterms:license", address)
    root = metadata(license="All rights reserved")
    assert not list(root.iter(f"{OPF}link"))
    assert "All rights reserved" in [e.text for e in root.iter(f"{OPF}meta")]


CERTIFIED = Accessibility(
    certifier="Ann Bee", credential="https://example.org/c", report="https://example.org/r"
)


def test_a_claim_names_who_stands_for_it() -> None:
    root = metadata(accessibility=CERTIFIED)
    claim = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
    assert refined(root, claim) == {"a11y:certifiedBy": ["Ann Bee"]}
    links = {e.get("rel"): (e.get("refines"), e.get("href")) for e in root.iter(f"{OPF}link")}
    assert links == {
        "a11y:certifierCredential": ("#certifier", "https://example.org/c"),
        "a11y:certifierReport": ("#certifier", "https://example.org/r"),
    }


def test_nothing_is_claimed_in_no_ones_name() -> None:
    root = metadata(accessibility=Accessibility(exemption=Exemption.MICROENTERPRISE))
    said = {e.get("property"): e.text for e in root.iter(f"{OPF}meta")}
    assert "dcterms:conformsTo" not in said
    assert said["a11y:exemption"] == "eaa-microenterprise"
