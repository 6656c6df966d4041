"""The exit status tells what became of a build, and what is unchanged is not made again."""

import os
import re
import subprocess
import sys
import threading
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest

from chapbook.cli import main

ROOT = Path(__file__).parents[2]
HEAVY = (
    "PIL", "asyncio", "ebooklib", "importlib.metadata", "jinja2", "lxml", "markdown",
    "multiprocessing", "nh3", "pikepdf", "pygments", "pypdfium2", "rich", "watchfiles",
    "weasyprint", "yaml",
)  # fmt: skip


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("CHAPBOOK_CACHE", str(folder))
    return folder


def arguments_for(tmp_path: Path, *arguments: str) -> list[str]:
    book, output = tmp_path / "book", tmp_path / "made"
    return [*arguments, "--book", str(book), "--output", str(output)]


def run(tmp_path: Path, *arguments: str) -> int:
    return main(arguments_for(tmp_path, *arguments, "-q"))


def write_book(
    tmp_path: Path, text: str = "# One\n\nText.\n", settings: str = 'title = "T"'
) -> None:
    book = tmp_path / "book"
    book.mkdir(exist_ok=True)
    (book / "book.toml").write_text(settings, "utf-8")
    (book / "one.md").write_text(text, "utf-8")


def test_a_book_that_is_made(tmp_path: Path) -> None:
    write_book(tmp_path)
    assert run(tmp_path, "epub") == 0
    assert run(tmp_path, "epub") == 0


def test_a_book_with_an_error(tmp_path: Path) -> None:
    write_book(tmp_path, "# One\n\n![A tree](tree.png)\n")
    assert run(tmp_path, "epub") == 1
    assert run(tmp_path, "epub") == 1


def test_a_wrong_book_toml(tmp_path: Path) -> None:
    write_book(tmp_path, settings='titel = "T"\n')
    assert run(tmp_path, "epub") == 2
    assert run(tmp_path, "epub") == 2


def test_a_folder_that_is_no_book(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    assert run(tmp_path, "epub") == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("bogus",),
        ("epub", "watch"),
        ("clean", "epub"),
        ("epub", "--jobs", "0"),
        ("--format", "xml"),
        ("--executor", "no.such.module:pool"),
        ("--executor", "os:path"),
        ("--executor", "os"),
    ],
)
def test_a_command_that_is_wrong(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(tmp_path, *arguments)
    assert ended.value.code == 2


def test_a_check_publishes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_book(tmp_path, "# One\n\n[x](two.md)\n")
    assert main(arguments_for(tmp_path, "check", "epub")) == 0
    said = lines(capsys)
    assert any("warning[broken-link]" in line for line in said)
    assert said[-1].startswith("0 errors, 1 warning (")
    assert not (tmp_path / "made").exists()
    assert run(tmp_path, "check", "epub", "--strict") == 1


def test_a_check_is_of_what_the_printer_would_get(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_book(tmp_path)
    assert main(arguments_for(tmp_path, "check")) == 0
    assert "preflight print" in lines(capsys)


# What is remembered ------------------------------------------------------------------------


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().err.splitlines()


def test_what_is_unchanged_is_not_made_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_book(tmp_path, "# One\n\n[x](two.md)\n")
    assert main(arguments_for(tmp_path, "epub")) == 0
    first = lines(capsys)
    assert first[0] == "configure"
    assert main(arguments_for(tmp_path, "epub")) == 0
    second = lines(capsys)
    assert "warning[broken-link]" in second[0]
    assert second[:-1] == first[-len(second) : -1]
    assert second[-1].startswith("nothing has changed: ")


def test_nothing_is_loaded_for_it(tmp_path: Path) -> None:
    write_book(tmp_path, "# One\n\n[x](two.md)\n")
    arguments = arguments_for(tmp_path, "epub")
    assert main(arguments) == 0
    code = f"import sys; from chapbook.cli import main; main({arguments}); print(*sys.modules)"
    command = [sys.executable, "-c", code]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "nothing has changed" in ended.stderr
    assert set(HEAVY) & set(ended.stdout.split()) == set()


def test_without_a_cache_all_is_made_and_nothing_kept(
    tmp_path: Path, kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_book(tmp_path)
    for _ in range(2):
        assert main(arguments_for(tmp_path, "epub", "--no-cache")) == 0
        assert lines(capsys)[0] == "configure"
    assert not kept.exists()


def test_clean_says_how_much_it_forgot(
    tmp_path: Path, kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_book(tmp_path)
    run(tmp_path, "epub")
    assert main(["clean"]) == 0
    (said,) = lines(capsys)
    assert re.fullmatch(re.escape(str(kept)) + r": \d+ entries forgotten, 0\.\d MB", said)
    assert list(kept.iterdir()) == []
    assert main(["clean", "-q"]) == 0
    assert lines(capsys) == []
    assert main(arguments_for(tmp_path, "epub")) == 0
    assert lines(capsys)[0] == "configure"


# Other pools -------------------------------------------------------------------------------

asked: list[str] = []


def pool() -> Executor:
    """Note that it was asked for, and give a pool of threads."""
    asked.append(threading.current_thread().name)
    return ThreadPoolExecutor(1)


def test_another_pool_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chapbook.pipeline.FEW", 0)
    monkeypatch.setitem(sys.modules, "pool_of_threads", sys.modules[__name__])
    write_book(tmp_path)
    assert run(tmp_path, "epub", "--executor", "pool_of_threads:pool") == 0
    assert asked


def test_help_tells_of_every_command() -> None:
    command = [sys.executable, "-m", "chapbook", "--help"]
    environment = {**os.environ, "COLUMNS": "200", "PYTHONPATH": str(ROOT)}
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    for word in ("check", "watch", "clean", "--no-cache", "--executor MODULE:FACTORY", "--jobs"):
        assert word in said.stdout
