"""The same input gives the same bytes, and a build that fails leaves the last good one whole."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chapbook.diagnostics import Code
from tests.conftest import ROOT, run_chapbook

CHAPTER = """# {title}

A first paragraph with *some* words.[^a]

![A line](images/line.svg "A line that is drawn."){{: #line }}

| one | two |
|-----|-----|
| 1   | 2   |

Table: Two numbers.

[^a]: A note.
"""
LINE = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="9"><path d="M0 4h90"/></svg>'


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    (folder / "images").mkdir(parents=True)
    (folder / "book.toml").write_text('title = "Repeat"\ndate = 2026-01-02\n', "utf-8")
    (folder / "images" / "line.svg").write_text(LINE, "utf-8")
    for name in ("one", "two", "three"):
        (folder / f"{name}.md").write_text(CHAPTER.format(title=name.title()), "utf-8")
    return folder


def sums(output: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(output.iterdir())}


def test_the_same_book_gives_the_same_bytes_anywhere(book: Path, tmp_path: Path) -> None:
    first = run_chapbook(book, tmp_path / "first", "-q", "--jobs=1")
    assert first.status == 0, first.said
    elsewhere = tmp_path / "elsewhere" / "book"
    shutil.copytree(book, elsewhere)
    for file in elsewhere.rglob("*"):
        os.utime(file, (10**9, 10**9))
    odd = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C", "COLUMNS": "20"}
    run_chapbook(elsewhere, tmp_path / "second", "-q", "--jobs=2", environment=odd)
    assert sums(tmp_path / "first") == sums(tmp_path / "second")
    names = ["build.json", "repeat-print.pdf", "repeat.epub", "repeat.pdf"]
    assert list(sums(tmp_path / "first")) == names


def test_a_book_with_an_error_leaves_the_last_good_files(book: Path, tmp_path: Path) -> None:
    assert run_chapbook(book, tmp_path / "made", "-q").status == 0
    before = sums(tmp_path / "made")
    (book / "images" / "line.svg").unlink()
    failed = run_chapbook(book, tmp_path / "made", "-q")
    assert failed.status == 1
    assert f"[{Code.MISSING_IMAGE}]" in failed.said
    assert sums(tmp_path / "made") == before


def test_a_killed_build_leaves_the_last_good_files(book: Path, tmp_path: Path) -> None:
    output = tmp_path / "made"
    assert run_chapbook(book, output, "-q").status == 0
    before = sums(output)
    (book / "four.md").write_text(CHAPTER.format(title="Four"), "utf-8")
    command = [sys.executable, "-m", "chapbook", "--book", str(book), "--output", str(output)]
    for delay in (0.5, 1.5, 3.0):
        build = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(delay)
        build.send_signal(signal.SIGKILL)
        if build.wait() == -signal.SIGKILL:
            assert sums(output) == before


def test_an_output_folder_that_cannot_be_written_is_a_finding(book: Path, tmp_path: Path) -> None:
    (tmp_path / "made").write_text("a file stands where the folder should", "utf-8")
    failed = run_chapbook(book, tmp_path / "made", "epub", "-q")
    assert failed.status == 1
    assert f"[{Code.OUTPUT_FAILED}]" in failed.said
