"""`watch` makes a book anew on each save, and outlives its author's slips."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from chapbook.request import Request
from chapbook.watch import saves

ROOT = Path(__file__).parents[2]


@pytest.fixture
def request_for(tmp_path: Path) -> Request:
    book, templates = tmp_path / "book", tmp_path / "house"
    (book / "images").mkdir(parents=True)
    templates.mkdir()
    (book / "one.md").write_text("# One\n", "utf-8")
    (templates / "page.css").write_text("", "utf-8")
    return Request(book=book, output=book / "output", templates=templates)


def test_the_first_save_is_the_book_as_it_stands(request_for: Request) -> None:
    assert next(saves(request_for)) == ()


def test_what_is_saved_during_a_build_is_not_missed(request_for: Request) -> None:
    saved = saves(request_for)
    next(saved)
    (request_for.book / "one.md").write_text("# One!\n", "utf-8")
    assert next(saved) == ("one.md",)
    (request_for.book / "images" / "a.svg").write_text("<svg/>", "utf-8")
    (request_for.book / "one.md").unlink()
    (request_for.templates / "page.css").write_text("p {}", "utf-8")
    assert next(saved) == ("house/page.css", "images/a.svg", "one.md")


def test_what_we_write_and_what_editors_keep_is_no_save(request_for: Request) -> None:
    saved = saves(request_for)
    next(saved)
    request_for.output.mkdir()
    for name in ("output/t.pdf", "output/build.json", ".one.md.swp", "one.md~", ".#one.md"):
        (request_for.book / name).write_bytes(b"x")
    (request_for.book / ".git").mkdir()
    (request_for.book / ".git" / "index").write_bytes(b"x")
    (request_for.book / "one.md").write_text("# Two\n", "utf-8")
    assert next(saved) == ("one.md",)


class Watching:
    """A `watch` as its user starts it, and what it says."""

    def __init__(self, folder: Path, book: Path) -> None:
        self.output = folder / "output"
        self._said = folder / "said"
        arguments = ["watch", "epub", "--book", str(book), "--output", str(self.output)]
        with self._said.open("wb") as said:
            self.started = subprocess.Popen(
                [sys.executable, "-m", "chapbook", *arguments],
                cwd=folder,
                env={
                    **os.environ,
                    "PYTHONPATH": str(ROOT),
                    "CHAPBOOK_CACHE": str(folder / "cache"),
                },
                stderr=said,
            )

    def wait_for(self, words: str) -> None:
        """Wait until something new is said; fails where the watch ended without it."""
        while words not in self.said():
            assert self.started.poll() is None, self.said()
            time.sleep(0.05)

    def said(self) -> str:
        return self._said.read_text("utf-8")

    def end(self) -> int:
        self.started.send_signal(signal.SIGINT)
        return self.started.wait()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "book.toml").write_text('title = "T"\n', "utf-8")
    (folder / "one.md").write_text("# One\n\nText.\n", "utf-8")
    return folder


@pytest.fixture
def watching(tmp_path: Path, book: Path) -> Iterator[Watching]:
    watch = Watching(tmp_path, book)
    yield watch
    watch.started.kill()
    watch.started.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="sends an interrupt to one process")
def test_a_book_is_edited_broken_mended_and_left(watching: Watching, book: Path) -> None:
    watching.wait_for("all: ")
    made = watching.output / "t.epub"
    first = made.read_bytes()
    (book / "one.md").write_text("# One\n\nOther text.\n", "utf-8")
    watching.wait_for("\none.md: ")
    second = made.read_bytes()
    assert second != first
    (book / "two.md").write_text("# Two\n\n![A tree](tree.png)\n", "utf-8")
    watching.wait_for("two.md: 1 finding, nothing published")
    assert "two.md:3:11: error[missing-image]" in watching.said()
    assert made.read_bytes() == second
    (book / "two.md").write_text("# Two\n\nNo tree.\n", "utf-8")
    watching.wait_for("\ntwo.md: 0 chapters")
    assert made.read_bytes() != second
    assert watching.end() == 0
    assert "Traceback" not in watching.said()


@pytest.mark.skipif(sys.platform == "win32", reason="sends an interrupt to one process")
def test_breaking_off_in_the_middle_of_a_build_is_no_fault(watching: Watching) -> None:
    watching.wait_for("read")
    assert watching.end() == 0
    assert "Traceback" not in watching.said()


def test_there_must_be_a_folder_to_watch(tmp_path: Path) -> None:
    watch = Watching(tmp_path, tmp_path / "nowhere")
    assert watch.started.wait() == 2
    assert "Traceback" not in watch.said()
