"""What `book.toml` may say for catalogues, and what is said of it where it is wrong."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.configure import read_settings
from chapbook.configure.catalogue_values import issn, licence
from chapbook.schema import UnfitError
from chapbook.settings import (
    Accessibility,
    BookSettings,
    Conformance,
    Position,
    Scheme,
    Series,
    Spelling,
    Subject,
    Title,
    TitleType,
)


def read(folder: Path, text: str) -> tuple[BookSettings, list[str]]:
    (folder / "book.toml").write_text(f'title = "A Book"\n{text}', "utf-8")
    outcome = read_settings(folder)
    return outcome.value, [f"{d.at}: {d.message}" for d in outcome.diagnostics]


def test_all_that_catalogues_ask_can_be_said(tmp_path: Path) -> None:
    settings, found = read(
        tmp_path,
        """subtitle = "Of Trees"
file-as = "Book, A"
license = "CC BY-SA 4.0"
date = 2026-01-01
modified = 2026-02-01
subjects = ["Trees", { name = "Fruit", scheme = "BISAC", code = "GAR000000" }]
[[titles]]
text = "Hon"
type = "main"
language = "ja-Latn"
[[titles]]
text = "Book"
[[contributors]]
name = "鈴木 杏"
alternate-script = { ja-Latn = "Suzuki An", ru = "Судзуки Ан" }
[series]
name = "Orchards"
position = 2
issn = "ISSN 0317-8471"
[accessibility]
conformance = "wcag-2.1-aa"
certifier = "Ann Bee"
contact = "ann@example.org"
statement = true
""",
    )
    assert found == []
    assert settings.license == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert settings.modified == date(2026, 2, 1)
    assert settings.subjects == (Subject("Trees"), Subject("Fruit", Scheme.BISAC, "GAR000000"))
    assert settings.titles == (Title("Hon", TitleType.MAIN, "ja-Latn"), Title("Book"))
    spelled = (Spelling("ja-Latn", "Suzuki An"), Spelling("ru", "Судзуки Ан"))
    assert settings.contributors[0].alternate_script == spelled
    assert settings.series == Series("Orchards", Position("2"), "0317-8471")
    assert settings.accessibility == Accessibility(
        Conformance.WCAG_21_AA, "Ann Bee", contact="mailto:ann@example.org", statement=True
    )


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ('subjects = [{ name = "x", scheme = "NDC" }]', "2:13", '"x" has no code'),
        ('subjects = [{ name = "x", code = "629" }]', "2:13", '"x" has no scheme'),
        (
            'subjects = [{ name = "x", scheme = "BISAC", code = "629" }]',
            "2:13",
            '"629" is not a code of BISAC',
        ),
        ('subjects = [" "]', "2:13", "subjects: is empty"),
        ("subjects = [1]", "2:13", "expected a subject"),
        ('license = "ftp://x/"', "2:1", "is not an address"),
        ("date = 2026-02-01\nmodified = 2026-01-01", "3:1", "before the day of publication"),
        ("[series]\nposition = 1", "2:2", "the series has no name"),
        ('[series]\nname = "x"\nposition = 2.10', "4:1", '"2.1" is not the number of a volume'),
        ('[series]\nname = "x"\nposition = true', "4:1", "expected a whole number, found true"),
        ('[series]\nname = "x"\nissn = "0317-8472"', "4:1", "its last digit"),
        ('[[titles]]\ntext = "x"\ntype = "main"', "4:1", "already in this language"),
        (
            '[[titles]]\ntext = "x"\ntype = "main"\nlanguage = "en"',
            "5:1",
            "already in this language",
        ),
        (
            '[[titles]]\ntext = "x"\ntype = "subtitle"\nlanguage = "ja"',
            "5:1",
            "there is no subtitle",
        ),
        (
            '[[contributors]]\nname = "x"\nalternate-script = { jp = "y" }',
            "4:22",
            '"jp" is not a language tag',
        ),
        ('[accessibility]\nreport = "https://x.org/"', "3:1", "says nothing without a certifier"),
        (
            '[accessibility]\nconformance = "wcag-2.2-aa"',
            "3:1",
            '"conformance" says nothing without a certifier',
        ),
        ('[accessibility]\ncontact = "call us"', "3:1", '"call us" is not an address'),
        ('[accessibility]\nexemption = "eaa"', "3:1", '"eaa" is none of eaa-microenterprise'),
    ],
)
def test_what_is_wrong_is_told_at_its_place(
    text: str, at: str, message: str, tmp_path: Path
) -> None:
    _, found = read(tmp_path, text)
    (only,) = found
    assert only.startswith(f"book.toml:{at}: ")
    assert message in only


@given(st.integers(0, 9_999_999))
def test_an_issn_has_one_last_digit(number: int) -> None:
    sound = []
    for last in "0123456789X":
        try:
            sound.append(issn(f"{number:07}{last}"))
        except UnfitError:
            continue
    assert len(sound) == 1


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("CC-BY-4.0", "licenses/by/4.0/"),
        ("cc by-nc-nd 3.0", "licenses/by-nc-nd/3.0/"),
        ("CC0-1.0", "publicdomain/zero/1.0/"),
        ("CC Zero 1.0", "publicdomain/zero/1.0/"),
    ],
)
def test_a_short_name_of_a_licence_becomes_its_address(written: str, address: str) -> None:
    assert licence(written) == f"https://creativecommons.org/{address}"
    assert licence("Ask us first") == "Ask us first"
