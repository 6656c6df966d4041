"""Files are read inside their folder alone, and what is no text is told at its place."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.compose.folders import Folders
from chapbook.diagnostics import BookError, Code, Location
from chapbook.folder import (
    CONTROLS,
    NONCHARACTERS,
    UNSHOWABLE,
    find_file,
    read_bytes,
    read_text,
)

OUT = (
    "loop/../link.md",
    "gone/../loop/../link.md",
    "../out.md",
    "a/../../out.md",
    "link.md",
    "links/out.md",
    "/etc/passwd",
)
STEPS = ("a", "b.md", "..", ".", "up", "loop", "gone", "", "link.md", "links")
PATHS = st.lists(st.sampled_from(STEPS), max_size=5)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("top")
    book = top / "book"
    (book / "a").mkdir(parents=True)
    (top / "out.md").write_text("out", "utf-8")
    (book / "a" / "b.md").write_text("b", "utf-8")
    (book / "b.md").symlink_to("a/b.md")
    (book / "link.md").symlink_to(top / "out.md")
    (book / "links").symlink_to(top)
    (book / "up").symlink_to("..")
    (book / "loop").symlink_to("loop")
    return book


@pytest.mark.parametrize("path", OUT)
def test_nothing_outside_is_found(folder: Path, path: str) -> None:
    with pytest.raises(BookError) as raised:
        find_file(folder, path)
    (found,) = raised.value.diagnostics
    assert (found.code, found.at) == (Code.FILE_OUTSIDE_BOOK, Location(path))


@given(PATHS)
def test_a_file_is_found_where_it_really_stands(folder: Path, steps: list[str]) -> None:
    path = "/".join(steps)
    try:
        found = find_file(folder, path)
    except BookError:
        return
    assert found == found.resolve(strict=True)
    assert found.is_relative_to(folder)
    assert found.is_file()


@pytest.mark.parametrize("path", OUT)
def test_no_template_is_found_outside(folder: Path, path: str) -> None:
    folders = Folders((folder, folder / "a"))
    assert folders.find(path) is None
    assert folders.find("house:b.md") is not None


def test_the_folder_may_be_a_link(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "here").symlink_to(folder)
    assert find_file(tmp_path / "here", "a/b.md") == folder / "a" / "b.md"


@given(st.text())
def test_no_unshowable_character_has_other_bytes(text: str) -> None:
    try:
        content = text.encode()
    except UnicodeEncodeError:
        return
    if UNSHOWABLE.search(text):
        assert NONCHARACTERS in content or set(content) & set(CONTROLS)


@pytest.mark.parametrize("stray", ["\0", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_an_unshowable_character_is_told_at_its_place(tmp_path: Path, stray: str) -> None:
    (tmp_path / "a.md").write_bytes(f"one\r\ntwo {stray}".encode())
    with pytest.raises(BookError) as raised:
        read_text(tmp_path, "a.md", 100)
    (found,) = raised.value.diagnostics
    assert (found.code, found.at) == (Code.FILE_NOT_TEXT, Location("a.md", 2, 5))


def test_what_only_looks_alike_is_text(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("｡\t\U0001ffff", "utf-8")
    assert read_text(tmp_path, "a.md", 100) == "｡\t\U0001ffff"


@pytest.mark.parametrize("size", [0, 1, 9, 10])
def test_a_file_is_read_whole_up_to_its_limit(tmp_path: Path, size: int) -> None:
    (tmp_path / "a").write_bytes(b"x" * size)
    assert read_bytes(tmp_path, "a", 10) == b"x" * size


@pytest.mark.parametrize("size", [11, 12, 100])
def test_a_file_over_its_limit_is_refused(tmp_path: Path, size: int) -> None:
    (tmp_path / "a").write_bytes(b"x" * size)
    with pytest.raises(BookError) as raised:
        read_bytes(tmp_path, "a", 10)
    assert [found.code for found in raised.value.diagnostics] == [Code.FILE_TOO_LARGE]


def test_a_file_that_grows_is_read_to_its_new_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"x" * 8)
    monkeypatch.setattr(os, "fstat", lambda _number: os.stat_result((0,) * 6 + (3,) + (0,) * 3))
    assert read_bytes(tmp_path, "a", 10) == b"x" * 8
    with pytest.raises(BookError):
        read_bytes(tmp_path, "a", 7)
