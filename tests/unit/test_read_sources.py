"""The sources of real folders, and what they say before their text."""

import os
from pathlib import Path

import pytest

from chapbook.diagnostics import BookError, Code, Diagnostic, Severity
from chapbook.settings import FrontMatter, Limits
from tests.book_folder import TITLE, Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    root = tmp_path / "book"
    root.mkdir()
    return Folder(root)


def test_text_loses_its_mark_and_carriage_returns(folder: Folder) -> None:
    folder.write({"a.md": b"\xef\xbb\xbf# A\r\n\r\nb\rc\n"})
    assert folder.read()[0].sources[0].text == "# A\n\nb\nc\n"


@pytest.mark.parametrize(
    ("content", "code", "at"),
    [
        ("# A\r\n\r\nna\u00efve caf".encode() + b"\xe9\n", Code.FILE_NOT_TEXT, "a.md:3:10"),
        ("# A\n".encode("utf-16"), Code.FILE_NOT_TEXT, "a.md:1:1"),
        (b"# A\nx\0y\n", Code.FILE_NOT_TEXT, "a.md:2:2"),
        (b"# A\nx\x0by\n", Code.FILE_NOT_TEXT, "a.md:2:2"),
        (b"# A\n" + b"x" * 1000, Code.FILE_TOO_LARGE, "a.md"),
        (b"", Code.EMPTY_BOOK, "book.toml"),
        (b"+++\n+++\n\n", Code.EMPTY_BOOK, "book.toml"),
    ],
)
def test_what_is_no_text(folder: Folder, content: bytes, code: Code, at: str) -> None:
    folder.write({"a.md": content})
    with pytest.raises(BookError) as raised:
        folder.read(Limits(source_bytes=1000))
    (finding,) = raised.value.diagnostics
    assert (finding.code, str(finding.at)) == (code, at)


def test_each_file_has_a_name_of_its_own(folder: Folder) -> None:
    finding = folder.refusal({"\u00e9.md": "# Composed", "e\u0301.md": "# Decomposed"})
    assert (finding.code, str(finding.at)) == (Code.BAD_FILE_NAME, "\u00e9.md")


def test_a_name_is_text(folder: Folder) -> None:
    (folder.root / os.fsdecode(b"\xff.md")).write_text("# X")
    finding = folder.refusal({})
    assert (finding.code, str(finding.at)) == (Code.BAD_FILE_NAME, "\\xff.md")


def test_an_empty_folder_is_an_empty_book(folder: Folder) -> None:
    assert folder.refusal({}).code is Code.EMPTY_BOOK


