"""The stages in order: what stops a build, what it leaves out, and that it ends in time."""

import multiprocessing
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from chapbook import pipeline
from chapbook.cache import Cache
from chapbook.diagnostics import Code
from chapbook.ledger import find_build, read_state
from chapbook.parse import parse_source
from chapbook.pipeline import Build, Request, make_book, open_workshop
from chapbook.settings import Edition, Limits
from chapbook.workers import DIED, OUT_OF_TIME, Fallen, Workers

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"


def say_nothing(_stage: str, _what: str) -> None:
    pass


def write_book(tmp_path: Path, text: str) -> Path:
    book = tmp_path / "book"
    book.mkdir()
    (book / "book.toml").write_text('title = "T"\n', encoding="utf-8")
    (book / "one.md").write_text(text, encoding="utf-8")
    return book


def ask(tmp_path: Path, **wanted: object) -> Request:
    return Request(
        book=tmp_path / "book",
        output=tmp_path / "output",
        templates=TEMPLATES,
        **wanted,  # type: ignore[arg-type]
    )


def build(tmp_path: Path, text: str, **wanted: object) -> Build:
    write_book(tmp_path, text)
    return make_book(ask(tmp_path, **wanted), say_nothing)


def codes(built: Build) -> list[Code]:
    return [found.code for found in built.diagnostics]


def test_an_edition_asked_for_is_made(tmp_path: Path) -> None:
    built = build(tmp_path, "# One\n\nText.\n", editions=(Edition.EPUB,))
    assert [made.name for made in built.artifacts] == ["t.epub"]
    assert built.diagnostics == ()


def test_an_error_publishes_nothing(tmp_path: Path) -> None:
    built = build(tmp_path, "# One\n\n![A tree](tree.png)\n", editions=(Edition.EPUB,))
    assert codes(built) == [Code.MISSING_IMAGE]
    assert not (tmp_path / "output").exists()


def test_a_warning_stops_a_strict_build_alone(tmp_path: Path) -> None:
    built = build(tmp_path, "# One\n\n[x](two.md)\n", editions=(Edition.EPUB,), strict=True)
    assert codes(built) == [Code.BROKEN_LINK]
    assert built.artifacts == ()


def test_without_the_layout_libraries_the_e_book_is_made(tmp_path: Path) -> None:
    built = build(tmp_path, "# One\n\nText.\n", lacks=("Pango",), remedy="install Pango")
    assert [made.edition for made in built.artifacts] == [Edition.EPUB]
    assert built.left_out == (Edition.SCREEN, Edition.PRINT)
    (found,) = built.diagnostics
    assert (found.code, found.hints) == (Code.MISSING_LIBRARY, ("install Pango",))


def test_a_build_without_end_is_stopped(tmp_path: Path) -> None:
    built = build(tmp_path, "# One\n\nText.\n", limits=Limits(seconds=0.0))
    assert codes(built) == [Code.TIME_LIMIT]
    assert not (tmp_path / "output").exists()


def test_the_e_book_can_be_dated_from_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    build(tmp_path, "# One\n\nText.\n", editions=(Edition.EPUB,))
    with zipfile.ZipFile(tmp_path / "output" / "t.epub") as archive:
        opf = next(n for n in archive.namelist() if n.endswith(".opf"))
        assert "1970-01-02T00:00:00Z" in archive.read(opf).decode()


# What is remembered ------------------------------------------------------------------------


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def made(output: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(output.iterdir())}


def test_an_edit_parses_one_file(tmp_path: Path, kept: Path) -> None:
    book = write_book(tmp_path, "# One\n\nText.\n")
    (book / "two.md").write_text("# Two\n\nText.\n", "utf-8")
    request = ask(tmp_path, editions=(Edition.EPUB,), cache=kept)
    said: list[str] = []

    def say(stage: str, what: str) -> None:
        said.extend([what] if stage == "parse" else [])

    make_book(request, say)
    (book / "two.md").write_text("# Two\n\nAnother text.\n", "utf-8")
    make_book(request, say)
    make_book(request, say)
    assert said == ["2 of 2 sources", "1 of 2 sources", "0 of 2 sources"]


def test_findings_are_remembered_with_what_was_parsed(tmp_path: Path, kept: Path) -> None:
    write_book(tmp_path, "# One\n\n<blink>Text</blink>\n\n![](a.png)\n")
    request = ask(tmp_path, editions=(Edition.EPUB,), cache=kept)
    first = make_book(request, say_nothing)
    assert codes(first) == [Code.UNSAFE_HTML, Code.MISSING_ALT, Code.MISSING_IMAGE]
    assert make_book(request, say_nothing) == first


def test_the_same_bytes_come_with_and_without_a_memory(tmp_path: Path, kept: Path) -> None:
    write_book(tmp_path, "# One\n\nText.[^1]\n\n[^1]: A note.\n")
    editions = (Edition.EPUB,)
    make_book(ask(tmp_path, editions=editions), say_nothing)
    without = made(tmp_path / "output")
    for _ in range(2):
        make_book(ask(tmp_path, editions=editions, cache=kept), say_nothing)
        assert made(tmp_path / "output") == without


