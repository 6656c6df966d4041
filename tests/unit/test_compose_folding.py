from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.compose.folding import compose_folding
from chapbook.impose import plan_booklet
from chapbook.print_shop import TRIMS, Binding, Booklet, Flip
from chapbook.words import read_words

HOUSE = Path(__file__).parents[2] / "templates"
LANGUAGES = sorted(path.stem for path in (HOUSE / "words").glob("*.toml"))
SVG = "{http://www.w3.org/2000/svg}"


def folding(
    booklet: Booklet, pages: int = 40, language: str = "en", title: str = "A & B", rtl: bool = False
) -> ElementTree.Element:
    plan = plan_booklet(pages, booklet, TRIMS["a5"], 0.1, rtl)
    words = read_words((HOUSE,), language)
    return ElementTree.fromstring(compose_folding(plan, title, (HOUSE,), words))


def texts(svg: ElementTree.Element) -> str:
    return " ".join("".join(text.itertext()) for text in svg.iter(f"{SVG}text"))


@pytest.mark.parametrize(
    ("booklet", "steps"),
    [
        (Booklet(), ("short edge", "first undermost", "Fold", "staple", "fore edge")),
        (Booklet(signature=16), ("short edge", "lots of 4", "Fold", "sew", "fore edge")),
        (Booklet(binding=Binding.PERFECT), ("lots of 4", "Fold", "black bars", "fore edge")),
        (Booklet(binding=Binding.CUT_4, flip=Flip.LONG), ("long edge", "apart", "piles", "Bind")),
    ],
)
def test_the_steps_are_those_of_the_binding(booklet: Booklet, steps: tuple[str, ...]) -> None:
    told = texts(folding(booklet))
    places = [told.index(step) for step in steps]
    assert places == sorted(places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_tells_every_step_itself(language: str) -> None:
    own, english = read_words((HOUSE,), language).folding, read_words((HOUSE,), "en").folding
    assert own.keys() == english.keys()
    if not language.startswith("en"):
        same = {key for key in own if own[key] == english[key]}
        assert same <= {"pages", "paper"}
    assert "{sheets}" in own["part"]


def test_the_first_sheet_bears_its_true_numbers() -> None:
    told = texts(folding(Booklet(), 40)).split()
    assert {"1", "40", "2", "39"} <= set(told)


def test_blank_pages_bear_none() -> None:
    assert texts(folding(Booklet(), 40)).split().count("40") == 2
    assert texts(folding(Booklet(), 38)).split().count("40") == 1


def test_a_long_title_is_cut() -> None:
    told = texts(folding(Booklet(), title="On the " + "very " * 40 + "end"))
    assert "very …" in told


@given(
    st.integers(1, 200),
    st.sampled_from(Binding),
    st.sampled_from((0, 4, 16)),
    st.sampled_from(Flip),
    st.booleans(),
)
def test_every_booklet_has_an_instruction_that_fits_on_letter_paper(
    pages: int, binding: Binding, signature: int, flip: Flip, rtl: bool
) -> None:
    svg = folding(Booklet(None, binding, signature, flip), pages, rtl=rtl)
    assert float(svg.get("viewBox", "").split()[3]) <= 279
