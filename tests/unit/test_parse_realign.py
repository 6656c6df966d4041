"""What was put in may resemble what comes after it, and no word of that is lost for it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chapbook.diagnostics import Code
from chapbook.model import SourceFile
from chapbook.parse import parse_source
from chapbook.settings import FrontMatter

TEXTS = (
    '![So it remained](x.svg "The cellar near the station")\n\n## The ledger near the station',
    '![「水の話ではない」](x.svg "港の帳簿は毎晩ていねいに書き写された。")\n\n'
    "港の帳簿は毎晩ていねいに書き写された。灯台の見えるところまで。",
    '![A](x.svg "The reconstructed greenhouse.")\n\nThe reconstructed station greenhouse spring.',
)
WORDS = st.lists(st.sampled_from(["the", "cellar", "ledger", "near", "station", "of"]), min_size=2)


def lost(text: str, language: str = "en") -> list[str]:
    """Give what a text is said to lose."""
    outcome = parse_source(SourceFile("a.md", f"# T\n\n{text}\n", FrontMatter()), language)
    return [str(d.at) for d in outcome.diagnostics if d.code is Code.LOST_WORDS]


@pytest.mark.parametrize("text", TEXTS)
def test_a_title_like_the_text_after_it_loses_nothing(text: str) -> None:
    assert lost(text) == []


def test_each_word_keeps_its_place() -> None:
    outcome = parse_source(SourceFile("a.md", f"# T\n\n{TEXTS[0]}\n", FrontMatter()), "en")
    places = {p.text: str(p.at) for p in outcome.value[0].passages}
    assert places["The cellar near the station"] == "a.md:3:26"
    assert places["The ledger near the station"] == "a.md:5:4"


@given(WORDS, WORDS, WORDS)
@settings(max_examples=25, deadline=None)
def test_no_mixture_of_alike_words_is_said_to_be_lost(
    alt: list[str], title: list[str], after: list[str]
) -> None:
    figure = f'![{" ".join(alt)}](x.svg "{" ".join(title)}")'
    assert lost(f"{figure}\n\n## {' '.join(after)}") == []


def test_what_is_lost_indeed_is_still_found() -> None:
    figure = '![a](x.svg "The cellar near the station")'
    assert lost(f"{figure}\n\n| a | b |\n|---|---|\n| 1 | 2 | the station too many |") == [
        "a.md:7:11"
    ]


def test_a_link_without_its_last_bracket_is_text() -> None:
    assert lost('![It](images/a.png "The spring](images/b.png') == []
