"""The order of words in each language, and the letters that head their groups."""

import pytest

from chapbook.collation import collation_of


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("sv", ["apa", "zebra", "ål", "äl", "öl"]),
        ("de", ["Ähre", "Apfel", "Öl", "Ost", "Zaun"]),
        ("es", ["nube", "ñandú", "ola"]),
        ("pl", ["lato", "łza", "zebra", "źródło", "żaba"]),
        ("fr", ["cote", "coté", "côte", "côté"]),
        ("fr-CA", ["cote", "côte", "coté", "côté"]),
        ("en-GB", ["apple", "Apple", "apple tree", "bee"]),
        ("ja", ["apple", "あめ", "カード", "がっこう", "りんご"]),
    ],
)
def test_words_are_sorted_as_the_language_does(language: str, ordered: list[str]) -> None:
    collation = collation_of(language)
    assert sorted(reversed(ordered), key=collation.key) == ordered


@pytest.mark.parametrize(
    ("language", "text", "letter"),
    [
        ("sv", "ål", "Å"),
        ("de", "Ähre", "A"),
        ("pl", "łza", "Ł"),
        ("es", "ñandú", "Ñ"),
        ("ja", "がっこう", "か"),
        ("ja", "パン", "は"),
        ("ja", "apple", "A"),
        ("en", "éclair", "E"),
        ("en", "12", ""),
        ("ja", "林檎", ""),
        ("xx", "word", "W"),
    ],
)
def test_each_word_has_its_letter(language: str, text: str, letter: str) -> None:
    assert collation_of(language).letter(text) == letter