def test_links_stay_inside_the_book(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# Secret")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "b.md").write_text("# B")
    folder.write({"real/a.md": "# A"})
    (folder.root / "b.md").symlink_to(tmp_path / "secret.md")
    (folder.root / "c.md").symlink_to(folder.root / "real" / "a.md")
    (folder.root / "d").symlink_to(tmp_path / "outside", target_is_directory=True)
    (folder.root / "e.md").symlink_to(folder.root / "e.md")
    manuscript, findings = folder.read()
    assert [source.path for source in manuscript.sources] == ["c.md", "real/a.md"]
    assert [(found.code, str(found.at)) for found in findings] == [
        (Code.FILE_OUTSIDE_BOOK, "b.md"),
        (Code.MISSING_FILE, "e.md"),
    ]
    folder.write({}, TITLE + 'chapters = ["c.md", "d/b.md"]')
    (finding,) = folder.read()[1]
    assert (finding.code, str(finding.at)) == (Code.FILE_OUTSIDE_BOOK, "book.toml:2:21")


def test_a_pipe_is_no_source(folder: Folder) -> None:
    os.mkfifo(folder.root / "a.md")
    assert folder.refusal({"b.md": "# B"}).code is Code.MISSING_FILE


# front matter


def opening(folder: Folder, text: str) -> tuple[FrontMatter, str, tuple[Diagnostic, ...]]:
    folder.write({"a.md": text, "z.md": "# Z"})
    manuscript, findings = folder.read()
    source = manuscript.sources[0]
    return source.front_matter, source.text[source.body :], findings


def test_front_matter_in_toml(folder: Folder) -> None:
    text = (
        '+++\ntitle = "T"\nshort-title = "S"\nauthor = ["A", "B"]\nnumbered = false\n+++\n\n# X\n'
    )
    front_matter, body, findings = opening(folder, text)
    assert front_matter == FrontMatter("T", "S", "A, B", numbered=False)
    assert (body, findings) == ("\n# X\n", ())


def test_front_matter_in_yaml(folder: Folder) -> None:
    text = (
        "--- \ntitle: 2026-11-24\nauthor: [A, 7]\nnumbered: No\nepigraph: |\n  x\n  y\nlang:\n---\n"
    )
    front_matter, body, findings = opening(folder, text + "# X")
    assert front_matter == FrontMatter(
        "2026-11-24", author="A, 7", numbered=False, epigraph="x\ny\n"
    )
    assert (body, findings) == ("# X", ())


def test_a_strangers_keys_are_warnings_at_their_line(folder: Folder) -> None:
    text = "---\nlayout: post\ndate: 2026-99-99\ntags: [a, {b: c}]\nshort_title: S\n---\n# X\n"
    _, body, findings = opening(folder, text)
    assert [(found.severity, str(found.at)) for found in findings] == [
        (Severity.WARNING, f"a.md:{line}:1") for line in (2, 3, 4, 5)
    ]
    assert findings[3].hints == ('did you mean "short-title"?',)
    assert body == "# X\n"


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("+++\n\ntitle = 3\n+++\n", Code.CONFIG_WRONG_TYPE, "a.md:3:1"),
        ("+++\ntitle = \n+++\n", Code.CONFIG_SYNTAX, "a.md:2:9"),
        ("+++\ntitle = 'x'\n", Code.CONFIG_SYNTAX, "a.md:1:1"),
        ("---\ntitle: [a]\n---\n", Code.CONFIG_WRONG_TYPE, "a.md:2:1"),
        ("---\nnumbered: maybe\n---\n", Code.CONFIG_WRONG_TYPE, "a.md:2:1"),
        ("---\nlang: en_GB\n---\n", Code.CONFIG_BAD_VALUE, "a.md:2:1"),
        ("---\ntitle: a: b\n---\n", Code.CONFIG_SYNTAX, "a.md:2:9"),
        ("---\ntitle: a\ntitle: b\n---\n", Code.CONFIG_SYNTAX, "a.md:3:1"),
        ('---\ntitle: "\\ud800"\n---\n', Code.CONFIG_BAD_VALUE, "a.md:2:1"),
        ("---\ntitle: " + "[" * 2000 + "\n---\n", Code.CONFIG_SYNTAX, "a.md"),
        ("---\ntitle: &a [*a]\n---\n", Code.CONFIG_WRONG_TYPE, "a.md:2:1"),
    ],
)
def test_each_fault_of_front_matter(folder: Folder, text: str, code: Code, at: str) -> None:
    (finding,) = opening(folder, text + "# X")[2]
    assert finding.code is code
    assert str(finding.at).startswith(at)
    assert finding.is_error


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nOnce upon a time: yes.\n\nNo.\n\n---\n\n# X\n",
        "---\nprose\n---\n",
        "---\n# X\n",
        "----\ntitle: x\n----\n",
        " ---\ntitle: x\n---\n",
        "# X\n---\ntitle: x\n---\n",
        "---\ntitle: x\n" + "prose: x\n" * 8000 + "---\n",
    ],
)
def test_a_book_may_open_with_a_rule(folder: Folder, text: str) -> None:
    assert opening(folder, text) == (FrontMatter(), text, ())
