"""A book that says all it can of itself is valid before the validators of both formats."""

from dataclasses import replace
from pathlib import Path

from chapbook.cache import Cache
from chapbook.compose import compose_epub
from chapbook.compose.metadata import describe_edition
from chapbook.finish import finish_pdf
from chapbook.package import package_epub
from chapbook.settings import (
    Accessibility,
    BookSettings,
    Contributor,
    Edition,
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
from tests.compose_books import FOLDERS, MODIFIED, SETTINGS, english, whole_book
from tests.paged_books import FRONT, ONE, publication
from tests.presses import press
from tests.validators.epubcheck import validate
from tests.validators.verapdf import validate as validate_pdf


def told(settings: BookSettings) -> BookSettings:
    """Say everything that can be said."""
    codes = {Scheme.BISAC: "GAR000000", Scheme.THEMA: "WM", Scheme.NDC: "629"}
    return replace(
        settings,
        file_as="Six and a Half Threads",
        subjects=(Subject("Threads"), *(Subject(str(s), s, code) for s, code in codes.items())),
        titles=(
            Title("六つ半の糸", TitleType.MAIN, "ja"),
            Title("友", TitleType.SUBTITLE, "ja"),
            Title("Threads", TitleType.SHORT),
            Title("The Threads", TitleType.COLLECTION, "", "Threads, The"),
            Title("First", TitleType.EDITION),
            Title("Six and a Half Threads: A Companion", TitleType.EXPANDED),
        ),
        contributors=(
            Contributor("Ann Bee", "aut", "Bee, Ann", (Spelling("ja", "アン・ビー"),)),
            Contributor("Eve Eff", "trl"),
        ),
        series=Series("Companions", Position("2.1"), "0317-8471"),
        identifiers=Identifiers(
            screen="978-3-16-148410-0",
            print="978-3-16-148410-0",
            epub="978-3-16-148410-0",
            uuid="urn:uuid:533dd805-b8c0-5bf3-acf8-deac486ad505",
        ),
        accessibility=Accessibility(
            certifier="Ann Bee",
            credential="https://example.org/credential",
            report="https://example.org/report",
            exemption=Exemption.MICROENTERPRISE,
            contact="mailto:help@example.org",
            statement=True,
        ),
    )


def test_epubcheck_takes_all_that_can_be_said(tmp_path: Path) -> None:
    made = whole_book(tmp_path)
    made = replace(made, settings=told(made.settings))
    outcome = compose_epub(made, FOLDERS, english(), MODIFIED)
    assert outcome.value.conformance
    assert outcome.diagnostics == ()
    file = tmp_path / "book.epub"
    file.write_bytes(package_epub(outcome.value))
    assert validate(file) == []


def test_the_pdf_that_says_it_still_conforms(tmp_path: Path) -> None:
    made = publication(tmp_path, FRONT, ONE, edition=Edition.SCREEN)
    whole = replace(made, metadata=describe_edition(told(SETTINGS), Edition.SCREEN))
    file = tmp_path / "book.pdf"
    file.write_bytes(finish_pdf(press(whole).value, whole, Cache(None)))
    assert validate_pdf(file) == []
