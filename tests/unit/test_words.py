from datetime import date
from pathlib import Path

import pytest

from chapbook.diagnostics import BookError
from chapbook.words import TABLES, TEXTS, read_words

HOUSE = Path(__file__).parents[2] / "templates"
FILES = sorted((HOUSE / "words").glob("*.toml"))
WHOLE = [path for path in FILES if "-" not in path.stem]


def own_words(tmp_path: Path, text: str, name: str = "en") -> tuple[Path, ...]:
    folder = tmp_path / "words"
    folder.mkdir()
    (folder / f"{name}.toml").write_text(text, "utf-8")
    return tmp_path, HOUSE


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.stem)
def test_each_language_has_every_word_itself(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "words"
    folder.mkdir()
    (folder / "en.toml").write_text(path.read_text("utf-8"), "utf-8")
    words = read_words((tmp_path,), "en")
    assert all(getattr(words, name).strip() for name in TEXTS)
    assert all(set(getattr(words, name)) >= {"screen", "print", "epub"} for name in ("editions",))


def test_every_language_knows_the_same_roles() -> None:
    known = {path.stem: set(read_words((HOUSE,), path.stem).roles) for path in WHOLE}
    assert all(roles == known["en"] for roles in known.values())


def test_ten_languages_and_no_table_forgotten() -> None:
    assert {path.stem for path in WHOLE} == {
        "de",
        "en",
        "es",
        "fr",
        "it",
        "ja",
        "nl",
        "pl",
        "pt",
        "sv",
    }
    assert TABLES == ("roles", "editions", "folding", "accessibility", "pack")


@pytest.mark.parametrize(
    ("language", "file", "contents"),
    [
        ("en-GB", "en", "Contents"),
        ("de-Latn-CH", "de", "Inhalt"),
        ("en-US", "en-US", "Contents"),
        ("hi", "en", "Contents"),
        ("../../secret", "en", "Contents"),
        ("", "en", "Contents"),
    ],
)
def test_falls_back_subtag_by_subtag(language: str, file: str, contents: str) -> None:
    words = read_words((HOUSE,), language)
    assert (words.language, words.contents) == (file, contents)


def test_a_book_changes_one_word_and_keeps_the_rest(tmp_path: Path) -> None:
    words = read_words(own_words(tmp_path, 'notes = "Remarks"\n[roles]\ntrl = "Turned by"'), "en")
    assert (words.notes, words.contents) == ("Remarks", "Contents")
    assert (words.roles["trl"], words.roles["edt"]) == ("Turned by", "Edited by")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nots = 'x'", "nots: is not a word"),
        ("notes = 3", "notes: must be a text"),
        ("months = ['May']", "months: must be twelve names"),
        ("roles = 'x'", "roles: must be a table of texts"),
        ("figure_label = 'Figure'", "figure_label: must hold {label} once"),
        ("figure_label = '{label} {label}'", "figure_label: must hold {label} once"),
        ("figure_label = '{label.__class__}'", "figure_label: must hold {label} once"),
        ("figure_label = '{label} }'", "figure_label: must hold {label} once"),
        ("notes = '{x}'", "notes: must have no braces"),
        ("notes =", "Invalid value"),
    ],
)
def test_a_faulty_file_is_named_with_its_fault(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(BookError, match=message.replace("{", r"\{").replace("}", r"\}")) as caught:
        read_words(own_words(tmp_path, text), "en")
    assert str(caught.value.diagnostics[0].at) == "templates/words/en.toml"


def test_a_house_without_english_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BookError, match=r"lacks .*back_to_text"):
        read_words((tmp_path,), "ja")


@pytest.mark.parametrize(
    ("language", "line", "day"),
    [
        ("en", "Translated by Ann, Bo and Cy", "5 March 2026"),
        ("en-US", "Translated by Ann, Bo and Cy", "March 5, 2026"),
        ("ja", "Ann、Bo、Cy　訳", "2026年3月5日"),
    ],
)
def test_writes_credits_and_dates_as_the_language_does(language: str, line: str, day: str) -> None:
    words = read_words((HOUSE,), language)
    assert words.credit_line("trl", ["Ann", "Bo", "Cy"]) == line
    assert words.write_date(date(2026, 3, 5)) == day
    assert words.write_date(None) == ""


def test_an_unknown_role_leaves_the_names() -> None:
    words = read_words((HOUSE,), "en")
    assert words.credit_line("zzz", ["Ann"]) == "Ann"
    assert words.join([]) == ""
