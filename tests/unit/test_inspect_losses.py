"""Each way in which the layout engine is known to drop text in silence is noticed."""

import pytest

from chapbook.diagnostics import Code
from tests.inspected_pages import inspect, paragraph

LINES = "".join(f'<p data-block="d:{n}">line{n} of many</p>' for n in range(2, 202))
BEFORE = '<p data-block="d:1">Before it all.</p>'
AFTER = '<p data-block="d:999">After it all.</p>'


def lost(html: str, style: str = "") -> tuple[str, int]:
    found = inspect(html, style)
    assert [d.code for d in found] == [Code.LOST_TEXT]
    assert found[0].at is not None
    return found[0].message, found[0].at.line


@pytest.mark.parametrize("style", ["float: left", "display: inline-block", "position: absolute"])
def test_a_block_that_can_not_break(style: str) -> None:
    message, line = lost(f'{BEFORE}<div class="block">{LINES}</div>', f".block {{ {style} }}")
    assert 20 <= line <= 30
    assert message.startswith(f"“line{line} of many” is missing on page ")
    assert message.endswith(f"and so are {201 - line} passages after it")


def test_a_note_of_one_long_paragraph() -> None:
    note = f'<span class="note" data-block="d:2">{paragraph(300)}</span>'
    html = f'<p data-block="d:1">Called{note} here.</p>{AFTER}'
    message, line = lost(html, ".note { float: footnote }")
    assert line == 2
    assert message.startswith("“word1")


def test_a_note_of_many_lines() -> None:
    lines = "".join(
        f'<span class="note" data-block="d:{n}">line{n} of a note</span>' for n in range(2, 122)
    )
    html = f'<p data-block="d:1">Called<span class="foot" data-apart="1">{lines}</span> here.</p>'
    message, line = lost(html, ".foot { float: footnote } .note { display: block }")
    assert line == 2, "the note grows beyond the head of its page"
    assert message.startswith("“line2 of a note” is missing on page 2, and so are ")


def test_a_line_of_code_longer_than_the_page() -> None:
    html = f'{BEFORE}<pre data-block="d:2">short\n{paragraph(100)}\nshort</pre>{AFTER}'
    message, line = lost(html)
    assert line == 3
    assert message.startswith("“word8 word9 ")


def test_a_table_wider_than_the_page() -> None:
    cells = "".join(f'<td data-block="d:{n}">cell{n}</td>' for n in range(2, 62))
    message, line = lost(f"{BEFORE}<table><tr>{cells}</tr></table>{AFTER}")
    assert 8 <= line <= 14
    assert message.endswith(f"and so are {61 - line} passages after it")


def test_words_beside_the_page() -> None:
    html = f'{BEFORE}<p data-block="d:2" class="away">quite away</p>{AFTER}'
    assert lost(html, ".away { margin-left: -60mm }")[1] == 2


def test_words_that_are_clipped() -> None:
    html = f'{BEFORE}<p data-block="d:2" class="low">{paragraph(40)}</p>{AFTER}'
    message, line = lost(html, ".low { height: 28pt; overflow: hidden }")
    assert line == 2
    assert message.startswith("“word")


def test_words_that_are_not_shown() -> None:
    html = f'{BEFORE}<p data-block="d:2">one <i>two</i> three</p>{AFTER}'
    assert lost(html, "i { display: none }") == ("“two” is missing on page 1", 2)


@pytest.mark.parametrize("word", ["the", "a", "end"])
def test_a_short_word_at_the_end_of_a_block(word: str) -> None:
    html = f'<p data-block="d:1">the a end, the a end, and the a end <i>{word}</i></p>{AFTER}'
    assert lost(html, "i { display: none }")[1] == 1


def test_one_of_two_like_cells() -> None:
    cells = '<td data-block="d:1">12</td><td data-block="d:2" class="x">12</td>'
    found = inspect(f"<table><tr>{cells}</tr></table>{AFTER}", ".x { visibility: hidden }")
    assert [d.code for d in found] == [Code.LOST_TEXT]


def test_a_heading_that_only_the_running_head_repeats() -> None:
    html = f'<h2 data-block="d:1">The heading of this chapter</h2>{AFTER}'
    style = "@page { @top-left { content: string(t) } } h2 { string-set: t content(); "
    assert not inspect(html, style + "}")
    assert lost(html, style + "visibility: hidden }")[1] == 1


def test_the_line_of_the_lost_word() -> None:
    html = f'<p data-block="d:1">one two\nthree <i>four</i>\nfive</p>{AFTER}'
    found = inspect(html, "i { display: none }")
    assert found[0].at is not None
    assert (found[0].at.line, found[0].at.column) == (2, 0)
