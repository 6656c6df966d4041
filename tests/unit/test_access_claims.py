"""What an e-book says of its accessibility is what its content shows, and nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.compose import compose_epub
from chapbook.compose.access import follow_order
from chapbook.diagnostics import Code, Location, Outcome
from chapbook.model import Asset, Book, Matter
from chapbook.publication import EpubPublication
from chapbook.settings import Accessibility, Conformance
from tests.compose_books import (
    FOLDERS,
    MODIFIED,
    SVG,
    book,
    chapter,
    english,
    entry,
    section,
    whole_book,
)

CERTIFIED = Accessibility(certifier="Ann Bee")
AA = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"


def compose(made: Book, said: Accessibility = CERTIFIED, *own: Path) -> Outcome[EpubPublication]:
    at = {"accessibility.certifier": Location("book.toml", 4, 1)}
    settings = replace(made.settings, accessibility=said, locations=at)
    return compose_epub(replace(made, settings=settings), (*own, *FOLDERS), english(), MODIFIED)


def of(body: str, folder: Path | None = None, **facts: object) -> Book:
    assets = {}
    if folder:
        file = folder / "a.svg"
        file.write_text(SVG, "utf-8")
        assets = {"a.svg": Asset("a.svg", file, "image/svg+xml", "", len(SVG), 100, 60)}
    return book(chapter("a", body, **facts), assets=assets)


def values(publication: EpubPublication, name: str) -> list[str]:
    return [value for key, value in publication.accessibility if key == name]


def features(made: Book, *own: Path) -> set[str]:
    return set(values(compose(made, CERTIFIED, *own).value, "accessibilityFeature"))


def against(made: Book, *own: Path) -> tuple[str, ...]:
    """Give what is said to the author of a claim that is not made."""
    outcome = compose(made, CERTIFIED, *own)
    assert outcome.value.conformance == ""
    (found,) = outcome.diagnostics
    assert (found.code, str(found.at)) == (Code.CLAIM_WITHHELD, "book.toml:4:1")
    assert AA in found.message
    return found.hints


def test_a_sound_book_conforms_where_someone_stands_for_it(tmp_path: Path) -> None:
    outcome = compose(whole_book(tmp_path))
    assert (outcome.value.conformance, outcome.diagnostics) == (AA, ())
    assert compose(whole_book(tmp_path), Accessibility()).value.conformance == ""


def test_the_level_claimed_is_the_one_asked_for() -> None:
    said = replace(CERTIFIED, conformance=Conformance.WCAG_21_A)
    made = compose(of("<p>x</p>"), said).value
    assert made.conformance == "EPUB Accessibility 1.1 - WCAG 2.1 Level A"


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<img src="asset:a.svg" alt=" "/>', "the image images/a.svg has no description"),
        ("<h3>Deep</h3>", "the heading “Deep” leaves out a level"),
        (
            "<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>",
            "the table that begins “a b” has no heads",
        ),
        ("<math><mi>x</mi></math>", "a formula is not told in words"),
        ('<p><a href="https://example.org/"> </a></p>', "https://example.org/ has no words"),
        ('<p style="color: #888">x</p>', "p: the contrast of text and ground can be 3.5"),
    ],
)
def test_what_shuts_someone_out_is_told_and_nothing_claimed(
    body: str, fault: str, tmp_path: Path
) -> None:
    (hint,) = against(of(body, tmp_path))
    assert fault in hint


def test_contents_in_another_order_are_told() -> None:
    one = chapter("a", '<h2 id="x">X</h2><h2 id="y">Y</h2>')
    listed = (entry(one, (section("a", "y", "Y"), section("a", "x", "X"))),)
    made = book(one, contents=listed)
    assert against(made) == ("the contents do not follow the order of the text",)
    assert "readingOrder" not in features(made)


def test_what_the_books_own_style_hides_is_told(tmp_path: Path) -> None:
    style = tmp_path / "css" / "book-epub.css"
    style.parent.mkdir()
    style.write_text(".soft { color: #999 } h1 { font-size: 30px }", "utf-8")
    (hint,) = against(of("<p>x</p>"), tmp_path)
    assert ".soft" in hint
    assert "displayTransformability" not in features(of("<p>x</p>"), tmp_path)
    assert "displayTransformability" in features(of("<p>x</p>"))


def test_many_faults_are_cut_short() -> None:
    tables = "".join(
        f"<table><tbody><tr><td>{n}</td></tr><tr><td>b</td></tr></tbody></table>" for n in range(20)
    )
    hints = against(of(tables))
    assert (len(hints), hints[-1]) == (9, "and 12 more")


def test_features_are_seen_in_the_text(tmp_path: Path) -> None:
    plain = {"ARIA", "displayTransformability", "readingOrder", "structuralNavigation"}
    plain |= {"tableOfContents"}
    assert features(of("<p>x</p>")) == plain
    body = (
        '<math alttext="x"><mi>x</mi></math><p><ruby>糸<rt>いと</rt></ruby></p>'
        '<figure id="f"><img src="asset:a.svg" alt="A"/></figure>'
        '<div class="description"><p>Long.</p></div>'
    )
    shown = {"MathML", "describedMath", "rubyAnnotations", "alternativeText", "longDescription"}
    assert features(of(body, tmp_path)) == plain | shown
    index = chapter("i", "<p>A</p>", role="index", matter=Matter.BACK)
    assert features(book(index)) == plain | {"index"}


def test_a_formula_without_words_takes_the_claim_from_all() -> None:
    one = chapter("a", '<math alttext="x"><mi>x</mi></math>')
    two = chapter("b", "<math><mi>y</mi></math>")
    found = features(book(one, two))
    assert "MathML" in found
    assert "describedMath" not in found


def test_decoration_needs_no_words(tmp_path: Path) -> None:
    made = of('<p><img class="decorative" src="asset:a.svg" alt=""/></p>', tmp_path)
    outcome = compose(made)
    assert outcome.value.conformance == AA
    assert 'role="presentation"' in outcome.value.documents[0].content


def test_printed_pages_are_a_feature_where_they_are_marked() -> None:
    mark = '<span role="doc-pagebreak" id="page-1" aria-label="1"></span>'
    assert {"pageBreakMarkers", "printPageNumbers"} <= features(of(f"<p>{mark}x</p>"))
    assert "pageBreakMarkers" not in features(of("<p>x</p>"))


def test_the_authors_summary_replaces_the_computed_one() -> None:
    assert values(compose(of("<p>x</p>")).value, "accessibilitySummary") == [english().summary_text]
    said = Accessibility(summary="Mine.")
    assert values(compose(of("<p>x</p>"), said).value, "accessibilitySummary") == ["Mine."]


@given(st.permutations(range(6)))
def test_an_order_holds_when_no_address_goes_back(order: list[int]) -> None:
    documents = {"a": ["x", "y"], "b": ["x"]}
    addresses = ["a", "a#x", "a#y", "b", "b#x", "b#x"]
    given = [addresses[n] for n in order]
    assert follow_order(given, documents) == (given == sorted(given, key=addresses.index))
