"""Findings are written as asked: short, with an excerpt, or as JSON."""

import json
from pathlib import Path

import pytest

from chapbook.diagnostics import Code, Location, error
from chapbook.report import Format, Reporter

FOUND = error(
    Code.BROKEN_LINK, "no heading “instal”", Location("a.md", 2, 5), "did you mean “install”?"
)


def write(tmp_path: Path, style: Format) -> None:
    (tmp_path / "a.md").write_text("one\nsee [it](#instal)\n", encoding="utf-8")
    Reporter(tmp_path, style, 0).findings([FOUND])


def test_short_is_a_line_and_its_hint(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, Format.SHORT)
    assert capsys.readouterr().err.splitlines() == [
        f"{tmp_path}/a.md:2:5: error[broken-link]: no heading “instal”",
        "  hint: did you mean “install”?",
    ]


def test_full_shows_the_line_with_a_caret(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, Format.FULL)
    assert capsys.readouterr().err.splitlines()[1:3] == ["  2 | see [it](#instal)", "    |     ^"]


def test_json_is_for_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, Format.JSON)
    (record,) = json.loads(capsys.readouterr().out)
    assert (record["code"], record["path"], record["column"]) == ("broken-link", "a.md", 5)
