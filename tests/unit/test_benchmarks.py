"""The measurements themselves, on a book of a few pages; what they come to is not judged here."""

import re
import sys
from pathlib import Path

import pytest

from tests.benchmarks.books import Book, Edits, given
from tests.benchmarks.contest import PRINT_WORK, Course, Plan, hold
from tests.benchmarks.rows import HEAD, against, flat, within, write_table
from tests.benchmarks.runs import FailedError, measure
from tests.book_folder import Folder

SENTENCE = "The keeper of the bridge counted every letter twice.\n"


def test_measures_every_row_and_both_make_the_same_pages(tmp_path: Path) -> None:
    said: list[str] = []
    plan = Plan(rounds=1, pages=3, sizes=(3, 6), saves=1, rows=frozenset({1, 2, 3, 4, 5, 6, 8}))
    rows = list(hold(plan, tmp_path, said.append))
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6, 8]
    assert all(min(row.ours) > 0 for row in rows)
    assert [len(row.stock) for row in rows] == [1, 1, 1, 1, 0, 0, 0]
    # Where stock makes other pages, its number follows in brackets.
    (book,) = {row.book for row in rows[:6]}
    assert re.fullmatch(r"generated 3: \d+ p\.", book)
    assert len(said) == 2 + 5 + 2


def test_the_work_for_the_print_shop_is_told_by_stage(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    Folder(folder).write({"one.md": f"# One\n\n{SENTENCE}"})
    said: list[str] = []
    spent, pages = Course(tmp_path, said.append).print_work(Book("a book", folder))
    assert {"typeset", *PRINT_WORK} <= spent.keys()
    assert min(spent.values()) > 0
    assert pages % 4 == 0
    assert said[0].startswith("a book, print shop: ")


def test_the_table_has_a_line_for_each_row() -> None:
    rows = [
        against(1, "full build", "a book", "s", [(4.0, 10.0), (3.0, 10.0), (8.0, 10.0)], 0.4),
        against(4, "an edit", "a book", "s", [(1.9, 100.0)], 0.04, 1.8),
        within(6, "nothing", "a book", [0.3, 0.5], 0.4),
        flat(8, "a page", "books", [90.0, 100.0, 112.0]),
    ]
    assert [row.is_met for row in rows] == [True, False, True, False]
    table = write_table(rows).splitlines()
    assert len(table) == 5
    assert table[0].split("  ")[-1].strip() == HEAD[-2]
    assert "0.400 (0.300-0.800)" in table[1]
    assert "≤ 1.8 s and ≤ 0.04  NOT MET" in table[2]


def test_the_work_and_the_memory_of_processes_left_behind_are_seen(tmp_path: Path) -> None:
    script = tmp_path / "hungry.py"
    script.write_text(
        "import subprocess, sys\n"
        "if len(sys.argv) == 1:\n"
        "    subprocess.run([sys.executable, __file__, 'child'], check=True)\n"
        "else:\n"
        "    print(len(bytes(range(256)) * 2**20), sum(range(10**6)))\n"
    )

    run = measure([sys.executable, str(script)], tmp_path, {})
    assert run.peak > 256
    assert run.said.split()[0] == str(2**28)


def test_a_program_that_fails_is_told_with_its_words(tmp_path: Path) -> None:

    with pytest.raises(FailedError, match=r"exit status 1 after .* s\nno ink"):
        measure([sys.executable, "-c", "raise SystemExit('no ink')"], tmp_path, {})


def test_an_edit_changes_one_sentence_and_can_be_undone(tmp_path: Path) -> None:
    text = f"# One\n\n{SENTENCE}\n```\n{SENTENCE}```\n\n{SENTENCE}\n{SENTENCE}"
    Folder(tmp_path).write({"one.md": text, "two.md": "# Two\n"})
    edits = Edits(Book("a book", tmp_path))
    edits.next()
    edits.next()
    changed = (tmp_path / "one.md").read_text("utf-8")
    assert len(changed.splitlines()) == len(text.splitlines())
    assert changed.count(SENTENCE) == 2
    assert f"```\n{SENTENCE}```" in changed
    edits.undo()
    assert (tmp_path / "one.md").read_text("utf-8") == text


def test_a_book_made_for_another_program_gets_its_settings(tmp_path: Path) -> None:
    source = Folder(tmp_path / "guide" / "src")
    source.write({"SUMMARY.md": "# A Guide\n\n- [One](one.md)\n", "one.md": "# One\n"})
    (source.root / "book.toml").unlink()
    book = given(tmp_path / "guide", tmp_path / "copies")
    assert (book.folder / "book.toml").read_text("utf-8").startswith('title = "A Guide"\n')
    with pytest.raises(FileNotFoundError):
        given(tmp_path / "copies", tmp_path / "more")
