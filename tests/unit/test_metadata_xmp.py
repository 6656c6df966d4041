"""The PDF says the same of the book as the e-book does, in XMP that another library reads."""

import io
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from chapbook.cache import Cache
from chapbook.compose.metadata import describe_edition
from chapbook.finish import finish_pdf
from chapbook.finish.metadata import write_xmp
from chapbook.settings import (
    BookSettings,
    Contributor,
    Edition,
    Identifiers,
    Position,
    Series,
    Subject,
    Title,
    TitleType,
)
from tests.paged_books import FRONT, ONE, publication
from tests.presses import press

SETTINGS = BookSettings(
    title="果樹園だより",
    language="ja",
    subtitle="一年",
    edition="初版",
    date=date(2026, 3, 1),
    modified=date(2026, 4, 1),
    rights="© 2026",
    license="https://creativecommons.org/licenses/by/4.0/",
    subjects=(Subject("Trees"), Subject("Fruit"), Subject("Trees")),
    titles=(Title("Kajuen-dayori", TitleType.MAIN, "ja-Latn"), Title("Orchard")),
    contributors=(Contributor("鈴木 杏"), Contributor("Eve Eff", "trl")),
    series=Series("Orchards", Position("2"), "0317-8471"),
    identifiers=Identifiers(screen="978-3-16-148410-0"),
)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> pikepdf.Pdf:
    made = publication(tmp_path_factory.mktemp("book"), FRONT, ONE, edition=Edition.SCREEN)
    told = replace(made, metadata=describe_edition(SETTINGS, Edition.SCREEN))
    return pikepdf.open(io.BytesIO(finish_pdf(press(told).value, told, Cache(None))))


def test_catalogues_find_in_it_what_they_ask(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as meta:
        assert meta["dc:title"] == "果樹園だより"
        assert list(meta["dc:creator"]) == ["鈴木 杏"]
        assert set(meta["dc:contributor"]) == {"Eve Eff"}
        assert set(meta["dc:subject"]) == {"Trees", "Fruit"}
        assert list(meta["dc:date"]) == ["2026-03-01"]
        assert meta["xmp:ModifyDate"] == "2026-04-01"
        assert meta["xmpRights:WebStatement"] == SETTINGS.license
        prism = "{http://prismstandard.org/namespaces/basic/3.0/}"
        said = {name: meta[prism + name] for name in ("isbn", "seriesTitle", "seriesNumber")}
        assert said == {
            "isbn": "978-3-16-148410-0",
            "seriesTitle": "Orchards",
            "seriesNumber": "2",
        }
        assert meta[f"{prism}subtitle"] == "一年"
    assert str(pdf.docinfo["/ModDate"]) == "D:20260401"
    assert str(pdf.docinfo["/CreationDate"]) == "D:20260301"


def test_the_title_stands_in_each_script() -> None:
    xmp = write_xmp(describe_edition(SETTINGS, Edition.SCREEN), is_accessible=False)
    for language, title in (("x-default", "果樹園"), ("ja", "果樹園"), ("ja-Latn", "Kajuen")):
        assert f'<rdf:li xml:lang="{language}">{title}' in xmp


def test_spaces_that_hold_a_line_together_are_no_part_of_a_title() -> None:
    settings = BookSettings("The\u00a0Orchard", subtitle="A\u00a0Year")
    said = describe_edition(settings, Edition.EPUB)
    assert (said.title, said.subtitle) == ("The Orchard", "A Year")


def test_a_licence_without_an_address_is_a_term_of_use() -> None:
    said = describe_edition(replace(SETTINGS, license="Ask us"), Edition.PRINT)
    xmp = write_xmp(said, is_accessible=False)
    assert "WebStatement" not in xmp
    assert '<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">Ask us' in xmp


def test_what_is_not_said_leaves_no_trace() -> None:
    xmp = write_xmp(describe_edition(BookSettings("T"), Edition.SCREEN), is_accessible=True)
    for name in ("prism:", "cc:", "xmpRights:", "dc:contributor", "dc:date"):
        assert f"<{name}" not in xmp
