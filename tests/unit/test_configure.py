"""`book.toml` is read strictly: what holds, and what is said of every fault."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.configure import read_settings
from chapbook.configure.values import isbn, make_slug
from chapbook.diagnostics import BookError, Code, Diagnostic, Location, Severity
from chapbook.print_shop import Trim
from chapbook.schema import UnfitError
from chapbook.settings import BookSettings, Contributor, Edition, Opening, Part

TITLE = 'title = "A Book"\n'


@pytest.fixture
def write(tmp_path: Path) -> "Write":
    return Write(tmp_path / "book-folder")


class Write:
    """Writes a book.toml and reads it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def __call__(self, text: str) -> BookSettings:
        settings, findings = self.all(text)
        assert findings == []
        return settings

    def all(self, text: str) -> tuple[BookSettings, list[Diagnostic]]:
        (self.folder / "book.toml").write_text(text, encoding="utf-8")
        outcome = read_settings(self.folder)
        return outcome.value, list(outcome.diagnostics)

    def only(self, text: str) -> Diagnostic:
        (finding,) = self.all(text)[1]
        return finding


def test_a_whole_book(write: Write) -> None:
    settings = write(
        """
title = "Six Threads"
language = "en-GB"
date = 2026-11-24
subjects = ["One", "Two"]
editions = ["epub", "print"]
front = ["title-page", "about.md"]

[[contributors]]
name = "Ada Ström"
role = "edt"
file-as = "Ström, Ada"

[identifiers]
print = "978-3-16-148410-0"
uuid = "533DD805-b8c0-5bf3-acf8-deac486ad505"

[page]
trim = "B5"
chapter-start = "recto"

[contents]
epub-depth = 2

[[parts]]
title = "One"
summary = "The first."
chapters = ["a.md",
  "b.md"]
"""
    )
    assert settings.date == date(2026, 11, 24)
    assert settings.editions == (Edition.EPUB, Edition.PRINT)
    assert settings.front == ("title-page", "about.md")
    assert settings.back is None
    assert settings.contributors == (Contributor("Ada Ström", "edt", "Ström, Ada"),)
    assert settings.identifiers.print == "978-3-16-148410-0"
    assert settings.identifiers.uuid == "urn:uuid:533dd805-b8c0-5bf3-acf8-deac486ad505"
    assert settings.page.chapter_start is Opening.RECTO
    assert settings.page.trim == Trim("B5", 182, 257)
    assert settings.contents.epub_depth == 2
    assert settings.parts == (Part("One", "The first.", ("a.md", "b.md")),)
    assert settings.locations["parts.0.chapters.1"] == Location("book.toml", 29, 3)


def test_a_title_is_enough(write: Write) -> None:
    settings = write(TITLE)
    assert settings.language == "en"
    assert settings.slug == "a-book"
    assert settings.editions == (Edition.SCREEN, Edition.PRINT, Edition.EPUB)
    assert settings.identifiers.uuid == write(TITLE).identifiers.uuid
    assert settings.identifiers.uuid != write('title = "B"').identifiers.uuid


