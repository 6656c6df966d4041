"""Every word finds the letter of the source that it came from."""

from hypothesis import given
from hypothesis import strategies as st

from chapbook.parse.align import align, alike
from chapbook.parse.letters import LettersBuilder, letters_of, word_starts

# Few words, so that they come again and again.
WORDS = st.sampled_from(
    [
        "a",
        "an",
        "ant",
        "the",
        "then",
        "there",
        "over",
        "never",
        "river",
        "ever",
        "日本",
        "日",
        "本語",
        "x1",
    ]
)
TEXTS = st.lists(WORDS, max_size=40)


def align_texts(visible: list[tuple[str, bool]], made: str) -> list[int | None]:
    """Give for each letter of `made` its offset in the joined source; True marks markup."""
    source = "".join(text for text, _ in visible)
    builder = LettersBuilder(source)
    start = 0
    for text, is_hidden in visible:
        builder.add(start, start + len(text), is_hidden=is_hidden, is_verbatim=False)
        start += len(text)
    letters = builder.build()
    aligned = align(letters, letters_of(made), word_starts(made))
    return [letters.places[index] if index >= 0 else None for index in aligned.origin]


@given(TEXTS)
def test_a_text_aligned_with_itself_stands_where_it_stands(words: list[str]) -> None:
    text = " ".join(words)
    expected = [place for place, char in enumerate(text) if char.isalnum()]
    assert align_texts([(text, False)], text) == expected


@given(st.lists(st.tuples(WORDS, st.booleans()), max_size=40))
def test_what_is_markup_is_passed_over(words: list[tuple[str, bool]]) -> None:
    pieces = [(f"{word} ", is_hidden) for word, is_hidden in words]
    shown = "".join(text for text, is_hidden in pieces if not is_hidden)
    expected = []
    start = 0
    for text, is_hidden in pieces:
        if not is_hidden:
            expected += [start + place for place, char in enumerate(text) if char.isalnum()]
        start += len(text)
    assert align_texts(pieces, shown) == expected


@given(TEXTS, st.integers(0, 40), st.integers(0, 10))
def test_what_was_lost_leaves_the_rest_in_order(words: list[str], first: int, count: int) -> None:
    kept = [word for place, word in enumerate(words) if not first <= place < first + count]
    found = align_texts([(" ".join(words), False)], " ".join(kept))
    known = [place for place in found if place is not None]
    assert known == sorted(set(known))


@given(st.text(max_size=60), st.text(max_size=60))
def test_alike_stretches_are_alike_and_in_order(a: str, b: str) -> None:
    end = (0, 0)
    for i, j, length in alike(a, b, b"\x01" * len(b)):
        assert a[i : i + length] == b[j : j + length]
        assert (i, j) >= end
        end = (i + length, j + length)


def test_a_lost_sentence_is_told_from_its_neighbours() -> None:
    source = "One two three. This one is lost. Four five six seven eight."
    found = align_texts([(source, False)], "One two three. Four five six seven eight.")
    assert None not in found
    assert source[found[11] or 0 :].startswith("Four")


def test_words_shown_from_markup_are_found_there() -> None:
    source = [("See ", False), ("[alt](a.png 'The title')", True), (" here.", False)]
    found = align_texts(source, "See alt The title here.")
    assert found[3] == len("See [")
    assert found[6] == "See [alt](a.png 'The title')".index("The")


def test_an_entity_is_a_letter_or_itself() -> None:
    assert align_texts([("caf&eacute; x", False)], "café x") == [0, 1, 2, 3, 12]
    assert align_texts([("a &amp; b", False)], "a &amp; b") == [0, 3, 4, 5, 8]
