"""What a page does to letters makes no difference, and what makes a word does."""

import pytest

from chapbook.inspect.letters import letters
from chapbook.inspect.sheet import make_sheet


@pytest.mark.parametrize(
    ("written", "set_as"),
    [
        ("office", "o\ufb03ce"),
        ("Stra\u00dfe", "STRASSE"),
        ("soft\u00adhyphen", "soft\u2010 hyphen"),
        ("no\u00a0break", "no break"),
        ("caf\u00e9", "cafe\u0301"),
        (
            "\u1f04\u03bd\u03b8\u03c1\u03c9\u03c0\u03bf\u03c2",
            "\u0391\u039d\u0398\u03a1\u03a9\u03a0\u039f\u03a3",
        ),
        ("\u00bb(a, b)\u00ab", "ab"),
        ("\U0001f44d\U0001f3fd", "\U0001f44d"),
        ("\u2610 done", "done"),
        ("\u304b\u3099", "\u304c"),
    ],
)
def test_one_word_set_in_two_ways(written: str, set_as: str) -> None:
    assert letters(written) == letters(set_as) != ""


@pytest.mark.parametrize(("one", "other"), [("word", "ward"), ("10", "1O"), ("x \u2192 y", "x y")])
def test_two_words(one: str, other: str) -> None:
    assert letters(one) != letters(other)


def test_words_begin_and_end_at_edges() -> None:
    sheet = make_sheet("page 1", ["one another", "日本語", "an", "other"])
    assert [sheet.find(word) for word in ("one", "other", "another", "本", "ther")] == [
        0,
        15,
        3,
        11,
        -1,
    ]


def test_what_is_taken_is_not_found_again() -> None:
    sheet = make_sheet("page 1", ["yes no yes"])
    sheet.take(0, 3)
    assert (sheet.find("yes"), sheet.is_taken(0, 3), sheet.is_taken(0, 4)) == (5, True, False)
    sheet.give_back(0, "yes")
    assert sheet.find("yes") == 0


@pytest.mark.parametrize(
    ("sought", "found"),
    [("wordandmore", (0, 7)), ("andonward", (4, 3)), ("ord", (-1, 0)), ("more", (10, 4))],
)
def test_the_longest_run(sought: str, found: tuple[int, int]) -> None:
    sheet = make_sheet("page 1", ["word and the more"])
    assert sheet.longest_run(sought, 0) == found
