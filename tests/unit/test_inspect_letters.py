"""What a page does to letters makes no difference, and what makes a word does."""

import pytest

from chapbook.inspect.letters import letters
from chapbook.inspect.sheet import ANY_WORD, PIECE, WORD, Fit, make_sheet


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
    places = [sheet.find(word, WORD) for word in ("one", "other", "another", "本", "ther")]
    assert places == [0, 15, 3, 11, -1]


def test_a_block_fills_its_pieces() -> None:
    sheet = make_sheet("page 1", ["Our Aims", "Our Aims and Means"])
    assert [sheet.find(words, PIECE) for words in ("our", "ouraims", "aims")] == [-1, 0, 3]
    assert sheet.find("ouraims", PIECE, 1) == -1


def test_what_is_taken_is_not_found_again() -> None:
    sheet = make_sheet("page 1", ["yes no yes"])
    sheet.take(0, 3)
    assert sheet.find("yes", WORD) == 5
    assert (sheet.is_taken(0, 3), sheet.is_taken(0, 4)) == (True, False)
    sheet.give_back(0, "yes")
    assert sheet.find("yes", WORD) == 0


@pytest.mark.parametrize(
    ("sought", "fit", "found"),
    [
        ("wordandmore", ANY_WORD, (0, 7)),
        ("wordandmore", Fit(WORD, PIECE, PIECE), (-1, 0)),
        ("andonward", ANY_WORD, (4, 3)),
        ("ord", ANY_WORD, (-1, 0)),
        ("moretext", Fit(PIECE, WORD, WORD), (-1, 0)),
        ("moretext", Fit(WORD, PIECE, PIECE), (10, 4)),
        ("word", Fit(WORD, PIECE, WORD), (0, 4)),
    ],
)
def test_the_longest_run(sought: str, fit: Fit, found: tuple[int, int]) -> None:
    sheet = make_sheet("page 1", ["word and the more", "end"])
    assert sheet.longest_run(sought, 0, fit) == found
