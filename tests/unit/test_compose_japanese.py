# ruff: noqa: RUF001  # the signs that look alike are the matter here
"""Readings in a row above their word, double lines, and a space between scripts, on pages."""

import re
from xml.etree import ElementTree

import pytest

from chapbook.compose.japanese import LONGEST_WARICHU, set_japanese
from chapbook.compose.passages import list_passages
from chapbook.compose.ruby import OVERHANG, width_of
from chapbook.model import Division, DivisionKind, Matter, SourceFile
from chapbook.parse import parse_source
from chapbook.settings import BookSettings, FrontMatter


def set_text(xhtml: str, language: str = "ja") -> str:
    root = ElementTree.fromstring(f"<x>{xhtml}</x>")
    set_japanese(root, language)
    return ElementTree.tostring(root, "unicode")[3:-4]


def words(xhtml: str) -> str:
    return re.sub("<[^>]*>", "", xhtml)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<p>木とAppleの木</p>", "木と Apple の木"),
        ("<p>木と Apple の木</p>", "木と Apple の木"),
        ("<p>2026年に</p>", "2026 年に"),
        ("<p>木と<b>Apple</b>の木</p>", "木と Apple の木"),
        ("<p>木と<code>x</code>の木</p>", "木と x の木"),
        ("<p>「Apple」、と</p>", "「Apple」、と"),
        ("<p>木</p><p>Apple</p>", "木Apple"),
        ("<p>本<sup>1</sup>の</p>", "本1の"),
        ('<p>木<span lang="en">a木a</span></p>', "木 a木a"),
        ("<pre>木a</pre>", "木a"),
        ('<p class="number">第1章</p>', "第1章"),
        ('<p><span class="label">図1</span>　木</p>', "図1　木"),
    ],
)
def test_scripts_are_set_apart(source: str, shown: str) -> None:
    assert words(set_text(source)) == shown


def test_a_book_in_another_language_is_left_alone() -> None:
    assert words(set_text("<p>木とApple</p>", "en")) == "木とApple"


def test_the_word_comes_whole_before_its_readings() -> None:
    shown = set_text("<p><ruby>漢<rp>（</rp><rt>かん</rt>字<rt>じ</rt></ruby></p>")
    assert words(shown) == "漢字かんじ"
    assert 'class="set"' in shown


def test_a_short_reading_is_spread_over_its_word() -> None:
    shown = set_text("<p><ruby>東京都<rt>とう</rt></ruby></p>")
    assert "width: 3em" in shown
    # Three ems of base are six of the reading, of which it fills two.
    assert "letter-spacing: 2em; text-indent: 1em" in shown


def test_a_long_reading_overhangs_kana_alone() -> None:
    beside_kana = set_text("<p>は<ruby>志<rt>こころざし</rt></ruby>を</p>")
    beside_signs = set_text("<p>本<ruby>志<rt>こころざし</rt></ruby>本</p>")
    assert f"width: {2.5 - 2 * OVERHANG:g}em" in beside_kana
    assert "width: 2.5em" in beside_signs


def test_a_ruby_with_marks_in_it_stays_as_it_is() -> None:
    ruby = "<p><ruby><b>漢</b><rt>かん</rt></ruby></p>"
    assert set_text(ruby) == ruby


def test_letters_are_narrower_than_signs() -> None:
    assert width_of("漢字") == 2
    assert width_of("ab") < 2


def test_a_short_note_stands_in_two_lines() -> None:
    shown = set_text('<p>木<small class="warichu">別名を林檎という</small></p>')
    assert re.findall('<span class="line">([^<]*)', shown) == ["別名を林", "檎という"]


def test_a_long_note_stays_in_the_line() -> None:
    note = f'<p><small class="warichu">{"林" * (LONGEST_WARICHU + 1)}</small></p>'
    assert set_text(note) == note


def test_readings_are_proved_apart_on_pages_and_in_place_in_e_books() -> None:
    chapter = parse_source(
        SourceFile("a.md", "# 本\n\n木の{漢字|かん|じ}を\n", FrontMatter()), "ja"
    ).value[0]
    division = Division(
        "one", DivisionKind.CHAPTER, Matter.BODY, "chapter", "本", passages=chapter.passages
    )
    settings = BookSettings("本")

    def texts(is_paged: bool) -> list[str]:
        return [p.text for p in list_passages(settings, [division], is_paged=is_paged)]

    assert texts(True) == ["本", "木の漢字を", "かん\ufffcじ"]
    assert texts(False) == ["本", "木の漢\ufffcかん\ufffc字\ufffcじ\ufffcを"]


def test_ruby_in_an_indented_code_block_is_code() -> None:
    outcome = parse_source(
        SourceFile("a.md", "# 本\n\n文\n\n    {漢字|かん|じ}\n", FrontMatter()), "ja"
    )
    assert not outcome.diagnostics
    assert outcome.value[0].passages[-1].text == "{漢字|かん|じ}"


def test_a_heading_is_named_without_its_readings() -> None:
    source = SourceFile("a.md", "# {林檎|りん|ご}の本\n\n文\n", FrontMatter())
    assert parse_source(source, "ja").value[0].title == "林檎の本"
