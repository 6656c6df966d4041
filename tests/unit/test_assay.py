"""What the validators of others find is told at the line it comes from; real ones are run."""

import json
import os
import sys
import time
from pathlib import Path

import pytest

from chapbook.assay import assay_epub
from chapbook.assay.ace import ACE, find_ace
from chapbook.assay.ace import read_objections as read_ace
from chapbook.assay.epubcheck import EPUBCHECK, find_epubcheck
from chapbook.assay.epubcheck import read_objections as read_epubcheck
from chapbook.assay.objection import Objection, in_one_line
from chapbook.assay.telling import MOST_OF_A_RULE, tell
from chapbook.assay.tool import Lacking, Tool, UnreportedError, run
from chapbook.cache import Cache
from chapbook.diagnostics import Code, Location, Severity
from chapbook.provenance import Provenance
from tests.assayed_books import Epub, make_epub
from tests.conftest import run_chapbook
from tests.readers.packages import find_ace_script, find_browser
from tests.validators.findings import find_java

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
ONE = """# One

A first paragraph of
two lines with *stress*.[^n]

- yes
- yes, [there](two.md#second)

![A tree](a.svg)

| Tree | Height |
| --- | --- |
| Oak | 30 |

[^n]: The note.
"""
TWO = "# Two\n\n## Second {: #second }\n\nThe last words.\n"


@pytest.fixture(scope="module")
def epub(tmp_path_factory: pytest.TempPathFactory) -> Epub:
    book = tmp_path_factory.mktemp("book")
    return make_epub(book, {"one.md": ONE, "two.md": TWO, "a.svg": SVG})


