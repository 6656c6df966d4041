"""Findings are written as asked: short, with an excerpt, or as JSON."""

import json
import re
from pathlib import Path

import pytest

from chapbook.diagnostics import Code, Location, error
from chapbook.publication import Artifact
from chapbook.report import Format, Reporter
from chapbook.request import Build
from chapbook.settings import Edition

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


def test_colours_are_for_those_who_see_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, Format.SHORT)
    plain = capsys.readouterr().err
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    write(tmp_path, Format.SHORT)
    coloured = capsys.readouterr().err
    assert "\x1b[1;31merror[broken-link]\x1b[0m" in coloured
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == plain


BUILD = Build((Artifact(Edition.SCREEN, "t.pdf", 4321, "", 12),))


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """Give what was said, with N for each time."""
    return re.sub(r"[\d.]+ (m?s)\b", r"N \1", capsys.readouterr().err)


def test_what_was_made_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    reporter = Reporter(Path(), Format.SHORT, 1)
    reporter.result(BUILD, Path("out"))
    assert said(capsys) == "out/t.pdf  (4 kB, 12 pages)\n1 made in N s\n"
    reporter.result(BUILD, Path("out"), is_new=False)
    assert said(capsys) == "out/t.pdf  (4 kB, 12 pages)\nnothing has changed: N s\n"


def test_a_save_takes_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    reporter = Reporter(Path(), Format.SHORT, 1)
    reporter.begin()
    reporter.saved(["a.md"], BUILD, 1)
    assert said(capsys) == "a.md: 1 chapter laid out anew, t.pdf 12 pages (N ms)\n"
    reporter.saved([], BUILD, 2000)
    assert said(capsys) == "all: 2,000 chapters laid out anew, t.pdf 12 pages (N ms)\n"
    reporter.saved(list("abcdefg"), Build(diagnostics=(FOUND,)), 0)
    assert said(capsys) == "a, b, c, d, e and 2 more: 1 finding, nothing published (N ms)\n"


def test_the_quiet_hear_of_findings_alone(capsys: pytest.CaptureFixture[str]) -> None:
    reporter = Reporter(Path(), Format.SHORT, 0)
    reporter.say("read", "")
    reporter.result(BUILD, Path("out"))
    reporter.saved(["a.md"], BUILD, 1)
    reporter.cleared(1, 1, Path("cache"))
    assert said(capsys) == ""


def test_the_loud_hear_how_long_each_step_took(capsys: pytest.CaptureFixture[str]) -> None:
    reporter = Reporter(Path(), Format.SHORT, 2)
    reporter.say("read", "")
    assert said(capsys) == ""
    reporter.say("parse", "2 of 2 sources")
    assert said(capsys) == "read  (N s)\n"
    reporter.result(BUILD, Path("out"))
    assert said(capsys).splitlines()[0] == "parse 2 of 2 sources  (N s)"