def test_an_edit_gives_what_a_new_build_would(tmp_path: Path, kept: Path) -> None:
    book = write_book(tmp_path, "# One\n\nText.[^1] See [two](two.md).\n\n[^1]: A note.\n")
    (book / "two.md").write_text(
        "# Two\n\n" + "A paragraph that fills a line and goes on to another, and on.\n\n" * 100,
        "utf-8",
    )
    remembering = ask(tmp_path, cache=kept)
    with open_workshop(remembering) as shop:
        assert make_book(remembering, say_nothing, shop).diagnostics == ()
        (book / "one.md").write_text("# One\n\n" + "Text. [two](two.md)\n\n" * 200, "utf-8")
        make_book(remembering, say_nothing, shop)
    with_memory = made(tmp_path / "output")
    make_book(ask(tmp_path), say_nothing)
    assert list(with_memory) == ["build.json", "t-print.pdf", "t.epub", "t.pdf"]
    assert made(tmp_path / "output") == with_memory


def test_a_whole_build_is_remembered(tmp_path: Path, kept: Path) -> None:
    write_book(tmp_path, "# One\n\nText.\n")
    request = ask(tmp_path, editions=(Edition.EPUB,), cache=kept)
    built = make_book(request, say_nothing, state=read_state(request))
    assert find_build(request, read_state(request), Cache(kept)) == built


def test_a_build_cut_short_is_not_remembered(tmp_path: Path, kept: Path) -> None:
    write_book(tmp_path, "# One\n\nText.\n")
    request = ask(tmp_path, editions=(Edition.EPUB,), cache=kept, limits=Limits(seconds=0.0))
    make_book(request, say_nothing, state=read_state(request))
    assert find_build(request, read_state(request), Cache(kept)) is None
    patient = ask(tmp_path, editions=(Edition.EPUB,), cache=kept)
    assert make_book(patient, say_nothing).diagnostics == ()


def test_what_cannot_be_remembered_is_said_once(tmp_path: Path, kept: Path) -> None:
    kept.write_bytes(b"a file, not a folder")
    write_book(tmp_path, "# One\n\nText.\n")
    said: list[tuple[str, str]] = []
    request = ask(tmp_path, editions=(Edition.EPUB,), cache=kept, strict=True)
    built = make_book(request, lambda *step: said.append(step))
    assert built.diagnostics == ()
    assert [what.startswith(str(kept)) for stage, what in said if stage == "cache"] == [True]


STOPPED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from chapbook.ledger import read_state
from chapbook.pipeline import Request, make_book

def say(stage, what):
    if stage == {stage!r}:
        os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    folder = Path({folder!r})
    request = Request(folder / "book", folder / "output", Path({root!r}) / "templates",
                      cache=folder / "cache")
    make_book(request, say, state=read_state(request))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
@pytest.mark.parametrize("stage", ["resolve", "compose", "publish"])
def test_a_killed_build_harms_no_later_one(tmp_path: Path, kept: Path, stage: str) -> None:
    book = write_book(tmp_path, "# One\n\nText.\n")
    (book / "book.toml").write_text('title = "T"\neditions = ["epub"]\n', "utf-8")
    script = tmp_path / "killed.py"
    script.write_text(STOPPED.format(root=str(ROOT), folder=str(tmp_path), stage=stage), "utf-8")
    killed = subprocess.run([sys.executable, str(script)], check=False)
    assert killed.returncode == -signal.SIGKILL
    request = ask(tmp_path, cache=kept)
    assert find_build(request, read_state(request), Cache(kept)) is None
    assert not (tmp_path / "output").exists()
    make_book(request, say_nothing)
    with_memory = made(tmp_path / "output")
    make_book(ask(tmp_path), say_nothing)
    assert made(tmp_path / "output") == with_memory


# What brings a worker down ------------------------------------------------------------------


def each_but(fallen: Callable[..., object], reason: str) -> Callable[..., list[object]]:
    """Run tasks as ever, but let one of them fall."""
    each = Workers.each

    def run(workers: Workers, task: Any, items: Sequence[Any], *rest: Any) -> list[Any]:
        name = getattr(task, "func", task)
        return (
            [Fallen(reason)] * len(items) if name is fallen else each(workers, task, items, *rest)
        )

    return run


@pytest.mark.parametrize(
    ("reason", "code"), [(OUT_OF_TIME, Code.TIME_LIMIT), (DIED, Code.LAYOUT_FAILED)]
)
@pytest.mark.parametrize(
    ("task", "where"), [(parse_source, "one.md"), (pipeline.make_epub, "None")]
)
def test_what_brings_a_worker_down_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    task: Callable[..., object],
    where: str,
    reason: str,
    code: Code,
) -> None:
    monkeypatch.setattr(Workers, "each", each_but(task, reason))
    (found,) = build(tmp_path, "# One\n\nText.\n", editions=(Edition.EPUB,)).diagnostics
    assert (found.code, str(found.at)) == (code, where)


def test_large_books_are_made_by_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "FEW", 0)
    write_book(tmp_path, "# One\n\nText.\n")
    request = ask(tmp_path, editions=(Edition.EPUB,))
    with open_workshop(request) as shop:
        assert make_book(request, say_nothing, shop).diagnostics == ()
        assert multiprocessing.active_children() != []
