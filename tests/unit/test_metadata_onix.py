"""What shops and libraries ask of accessibility, as codes of ONIX list 196."""

from dataclasses import replace
from pathlib import Path

from chapbook.compose import compose_epub
from chapbook.package import list_details
from chapbook.publication import OnixDetail
from chapbook.settings import Accessibility, Conformance, Exemption
from tests.compose_books import FOLDERS, MODIFIED, book, chapter, english, whole_book

CERTIFIED = Accessibility(
    Conformance.WCAG_21_AA,
    certifier="The House",
    credential="https://example.org/c",
    report="https://example.org/r",
    contact="mailto:help@example.org",
)


def details(folder: Path, said: Accessibility = CERTIFIED) -> tuple[OnixDetail, ...]:
    made = whole_book(folder)
    settings = replace(made.settings, accessibility=said)
    return list_details(
        compose_epub(replace(made, settings=settings), FOLDERS, english(), MODIFIED).value
    )


def test_the_codes_are_those_of_what_was_computed(tmp_path: Path) -> None:
    found = [(detail.code, detail.text) for detail in details(tmp_path)]
    summary = f"{english().summary_text} {english().summary_images}"
    plain = ("11", "13", "14", "22", "29", "30", "36", "52", "81", "85")
    texts = [("90", "The House"), ("93", "https://example.org/c"), ("96", "https://example.org/r")]
    told = [("00", summary), ("04", ""), *((code, "") for code in plain), *texts]
    assert found == [*told, ("99", "help@example.org")]


def test_anothers_report_is_not_the_publishers(tmp_path: Path) -> None:
    codes = {detail.code for detail in details(tmp_path, replace(CERTIFIED, certifier="Ann"))}
    assert "94" in codes
    assert "96" not in codes


def test_no_claim_no_codes_of_conformance(tmp_path: Path) -> None:
    said = Accessibility(exemption=Exemption.MICROENTERPRISE)
    codes = {detail.code for detail in details(tmp_path, said)}
    assert "75" in codes
    assert not codes & {"04", "80", "81", "82", "84", "85", "90", "93", "94", "96"}


def test_a_book_with_mute_images_cannot_be_read_without_sight() -> None:
    made = book(chapter("a", '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>'))
    found = list_details(compose_epub(made, FOLDERS, english(), MODIFIED).value)
    assert not {"14", "52"} & {detail.code for detail in found}
