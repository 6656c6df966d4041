"""What is wrong with a file, and where."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.diagnostics import Code, Severity
from chapbook.model import SourceFile
from chapbook.parse import parse_source
from chapbook.parse.dialect import Context, write_html
from chapbook.parse.places import Places
from chapbook.parse.positions import Positions
from chapbook.parse.sanitise import sanitise
from chapbook.parse.scan import Scan, scan
from chapbook.parse.tags import TagPolicy
from chapbook.parse.walk import Walk
from chapbook.parse.written import read_written
from chapbook.settings import FrontMatter


def findings(text: str) -> list[str]:
    outcome = parse_source(SourceFile("a.md", f"# T\n\n{text}", FrontMatter()), "en")
    return [f"{d.severity} {d.code} {d.at}" for d in outcome.diagnostics]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![](x.png)", "warning missing-alt a.md:3:5"),
        ("![](x.png){.decorative}", None),
        ("a[^b]\n\n[^bb]: c[^bb]", "warning unknown-note a.md:3:2"),
        ("a\\[^b]", None),
        ("`a[^b]`", None),
        ("[^b]: never called", "warning unused-note a.md:3:1"),
        ("see [words][nowhere]", "warning unknown-reference a.md:3:5"),
        ("see \\[words][nowhere]", None),
        ("`a[i][j]` and a[i][j]", None),
        ("a <script>b</script>", "warning unsafe-html a.md:3:3"),
        ("<script>\nb\n\nc\n</script>", "warning unsafe-html a.md:3:1"),
        ('<p onclick="b">c</p>', "warning unsafe-html a.md:3:4"),
        ("a [b](javascript:c)", "warning unsafe-html a.md:3:7"),
        ("a\n{: onclick=b }", "warning unsafe-html a.md:4:4"),
        ("a <font size=1>b</font>", "warning unsafe-html a.md:3:3"),
        ('<b style="c">b</b>', "warning unsafe-html a.md:3:4"),
        ("a [b](ftp://c)", "warning unsafe-html a.md:3:7"),
        ("`<script>` and\n\n    <script>b</script>", None),
        ("Vec<T>, a < b > c, <!-- gone -->, 1 <2", None),
        ("1. !!! only print\n       x", None),
        ("a\n:   !!! figures\n        ![b](c.svg)", None),
        ("1. Table: a\n\n   | b |\n   |---|\n   | c |", None),
        ("- *[NPO]: nonprofit\n\n  NPO", None),
        ("1. *[NPO]: nonprofit\n\n   NPO", None),
        ("a[^b]\n\n[^b]: c[^d]\n\n    [^d]: e\n\n    f", None),
        ("a\x00b", "warning control-character a.md:3:2"),
        ("a&#1;b", "warning control-character a.md:3:2"),
        ("a&#0000065534;b", "warning control-character a.md:3:2"),
    ],
)
def test_each_fault_has_its_code_and_place(text: str, expected: str | None) -> None:
    found = findings(text)
    assert (expected in found) if expected else not found, found


def test_an_unknown_tag_is_reported_once_a_file() -> None:
    found = findings("<Listing n=1>\n\na\n\n</Listing>\n\n<Listing n=2>\n\nb\n\n</Listing>\n")
    assert found == ["warning unsafe-html a.md:3:1"]


def test_the_nearest_key_is_proposed() -> None:
    text = "# T\n\na[^note]\n\n[^notes]: b[^notes]\n"
    outcome = parse_source(SourceFile("a.md", text, FrontMatter()), "en")
    assert outcome.diagnostics[0].hints == ("did you mean [^notes]?",)


def test_words_that_were_swallowed_are_an_error_at_the_first() -> None:
    assert findings("Kept.\n\n<div class\nswallowed") == ["error lost-words a.md:5:2"]


def test_a_second_definition_of_a_note_is_not_lost_unseen() -> None:
    assert "error duplicate-id a.md:6:1" in findings("a[^b]\n\n[^b]: one\n[^b]: two\n")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "![" * 5_000 + "]" * 5_000,
        ">" * 500 + " deep",
        "- " * 500 + "deep",
        "<div>" * 3_000 + "deep",
        "*" * 3_000 + "deep",
        "**a *b " * 400 + "c* d** " * 400,
        "word " * 50_000,
        "```\n" * 999,
        "<!-- " * 500,
    ],
    ids=lambda text: text[:8],
)
def test_nothing_makes_it_fail(text: str) -> None:
    outcome = parse_source(SourceFile("a.md", text, FrontMatter()), "en")
    codes = {d.code for d in outcome.diagnostics if d.severity is Severity.ERROR}
    assert outcome.value or codes == {Code.UNPARSABLE}
    assert codes <= {Code.UNPARSABLE, Code.LOST_WORDS}


MARKS = st.sampled_from(
    [*"*_`[](){}<>!#-+.:|~\\\"'&;^ \n\t1aé日", "\n\n", "    ", "```\n"],
)


@given(st.lists(MARKS, max_size=60).map("".join))
def test_whatever_is_written_becomes_well_formed(text: str) -> None:
    outcome = parse_source(SourceFile("a.md", text, FrontMatter()), "en")
    for chapter in outcome.value:
        root = ElementTree.fromstring(f"<x>{chapter.xhtml}</x>")
        blocks = [e.attrib["data-block"] for e in root.iter() if "data-block" in e.attrib]
        assert len(blocks) == len(set(blocks))
        known = {*blocks, "title", *(p.block for p in chapter.passages if "note-" in p.block)}
        assert {passage.block for passage in chapter.passages} <= known
        links = [e.attrib["href"] for e in root.iter("a") if "href" in e.attrib]
        assert links == [link.target for link in chapter.links][: len(links)]


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1, max_size=30))
def test_plain_words_are_never_lost(words: list[str]) -> None:
    source = SourceFile("a.md", "# T\n\n" + " ".join(words), FrontMatter())
    outcome = parse_source(source, "en")
    assert outcome.diagnostics == ()
    assert outcome.value[0].passages[1].text == " ".join(words)


VERSES = (
    "The *owl* and the pussycat went to sea",
    "In a beautiful pea-green `boat`",
    "They took some honey, and plenty of money",
    "Wrapped up in a five-pound note",
    "日本の船に乗って海へ出た",
    "The owl looked up to the [stars](sky.md) above",
)


@given(st.permutations(VERSES), st.integers(0, len(VERSES) - 1))
def test_a_paragraph_that_goes_missing_is_found_out(verses: list[str], lost: int) -> None:
    text = "\n\n".join(verses)
    written = read_written(text, Scan(), 0, len(text), [])
    root = sanitise(markdown_of(text))
    root.remove(root[lost])
    positions = Positions(Places("a.md", text), text, written, Walk(root))
    lines = {finding.at.line for finding in positions.lost_words() if finding.at}
    assert lines == {2 * lost + 1}


def markdown_of(text: str) -> str:
    policy = TagPolicy(text)
    return write_html(Context(scan(text, 0, policy), policy))[0]


@pytest.mark.parametrize(
    ("written", "shown", "at"),
    [
        ("a <script>x()</script> b", "a b", "a.md:3:3"),
        ("a <SVG><text>t</text></SVG> b", "a b", "a.md:3:3"),
        ("<div>a <style>p{}</style> b</div>", "a b", "a.md:3:8"),
        ("[a](java&#115;cript:x)", "a", "a.md:3:5"),
        ('<a href="javascript&#58;x">a</a>', "a", "a.md:3:4"),
        ('<q cite="javascript:x">a</q>', "a", "a.md:3:4"),
        ('<img src="data:image/png;base64,A" alt="a"> b', "a b", "a.md:3:6"),
        ("`<script>x</script>` and \\<script>", "<script>x</script> and <script>", ""),
    ],
)
def test_what_is_taken_out_of_html_is_said_once(written: str, shown: str, at: str) -> None:
    outcome = parse_source(SourceFile("a.md", f"# T\n\n{written}\n", FrontMatter()), "en")
    (chapter,) = outcome.value
    assert " ".join(chapter.passages[-1].text.split()) == shown
    assert "javascript" not in chapter.xhtml
    assert [(d.code, str(d.at)) for d in outcome.diagnostics] == (
        [(Code.UNSAFE_HTML, at)] if at else []
    )
