"""Directives: what is one, what stays text, and where each is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chapbook.diagnostics import Code, Diagnostic
from chapbook.model import Chapter, SourceFile
from chapbook.parse import parse_source
from chapbook.settings import FrontMatter


def parse(text: str) -> tuple[Chapter, tuple[Diagnostic, ...]]:
    outcome = parse_source(SourceFile("one.md", f"# One\n\n{text}\n", FrontMatter()), "en")
    (chapter,) = outcome.value
    return chapter, outcome.diagnostics


def test_a_directive_keeps_its_place_its_id_and_its_classes() -> None:
    chapter, found = parse("Text.\n\n> [Contents:  short]{: .wide #here }")
    assert not found
    assert 'class="wide" id="here" data-directive="contents"' in chapter.xhtml
    assert 'data-argument="short" data-at="5:3"' in chapter.xhtml
    assert "here" in chapter.ids


def test_attributes_may_stand_on_the_line_below() -> None:
    chapter, found = parse("[page break]\n{: .left }\n\nText.")
    assert not found
    assert chapter.xhtml.startswith('<div class="page-break left"></div><p')


@pytest.mark.parametrize(
    "text",
    [
        r"\[page break]",
        "`[page break]`",
        "    [page break]",
        "```\n[page break]\n```",
        "some text\n[page break]",
        "[page break]\nsome text",
        "<p>[page break]</p>",
    ],
)
def test_what_is_no_paragraph_of_its_own_stays_text(text: str) -> None:
    chapter, found = parse(text)
    assert not found
    assert "[page break]" in chapter.xhtml
    assert "page-break" not in chapter.xhtml


def test_the_name_of_a_link_stays_a_link() -> None:
    chapter, found = parse("[contents]\n\n[contents]: https://example.org/")
    assert not found
    assert '<a href="https://example.org/">contents</a>' in chapter.xhtml


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[pagebreak]", "[page break]"),
        ("[contents: shrot]", "[contents: short]"),
        ("[ruled lines: 41]", "1 to 40 lines"),
        ("[ruled lines]", "1 to 40 lines"),
        ("[blank page: 2]", "[blank page]"),
    ],
)
def test_a_near_miss_stays_text_and_is_said(text: str, hint: str) -> None:
    chapter, (found,) = parse(f"Text.\n\n{text}")
    assert text in chapter.xhtml
    assert (found.code, found.at and found.at.line, found.at and found.at.column) == (
        Code.UNKNOWN_DIRECTIVE,
        5,
        1,
    )
    assert hint in found.hints[0]


@pytest.mark.parametrize("text", ["[laughter]", "[sic]", "[Note: mind the gap]", "[Ann: hello]"])
def test_words_of_an_author_are_let_alone(text: str) -> None:
    chapter, found = parse(text)
    assert not found
    assert text in chapter.xhtml


def test_no_html_brings_a_directive() -> None:
    forged = '<div data-directive="contents" class="\ufdd8directive-0">x</div>'
    chapter, found = parse(f"[contents]\n\n{forged}")
    assert chapter.xhtml.count("data-directive") == 1
    assert {one.code for one in found} == {Code.UNSAFE_HTML, Code.CONTROL_CHARACTER}


PIECES = st.sampled_from(
    ["[page break]", "[blank page]", "[contents]", "text", "- item", "> quoted", "    code", "",
     "!!! columns", "| a | b |", "|---|---|", "| << | ^^ |", "{: .x }", "[pagebreak]", "```"]
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(PIECES, max_size=12))
def test_no_mixture_breaks_or_loses_a_word(lines: list[str]) -> None:
    _, found = parse("\n".join(lines))
    assert not [one for one in found if one.is_error]
