import logging
from pathlib import Path

import pytest

from chapbook.diagnostics import Code, Diagnostic, Location, Severity
from chapbook.typeset.galley.records import keep_records
from tests.paged_books import SVG, passage, publication
from tests.presses import press as typeset

PAGE = "html { font: 9pt Book Serif }"


def findings(
    folder: Path, markup: str, style: str = "", texts: tuple[str, ...] = ()
) -> list[Diagnostic]:
    passages = tuple(passage("x:1", text, line) for line, text in enumerate(texts, 1))
    section = f'<section data-matter="body">{markup}</section>'
    book = publication(folder, section, style=f"{PAGE}\n{style}", passages=passages)
    return list(typeset(book).diagnostics)


def test_a_style_rule_that_is_not_understood_is_quoted(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, "<p>x</p>", "p { colour: red }")
    assert (found.severity, found.code) == (Severity.WARNING, Code.STYLE_WARNING)
    assert "colour: red" in found.message
    assert "p { colour: red }" in found.hints[0]
    assert found.at is None


def test_a_style_sheet_with_named_parts_gives_the_line_in_the_part(tmp_path: Path) -> None:
    parts = "/* from css/base.css */\np { }\n/* from css/book.css */\n\np { colour: red }"
    (found,) = findings(tmp_path, "<p>x</p>", parts)
    assert found.at == Location("css/book.css", 2, 5)


def test_a_selector_that_is_not_understood_is_reported(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, "<p>x</p>", "p::nonsense { color: red }")
    assert (found.code, found.severity) == (Code.STYLE_WARNING, Severity.WARNING)


def test_a_thing_said_many_times_is_told_once_with_its_count(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, '<p style="colour: red">x</p>' * 7)
    assert found.message.endswith("(7 times)")


def test_a_picture_that_is_not_there_stops_the_edition(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, '<p><img src="images/none.png" alt="x"></p>')
    assert (found.severity, found.code) == (Severity.ERROR, Code.MISSING_FILE)
    assert "images/none.png" in found.message


def test_a_picture_that_cannot_be_read_stops_the_edition(tmp_path: Path) -> None:
    book = publication(tmp_path, '<section><p><img src="images/ramp.png" alt="x"></p></section>')
    (tmp_path / "ramp.png").write_bytes(b"\x89PNG\r\n\x1a\nnonsense")
    (found,) = typeset(book).diagnostics
    assert (found.severity, found.code) == (Severity.ERROR, Code.IMAGE_UNREADABLE)
    assert "images/ramp.png" in found.message


def test_a_page_number_of_nothing_stops_the_edition(tmp_path: Path) -> None:
    style = "a::after { content: target-counter(attr(href), page) }"
    found = findings(tmp_path, '<p><a href="#none">x</a></p>', style)
    assert {(d.severity, d.code) for d in found} == {(Severity.ERROR, Code.BROKEN_LINK)}
    assert all("#none" in d.message for d in found)


def test_an_id_used_twice_is_reported(tmp_path: Path) -> None:
    found = findings(tmp_path, '<p id="a">x</p><p id="a">y</p>')
    assert [d.code for d in found] == [Code.DUPLICATE_ID]


def test_a_font_that_cannot_be_loaded_tells_why(tmp_path: Path) -> None:
    face = "@font-face { font-family: Gone; src: url(fonts/gone.ttf) }"
    found = findings(tmp_path, "<p>x</p>", face)
    assert {d.code for d in found} == {Code.STYLE_WARNING, Code.MISSING_FILE}
    assert any("fonts/gone.ttf" in hint for d in found for hint in d.hints)


def test_a_missing_glyph_names_the_character_its_place_and_a_remedy(tmp_path: Path) -> None:
    texts = ("plain", "with \ue001 in it")
    found = findings(tmp_path, "<p>with \ue001 and \ue001</p>", texts=texts)
    (glyph,) = found
    assert (glyph.severity, glyph.code) == (Severity.WARNING, Code.MISSING_GLYPH)
    assert "U+E001" in glyph.message
    assert "2 times" in glyph.message
    assert glyph.at == Location("chapter.md", 2, 1)


@pytest.mark.parametrize(
    ("markup", "style"),
    [
        ("<p>\ue001</p>", ""),
        ("<pre>\ue001</pre>", "pre { font-family: Book Code }"),
        ('<p>x<span class="n">\ue001</span></p>', ".n { float: footnote }"),
        ("<p>x</p>", '@page { @top-left { content: "\ue001" } }'),
        ("<ul><li>x</li></ul>", 'ul { list-style: "\ue001" }'),
        ("<table><tr><td>\ue001</td></tr></table>", ""),
        (SVG.replace("drawn", "\ue001"), ""),
        ("<p>\ue001</p>", "p { opacity: .5 }"),
    ],
)
def test_a_missing_glyph_is_noticed_wherever_it_stands(
    tmp_path: Path, markup: str, style: str
) -> None:
    found = findings(tmp_path, markup, style)
    assert Code.MISSING_GLYPH in {d.code for d in found}


def test_what_cannot_be_seen_is_not_missing(tmp_path: Path) -> None:
    assert (
        findings(tmp_path, "<p>soft\u00adhyphen, joiner\u200d, space\u2003, no break\u2060</p>")
        == []
    )


def test_records_are_kept_and_nothing_is_left_behind(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("weasyprint")
    before = (logger.level, logger.propagate, list(logger.handlers))
    with keep_records() as records:
        logger.warning("first %s", "thing")
        logging.getLogger("weasyprint.progress").info("step")
    assert [record.getMessage() for record in records.logged] == ["first thing"]
    assert (logger.level, logger.propagate, list(logger.handlers)) == before
    assert caplog.records == []


def test_a_picture_without_alt_is_reported_and_an_empty_one_is_not(tmp_path: Path) -> None:
    picture = '<p><img src="images/ramp.png"{}></p>'
    (found,) = findings(tmp_path, picture.format("") + picture.format(' alt=""'))
    assert (found.severity, found.code) == (Severity.WARNING, Code.MISSING_ALT)