@pytest.fixture
def all_validators(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EPUBCHECK")
    monkeypatch.setenv("ACE", "")


@pytest.mark.usefixtures("all_validators")
def test_epubcheck_is_told_at_the_line(epub: Epub, tmp_path: Path) -> None:
    find_java()
    broken = epub.edited(
        {
            "chapter-001.xhtml": [
                ("<em>stress</em>", "<blink>stress</blink>"),
                ("#second", "#third"),
                ('alt="A tree"', 'alt="A tree" width="wide"'),
                ("<td>30</td>", "<td>30</td><td><li/></td>"),
                ("The note.", 'The note.<p id="2"/>'),
            ],
            "content.opf": [("<dc:language>en</dc:language>", "<dc:language>@</dc:language>")],
        }
    )
    cache = Cache(tmp_path)
    found = assay_epub(broken.content, broken.passages, cache)
    assert found.remarks == ()
    assert {d.code for d in found.diagnostics} == {Code.EPUB_INVALID}
    places = {(d.at.path, d.at.line) for d in found.diagnostics if d.at}
    assert {("one.md", line) for line in (4, 7, 9, 13, 15)} | {("book.toml", 0)} == places
    fragment = next(d for d in found.diagnostics if d.at and d.at.line == 7)
    assert fragment.severity is Severity.ERROR
    assert fragment.message == "fragment identifier is not defined"
    assert fragment.hints[-1].startswith("EPUBCheck: RSC-012, in EPUB/chapter-001.xhtml:")
    assert cache.made == {"assay": 1}
    assert assay_epub(broken.content, broken.passages, cache) == found
    assert cache.made == {"assay": 1}


@pytest.mark.usefixtures("all_validators")
def test_epubcheck_finds_nothing_in_what_is_whole(epub: Epub, tmp_path: Path) -> None:
    find_java()
    assert assay_epub(epub.content, epub.passages, Cache(tmp_path)).diagnostics == ()


def test_ace_is_told_at_the_line(
    epub: Epub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACE", str(find_ace_script()))
    monkeypatch.setenv("PUPPETEER_EXECUTABLE_PATH", find_browser())
    broken = epub.edited(
        {
            "chapter-001.xhtml": [
                ('alt="A tree" ', ""),
                ("<li>yes, <a", '<li role="banana">yes, <a'),
                ("<em>stress</em>", '<em style="color:#eee;background:#fff">stress</em>'),
            ]
        }
    )
    found = assay_epub(broken.content, broken.passages, Cache(tmp_path))
    assert {d.code for d in found.diagnostics} == {Code.EPUB_INACCESSIBLE}
    told = {d.hints[-1].split()[1]: (d.at, d.message) for d in found.diagnostics}
    assert {rule: at.line for rule, (at, _) in told.items() if at and at.path == "one.md"} == {
        "image-alt": 9,
        "aria-roles": 7,
        "color-contrast": 4,
    }
    assert told["image-alt"][1].startswith("images must have alternat")
    assert "images/a.svg" in told["image-alt"][1]
    assert all(d.severity is Severity.ERROR for d in found.diagnostics)


def test_ace_finds_nothing_in_what_is_whole(
    epub: Epub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACE", str(find_ace_script()))
    monkeypatch.setenv("PUPPETEER_EXECUTABLE_PATH", find_browser())
    assert assay_epub(epub.content, epub.passages, Cache(tmp_path)).diagnostics == ()


# Reports -----------------------------------------------------------------------------------


def test_a_report_of_epubcheck_is_read() -> None:
    at = {"path": "EPUB/one.xhtml", "line": 7, "column": 3}
    nowhere = {"path": "book.epub", "line": -1, "column": -1}
    messages = [
        {
            "ID": "RSC-005",
            "severity": "ERROR",
            "message": 'Error while parsing file: element "x" not\nallowed here.',
            "locations": [at, {**at, "line": 9}],
            "suggestion": None,
        },
        {
            "ID": "PKG-021",
            "severity": "WARNING",
            "message": "Corrupted image.",
            "locations": [nowhere],
            "suggestion": "Mend it.",
        },
        {"ID": "ACC-009", "severity": "USAGE", "message": "", "locations": []},
        {"ID": "RSC-016", "severity": "FATAL", "message": "HTML is no XML.", "locations": []},
    ]
    words = 'element "x" not allowed here'
    assert read_epubcheck(json.dumps({"messages": messages})) == (
        Objection(Severity.ERROR, "RSC-005", words, "EPUB/one.xhtml", 7, 3),
        Objection(Severity.ERROR, "RSC-005", words, "EPUB/one.xhtml", 9, 3),
        Objection(Severity.WARNING, "PKG-021", "corrupted image", "book.epub", advice="mend it"),
        Objection(Severity.ERROR, "RSC-016", "HTML is no XML"),
    )


def test_a_report_of_ace_is_read() -> None:
    test = {
        "earl:impact": "minor",
        "dct:title": "empty-heading",
        "help": {"dct:description": "Headings should not be empty"},
    }
    result = {
        "earl:outcome": "fail",
        "dct:description": "Element has no text.\nOr else.",
        "earl:pointer": {"cfi": ["/4/2[one]/6"], "css": ["h2"]},
        "html": '<h2 xmlns="http://www.w3.org/1999/xhtml" id="x"></h2><!--##--> <p/>',
    }
    whole = {"earl:test": {"dct:title": "pagination"}, "earl:result": {"earl:outcome": "fail"}}
    passed = {"earl:test": {}, "earl:result": {"earl:outcome": "pass"}}
    pages = [
        {
            "earl:testSubject": {"url": "one.xhtml"},
            "assertions": [{"earl:test": test, "earl:result": result}, passed],
        },
        {"earl:testSubject": {"url": "EPUB/content.opf"}, "assertions": [whole]},
    ]
    assert read_ace(json.dumps({"assertions": pages})) == (
        Objection(
            Severity.WARNING,
            "empty-heading (minor)",
            'headings should not be empty: <h2 id="x"></h2>',
            "one.xhtml",
            steps=(4, 2, 6),
            advice="element has no text",
        ),
        Objection(Severity.WARNING, "pagination", "pagination", "EPUB/content.opf"),
    )


@pytest.mark.parametrize("report", ["", "[]", "{}", '{"messages": [{}], "assertions": [{}]}'])
def test_a_report_that_is_none(report: str) -> None:
    for read in (read_epubcheck, read_ace):
        with pytest.raises(UnreportedError):
            read(report)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Images must have  words.\n", "images must have words"),
        ("A thing", "a thing"),
        ("HTML is no XML", "HTML is no XML"),
        ("The “x”", "the “x”"),
        ('"x" is wrong.', '"x" is wrong'),
        ("JavaScript is there", "JavaScript is there"),
        ("", ""),
    ],
)
def test_what_is_said_is_written_as_our_messages_are(said: str, written: str) -> None:
    assert in_one_line(said) == written


def test_of_one_rule_not_too_many_are_told(epub: Epub) -> None:
    same = Objection(Severity.ERROR, "R", "wrong", "EPUB/content.opf", 3)
    provenance = Provenance(epub.files, epub.passages)
    told = list(tell("V", Code.EPUB_INVALID, [same] * (MOST_OF_A_RULE + 3), provenance))
    assert len(told) == MOST_OF_A_RULE
    assert "the same rule is broken in 3 more places" in told[-1].hints
    assert told[0].at == Location("book.toml")


# Programs ----------------------------------------------------------------------------------


def test_what_is_lacking_is_remarked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.delenv("EPUBCHECK")
    monkeypatch.delenv("ACE")
    for found, words in ((find_epubcheck(), "it needs Java"), (find_ace(), "npm install")):
        assert isinstance(found, Lacking)
        assert words in found.remark
    monkeypatch.setenv("EPUBCHECK", str(tmp_path / "none.jar"))
    found = find_epubcheck()
    assert isinstance(found, Lacking)
    assert "none.jar, which is not there" in found.remark


def test_what_is_not_wanted_is_not_remarked(epub: Epub, tmp_path: Path) -> None:
    assert os.environ["EPUBCHECK"] == os.environ["ACE"] == ""
    assert assay_epub(epub.content, epub.passages, Cache(tmp_path)) == assay_epub(
        b"PK\5\6" + bytes(18), (), Cache(tmp_path)
    )


def tool(script: str) -> Tool:
    return Tool(EPUBCHECK, (sys.executable, "-c", script), "mark")


def test_what_takes_too_long_is_ended_with_all_it_started(tmp_path: Path) -> None:
    sign = tmp_path / "sign"
    child = f"import time, pathlib; time.sleep(3); pathlib.Path({str(sign)!r}).touch()"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    with pytest.raises(UnreportedError, match="did not end within 1 s"):
        run(tool(parent), (), 1.0)
    time.sleep(3)
    assert not sign.exists()


def test_what_gives_no_report_is_told(
    epub: Epub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = tmp_path / "check.sh"
    command.write_text("#!/bin/sh\necho 'No room left'\n")
    command.chmod(0o755)
    monkeypatch.setenv("EPUBCHECK", str(command))
    (found,) = assay_epub(epub.content, epub.passages, Cache(tmp_path / "cache")).diagnostics
    assert (found.code, found.severity) == (Code.EPUB_UNCHECKED, Severity.WARNING)
    assert found.message == "EPUBCheck gave no report, so the e-book was not checked by it"
    assert found.hints == ("it said: No room left",)


def test_a_program_can_not_ask_the_network() -> None:
    script = (
        "import urllib.request as u\ntry: u.urlopen('http://192.0.2.1/', timeout=20)\n"
        "except OSError as fault: print(fault)"
    )
    assert "refused" in run(tool(script), ()).lower()


def test_both_have_a_code_of_their_own() -> None:
    assert (EPUBCHECK.code, ACE.code) == (Code.EPUB_INVALID, Code.EPUB_INACCESSIBLE)


def test_check_says_what_it_lacks(tmp_path: Path) -> None:
    book = tmp_path / "book"
    make_epub(book, {"one.md": "# One\n\nText.\n"})
    environment = {"EPUBCHECK": str(tmp_path / "x.jar"), "ACE": str(tmp_path / "x")}
    made = run_chapbook(book, tmp_path / "out", "check", "epub", environment=environment)
    assert made.status == 0
    assert "EPUBCheck was not run: " in made.said
    assert "Ace was not run: " in made.said
