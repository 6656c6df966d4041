"""The words of the spine: which way they run, how large they are, when they are left out."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.cover.fitting import POINTS, ems
from chapbook.cover.spine import LEAST_SPINE, spine_direction, stack
from chapbook.cover.spine_words import SMALLEST, SetSpine, SpineRoom, set_spine
from chapbook.cover.wrap import Wrap
from chapbook.print_shop import TRIMS, Cover, SpineText
from tests.compose_books import SETTINGS

ROOM = SpineRoom(15, 100, 155, 195)
ONE_ROOM = SpineRoom(15, 195, 195, 195)


def set_on(
    width: float,
    title: str = "Six Threads",
    language: str = "en",
    asked: SpineText = SpineText.AUTO,
) -> SetSpine:
    settings = replace(SETTINGS, title=title, language=language, cover=Cover(spine=asked))
    return set_spine(settings, "Ann Bee", Wrap(TRIMS["a5"], width), ROOM)


@pytest.mark.parametrize("language", ["en", "en-US", "nl", "sv", "da", "fi"])
def test_english_and_northern_spines_read_down(language: str) -> None:
    assert spine_direction(SpineText.AUTO, language, "Words") is SpineText.DOWN


@pytest.mark.parametrize("language", ["fr", "de", "de-AT", "it", "es", "pl", "pt-BR"])
def test_continental_spines_read_up(language: str) -> None:
    assert spine_direction(SpineText.AUTO, language, "Words") is SpineText.UP


def test_japanese_stands_upright_and_latin_in_japan_reads_down() -> None:
    assert spine_direction(SpineText.AUTO, "ja", "六本の糸") is None
    assert spine_direction(SpineText.AUTO, "ja", "Six Threads") is SpineText.DOWN
    assert spine_direction(SpineText.UP, "ja", "六本の糸") is SpineText.UP


@pytest.mark.parametrize(("language", "turn"), [("en", 90), ("fr", -90), ("he", -90)])
def test_the_line_is_turned_so_that_it_reads_that_way(language: str, turn: int) -> None:
    title = "שישה חוטים" if language == "he" else "Six Threads"
    words = set_on(12, title, language).words
    assert words is not None
    assert words.turn == turn
    assert words.starts_at_head == (language != "fr")


def test_a_thin_spine_stays_empty_in_silence_unless_words_were_asked_for() -> None:
    assert set_on(LEAST_SPINE - 0.1) == SetSpine()
    asked = set_on(LEAST_SPINE - 0.1, asked=SpineText.DOWN)
    assert asked.words is None
    assert "4.9 mm" in asked.fault
    assert set_on(LEAST_SPINE).words is not None
    assert set_on(30, asked=SpineText.NONE) == SetSpine()


def test_a_title_that_fits_nowhere_is_told() -> None:
    spine = set_on(12, title="Very long " * 40)
    assert spine.words is None
    assert not spine.is_whole
    assert "too long" in spine.fault


def test_authors_give_way_before_the_title_shrinks() -> None:
    words = set_on(14, title="A Title That Takes Most of the Spine").words
    assert words is not None
    assert words.authors == ""
    assert words.imprint == "Ann Bee"


@given(st.floats(LEAST_SPINE, 60), st.text("abc W", min_size=1, max_size=90))
def test_words_stay_within_their_stretch_and_between_the_folds(width: float, title: str) -> None:
    words = set_on(width, title=title).words
    if words is None:
        return
    assert SMALLEST <= words.size <= (width - 2) * POINTS
    beside = 1.4 + 0.8 * ems(words.authors) if words.authors else 0
    assert (ems(title) + beside) * words.size / POINTS <= ROOM.middle - ROOM.head + 0.001
    assert 0.72 * ems(words.imprint) * words.size / POINTS <= ROOM.foot - ROOM.lower + 0.001


def test_one_stretch_holds_all_words() -> None:
    wrap = Wrap(TRIMS["a5"], 20)
    words = set_spine(replace(SETTINGS, title="Title"), "Ann Bee", wrap, ONE_ROOM).words
    assert words is not None
    assert (words.title, words.authors, words.imprint) == ("Title", "Ann Bee", "The House")


def test_signs_that_lie_in_a_line_are_turned_and_digits_stand_abreast() -> None:
    kinds = [(cell.kind, cell.text) for cell in stack("「ラーメン」、24年 NPOっ")]
    assert kinds == [
        ("turned", "「"),
        ("upright", "ラ"),
        ("turned", "ー"),
        ("upright", "メ"),
        ("upright", "ン"),
        ("turned", "」"),
        ("corner", "、"),
        ("upright", "24"),
        ("upright", "年"),
        ("gap", " "),
        ("run", "NPO"),
        ("small", "っ"),
    ]


@given(st.text(max_size=40))
def test_nothing_is_lost_when_words_are_stacked(text: str) -> None:
    spaceless = "".join("".join(cell.text for cell in stack(text)).split())
    assert spaceless == "".join(text.split())
