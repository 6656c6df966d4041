# ruff: noqa: RUF001  # the signs that look alike are the matter here
"""Quotes, dashes and dots by language."""

import pytest

from chapbook.model import SourceFile
from chapbook.parse import parse_source
from chapbook.settings import FrontMatter


def set_text(text: str, language: str) -> str:
    source = SourceFile("a.md", f"# T\n\n{text}\n", FrontMatter())
    return parse_source(source, language).value[0].passages[1].text


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "“a ‘b’ c”"),
        ("en-GB", "“a ‘b’ c”"),
        ("de", "„a ‚b‘ c“"),
        ("de-CH", "«a ‹b› c»"),
        ("fr", "«\u202fa “b” c\u202f»"),
        ("es", "«a “b” c»"),
        ("it", "«a “b” c»"),
        ("pt-BR", "“a ‘b’ c”"),
        ("nl", "“a ‘b’ c”"),
        ("pl", "„a\u00a0«b» c”"),
        ("sv", "”a ’b’ c”"),
        ("ja", "\"a 'b' c\""),
        ("ko", "\"a 'b' c\""),
        ("tlh", "“a ‘b’ c”"),
    ],
)
def test_each_language_has_its_quotes(language: str, expected: str) -> None:
    assert set_text("\"a 'b' c\"", language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("don't", "don’t"),
        ("the dogs' bowl", "the dogs’ bowl"),
        ("'tis the '90s", "’tis the ’90s"),
        ("the 'em' dash", "the ‘em’ dash"),
        ('("*a*")', "(“a”)"),
        ('*"a*b"', "“ab”"),
        ('"`a`"', "“a”"),
        ("a--b --- c...", "a–b\u00a0— c…"),
        ("run --fast ....", "run --fast ...."),
        ("5' 3\" high", "5′ 3″ high"),
        ("the 1990's", "the 1990’s"),
        ("6'2\" tall", "6′2″ tall"),
        ('l\'"amore" dogs\'"', "l’“amore” dogs’”"),
        ('"a "b" c"', "“a ‘b’ c”"),
        ('"a" and "b"', "“a” and “b”"),
        ("\"'a'\"", "“‘a’”"),
        ('`"--"` \\"a\\"', '"--" "a"'),
        ('<span lang="de">"a"</span> "b"', "„a“ “b”"),
    ],
)
def test_english_marks_stand_where_they_should(text: str, expected: str) -> None:
    assert set_text(text, "en") == expected


def test_french_spaces_do_not_break() -> None:
    assert set_text("Quoi ? « Oui » : l'eau !", "fr") == (
        "Quoi\u202f? «\u202fOui\u202f»\u00a0: l’eau\u202f!"
    )


def test_japanese_keeps_dots_and_dashes() -> None:
    assert set_text("a... b -- c", "ja") == "a... b -- c"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("日本\n語", "日本語"),
        ("日本、\n語", "日本、語"),
        ("日本\nword", "日本 word"),
        ("**日本**\n語", "日本語"),
        ("日本——\n語", "日本——語"),
        ("한국\n어", "한국 어"),
        ("one\ntwo", "one two"),
    ],
)
def test_lines_are_joined_as_their_script_wants(text: str, expected: str) -> None:
    assert set_text(text, "ja") == expected