FAULTS = [
    ("", Code.CONFIG_MISSING_KEY, "book.toml", 'the key "title" is missing', ""),
    (
        'titel = "x"\n' + TITLE,
        Code.CONFIG_UNKNOWN_KEY,
        "book.toml:1:1",
        'unknown key "titel"',
        'did you mean "title"?',
    ),
    (
        TITLE + 'author = "Ada"',
        Code.CONFIG_UNKNOWN_KEY,
        "book.toml:2:1",
        'unknown key "author"',
        'write [[contributors]] and below it name = "…"',
    ),
    (
        TITLE + 'trim = "A5"',
        Code.CONFIG_UNKNOWN_KEY,
        "book.toml:2:1",
        'unknown key "trim"',
        "it belongs in [page]",
    ),
    (
        TITLE + "[contents]\nepub_depth = 2",
        Code.CONFIG_UNKNOWN_KEY,
        "book.toml:3:1",
        'unknown key "epub_depth" in [contents]',
        'did you mean "epub-depth"?',
    ),
    (
        TITLE + "chapters = 3",
        Code.CONFIG_WRONG_TYPE,
        "book.toml:2:1",
        "chapters: expected a list of strings, found 3",
        "",
    ),
    (
        TITLE + 'chapters = ["a.md",\n  true]',
        Code.CONFIG_WRONG_TYPE,
        "book.toml:3:3",
        "chapters: expected a string, found true",
        "",
    ),
    (
        TITLE + 'parts = ["x"]',
        Code.CONFIG_WRONG_TYPE,
        "book.toml:2:10",
        'parts: expected a table, found "x"',
        "",
    ),
    (
        TITLE + "[contents]\ndepth = true",
        Code.CONFIG_WRONG_TYPE,
        "book.toml:3:1",
        "contents.depth: expected a whole number, found true",
        "",
    ),
    (
        TITLE + "[contents]\ndepth = 4",
        Code.CONFIG_BAD_VALUE,
        "book.toml:3:1",
        "contents.depth: 4 is not 1, 2 or 3",
        "1 is chapters, 2 sections, 3 subsections",
    ),
    ('title = " "', Code.CONFIG_BAD_VALUE, "book.toml:1:1", "title: is empty", ""),
    (
        'title = "a\\u0000"',
        Code.CONFIG_BAD_VALUE,
        "book.toml:1:1",
        "title: the character U+0000 cannot be shown in any edition",
        "",
    ),
    (
        TITLE + 'language = "en_US"',
        Code.CONFIG_BAD_VALUE,
        "book.toml:2:1",
        'language: "en_US" is not a language tag',
        'did you mean "en-US"?',
    ),
    (
        TITLE + 'language = "jp"',
        Code.CONFIG_BAD_VALUE,
        "book.toml:2:1",
        'language: "jp" is not a language tag',
        'did you mean "ja"?',
    ),
    (
        TITLE + 'editions = ["pdf", "epubs"]',
        Code.CONFIG_BAD_VALUE,
        "book.toml:2:13",
        'editions: "pdf" is none of screen, print, epub, booklet, cover, pack',
        "",
    ),
    (
        TITLE + 'editions = ["epub", "epub"]',
        Code.CONFIG_BAD_VALUE,
        "book.toml:2:1",
        'editions: "epub" stands twice',
        "",
    ),
    (
        TITLE + 'date = "2026-11"',
        Code.CONFIG_BAD_VALUE,
        "book.toml:2:1",
        'date: "2026-11" is not a date',
        "write the whole day, as in 2026-11-24",
    ),
    (
        TITLE + 'date = "2026-02-30"',
        Code.CONFIG_BAD_VALUE,
        "book.toml:2:1",
        'date: "2026-02-30" is not a day of the calendar',
        "",
    ),
    (
        TITLE + 'slug = "A Book"',
        Code.CONFIG_BAD_VALUE,
        "book.toml:2:1",
        'slug: "A Book" is not of a-z, 0-9 and single hyphens',
        'did you mean "a-book"?',
    ),
    (
        TITLE + '[[contributors]]\nname = "A"\nrole = "Author"',
        Code.CONFIG_BAD_VALUE,
        "book.toml:4:1",
        'contributors.role: "Author" is not a MARC relator code of three letters',
        'write "aut"',
    ),
    (
        TITLE + '[[contributors]]\nrole = "aut"',
        Code.CONFIG_MISSING_KEY,
        "book.toml:2:3",
        'the key "name" is missing in [contributors]',
        "",
    ),
    (
        TITLE + '[identifiers]\nepub = "978-3-16-148410-1"',
        Code.CONFIG_BAD_VALUE,
        "book.toml:3:1",
        'identifiers.epub: "978-3-16-148410-1" is not an ISBN: its last digit does not fit '
        "the others",
        "",
    ),
    (
        TITLE + '[page]\ntrim = "A55"',
        Code.CONFIG_BAD_VALUE,
        "book.toml:3:1",
        'page.trim: "A55" is not the name of a page size',
        'did you mean "A5"?',
    ),
    (
        TITLE + '[page]\ntrim = { width = "148", height = "210mm" }',
        Code.CONFIG_BAD_VALUE,
        "book.toml:3:10",
        'page.trim.width: "148" is not a length',
        "write it in mm, cm, in or pt, as in 148mm",
    ),
    (
        TITLE + '[page.trim]\nwidth = "2in"\nheight = "1cm"',
        Code.CONFIG_BAD_VALUE,
        "book.toml:4:1",
        "page.trim.height: 1cm is not between 50 mm and 500 mm",
        "",
    ),
    (
        TITLE + '[[parts]]\ntitle = "One"',
        Code.CONFIG_MISSING_KEY,
        "book.toml:2:3",
        'the part "One" has no chapters',
        'list them in "chapters"',
    ),
    (
        TITLE + '[cover]\nimage = "a.svg"',
        Code.MISSING_ALT,
        "book.toml:3:1",
        "the cover image has no text alternative",
        'say in "alt" what it shows',
    ),
]


