# ruff: noqa: RUF001  # the signs that look alike are the matter here
"""How each language sets its text: a file of samples for each, and what holds for all."""

from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chapbook.model import SourceFile
from chapbook.parse import parse_source, set_book_words
from chapbook.parse.languages import language_of
from chapbook.parse.letters import letters_of
from chapbook.parse.shaping.punctuation import set_punctuation
from chapbook.parse.slugs import slug
from chapbook.parse.tree import inner_text
from chapbook.settings import BookSettings, FrontMatter, Part

FOLDER = Path(__file__).parents[1] / "golden" / "typography"
CASES = sorted(FOLDER.glob("*.txt"))
TEN = ("en", "ja", "fr", "de", "es", "it", "pt", "nl", "pl", "sv")
# How the samples show spaces at which no line ends.
SHOWN = str.maketrans({"\u202f": "\u237d", "\u00a0": "\u2423"})


def set_text(text: str, language: str) -> str:
    source = SourceFile("a.md", f"# T\n\n{text}\n", FrontMatter())
    outcome = parse_source(source, language)
    assert not outcome.diagnostics
    return outcome.value[0].passages[1].text.translate(SHOWN)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_language_sets_its_samples(path: Path) -> None:
    samples = [pair.split("\n") for pair in path.read_text("utf-8").strip().split("\n\n")]
    assert samples
    for source, expected in samples:
        assert set_text(source, path.stem) == expected


def test_each_of_the_ten_languages_has_samples() -> None:
    assert set(TEN) <= {path.stem for path in CASES}


def test_a_narrower_language_says_only_what_is_different() -> None:
    france, switzerland = language_of("fr"), language_of("fr-CH")
    assert france is not None
    assert switzerland is not None
    assert switzerland.months == france.months
    assert switzerland.before_signs[":"] != france.before_signs[":"]
    assert language_of("es-MX") == language_of("es-419")
    assert language_of("DE-ch-1996") == language_of("de-CH")


@pytest.mark.parametrize("language", ["ja", "zh-Hant", "ko"])
def test_some_languages_are_left_alone(language: str) -> None:
    assert language_of(language) is None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Dr.\nSmith", "Dr.␣Smith"),
        ("Dr. *Smith*", "Dr.␣Smith"),
        ("*10* km", "10␣km"),
        ("10 `km`", "10 km"),
        ("Plan B is 10 a", "Plan B is 10 a"),
        ("in 2019 300 trees", "in 2019 300 trees"),
        ("Dr.&nbsp;Smith", "Dr.␣Smith"),
    ],
)
def test_spaces_are_held_across_marks_and_lines(source: str, expected: str) -> None:
    assert set_text(source, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr.\u00a0Smith at 10\u00a0km", "dr-smith-at-10-km"),
        ("Quoi\u202f?", "quoi"),
        ("«\u202fOui\u202f»", "oui"),
    ],
)
def test_an_id_has_a_hyphen_where_the_author_has_a_space(text: str, expected: str) -> None:
    assert slug(text) == expected


ABBREVIATIONS = ["Dr.", "J.", "S.", "§", "p.", "z.B.", "z.", "B.", "u.a.", "May", "Mai", "XIV"]
OTHERS = ["10", "5.", "000", "10 000", "km", "de", "l'eau", "«", "»", "--", "---", "...", "\n"]
WORDS = st.sampled_from([*ABBREVIATIONS, *OTHERS, *"\"'?:;!a"])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(WORDS, st.sampled_from(["", " ", "\n"]), st.sampled_from(["", "em", "code"]))
    ),
    st.sampled_from([*TEN, "fr-CA", "fr-CH", "eo"]),
)
def test_no_letter_moves_and_code_stays(pieces: list[tuple[str, str, str]], language: str) -> None:
    root = Element("div")
    block = SubElement(root, "p")
    block.text = ""
    for word, space, tag in pieces:
        if tag:
            inner = SubElement(block, tag)
            inner.text, inner.tail = word, space
        elif len(block):
            block[-1].tail = (block[-1].tail or "") + word + space
        else:
            block.text += word + space
    before = letters_of(inner_text(root))
    code = [e.text for e in root.iter("code")]
    set_punctuation(root, language)
    assert letters_of(inner_text(root)) == before
    assert [e.text for e in root.iter("code")] == code
    again = inner_text(root)
    set_punctuation(root, language)
    assert inner_text(root) == again


def test_what_stands_in_book_toml_gets_its_signs_and_keeps_its_spaces() -> None:
    told = BookSettings(
        "Rock 'n' Roll -- \"no\"", parts=(Part("It's May 5", 'Said "so"...'),), subtitle="Plain"
    )
    book = set_book_words(told)
    assert book.title == "Rock ’n’ Roll – “no”"
    assert book.parts == (Part("It’s May 5", "Said “so”…"),)
    assert book.subtitle == "Plain"


def test_front_matter_gets_its_signs() -> None:
    matter = FrontMatter(epigraph='"Trees"', author="O'Brien")
    source = SourceFile("a.md", "# T\n\nText.\n", matter)
    said = parse_source(source, "en").value[0].front_matter
    assert (said.epigraph, said.author) == ("“Trees”", "O’Brien")