@pytest.mark.parametrize(("text", "code", "at", "message", "hint"), FAULTS)
def test_each_fault(write: Write, text: str, code: Code, at: str, message: str, hint: str) -> None:
    finding = write.all(text)[1][0]
    assert (finding.code, str(finding.at), finding.message) == (code, at, message)
    assert finding.hints[:1] == ((hint,) if hint else ())
    assert finding.is_error


def test_all_faults_come_in_one_run_in_the_order_of_the_text(write: Write) -> None:
    settings, findings = write.all('titel = ""\nlanguage = 3\n[page]\ntrim = 1\ncolour = "red"\n')
    assert [str(finding.at) for finding in findings] == [
        "book.toml", "book.toml:1:1", "book.toml:2:1", "book.toml:4:1", "book.toml:5:1",
    ]  # fmt: skip
    assert settings.language == "en"


def test_a_rare_role_is_only_a_warning(write: Write) -> None:
    finding = write.only(TITLE + '[[contributors]]\nname = "A"\nrole = "zzz"')
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("name", "trim"),
    [
        ('"a5"', Trim("A5", 148, 210)),
        ('"B5-JIS"', Trim("B5", 182, 257)),
        ('"b5 jis"', Trim("B5", 182, 257)),
        ('"6\u00d79"', Trim("6x9", 152.4, 228.6)),
        ('"6 x 9 in"', Trim("6x9", 152.4, 228.6)),
        ('"half letter"', Trim("5.5x8.5", 139.7, 215.9)),
        ('{ width = "14.8cm", height = "595.276pt" }', Trim("148 \u00d7 210 mm", 148, 210)),
    ],
)
def test_a_page_size_has_many_spellings(write: Write, name: str, trim: Trim) -> None:
    assert write(f"{TITLE}[page]\ntrim = {name}").page.trim == trim


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Café für Zwölf: L\u2019été", "cafe-fur-zwolf-lete"),
        ("NPOの100年", "npo-100"),
        ("吾輩は猫である", "book-folder"),
        ("word " * 40, "word-" * 11 + "word"),
    ],
)
def test_a_slug_is_made_of_the_title_or_else_the_folder(
    write: Write, title: str, slug: str
) -> None:
    assert write(f'title = "{title}"').slug == slug


@given(st.text())
def test_a_slug_is_always_a_slug(title: str) -> None:
    slug = make_slug(title)
    assert len(slug) <= 60
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not slug.startswith("-")


@given(st.integers(0, 10**9 - 1).map("{:09}".format))
def test_one_wrong_digit_breaks_an_isbn(nine: str) -> None:
    body = f"978{nine}"
    right = -sum(int(digit) * (3 if i % 2 else 1) for i, digit in enumerate(body)) % 10
    assert isbn(f"ISBN {body[:3]}-{body[3:]}{right}") == f"{body[:3]}-{body[3:]}{right}"
    with pytest.raises(UnfitError):
        isbn(f"{body}{(right + 1) % 10}")


def test_an_isbn_of_ten_may_end_in_x() -> None:
    assert isbn("0-8044-2957-X") == "0-8044-2957-X"


def test_an_ordinary_windows_file_is_read(write: Write) -> None:
    path = write.folder / "book.toml"
    path.write_bytes(b'\xef\xbb\xbftitle = "A"\r\nslug = "a"\r\n')
    assert read_settings(write.folder).value.locations["slug"] == Location("book.toml", 2, 1)


def test_a_file_that_cannot_be_read_stops(write: Write, tmp_path: Path) -> None:
    def code() -> Code:
        with pytest.raises(BookError) as raised:
            read_settings(write.folder)
        return raised.value.diagnostics[0].code

    path = write.folder / "book.toml"
    assert code() is Code.MISSING_FILE
    path.write_bytes(b'title = "\xe9"')
    assert code() is Code.FILE_NOT_TEXT
    path.write_text("title")
    assert code() is Code.CONFIG_SYNTAX
    path.write_text("#" * 2**21)
    assert code() is Code.FILE_TOO_LARGE
    path.unlink()
    (tmp_path / "elsewhere.toml").write_text(TITLE)
    path.symlink_to(tmp_path / "elsewhere.toml")
    assert code() is Code.FILE_OUTSIDE_BOOK
