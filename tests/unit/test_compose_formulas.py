"""Formulas as they are drawn on pages: at the text's size, in its colour, on its base line."""

import re

import pytest

from chapbook.compose.formulas import draw_formulas
from chapbook.compose.markup import parse_fragment, write_html
from chapbook.diagnostics import BookError, Code, Location

SUM = '<math display="inline" alttext="a plus b"><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow></math>'


def drawn(xhtml: str) -> str:
    root = parse_fragment(xhtml)
    draw_formulas(root, {"c:1": Location("a.md", 7, 2)})
    return write_html(root)


def test_a_formula_is_one_drawing_with_its_words() -> None:
    html = drawn(f"<p>So {SUM}, they say.</p>")
    assert re.fullmatch(r"<p>So <svg [^>]*><path [^>]*></path></svg>, they say.</p>", html)
    for part in ('role="math"', 'aria-label="a plus b"', 'fill="currentColor"', "vertical-align"):
        assert part in html


def test_the_measures_are_those_of_the_text() -> None:
    style = re.findall('style="([^"]*)"', drawn(f"<p>{SUM}</p>"))[0]
    lengths = dict(re.findall(r"(width|height):([0-9.]+)em", style))
    assert 1.5 < float(lengths["width"]) < 3
    assert 0.5 < float(lengths["height"]) < 1.2


@pytest.mark.parametrize("sign", ["x", "p", "−", "a"])  # noqa: RUF001
def test_every_measure_is_one_that_style_sheets_know(sign: str) -> None:
    html = drawn(f'<p><math alttext="s"><mi>{sign}</mi></math></p>')
    style = re.findall('style="([^"]*)"', html)[0]
    assert re.fullmatch(r"(?:[a-z-]+:(?:-?[0-9.]+em ?)+;?)+", style)


def test_a_block_has_no_place_in_a_line() -> None:
    html = drawn(f'<div class="math">{SUM.replace("inline", "block")}</div>')
    assert "vertical-align" not in html


def test_a_long_formula_can_be_broken_after_its_relations() -> None:
    row = "".join(f"<mi>{letter}</mi><mo>+</mo>" for letter in "abcde")
    xhtml = f'<p><math display="inline" alttext="w">{row}<mi>f</mi><mo>=</mo><mi>g</mi></math>.</p>'
    html = drawn(xhtml)
    assert html.count("<svg") == 7
    assert (html.count('aria-label="w"'), html.count('aria-hidden="true"')) == (1, 6)
    assert html.endswith(".</p>")


def test_what_the_font_does_not_have_is_told_at_its_block() -> None:
    xhtml = '<p data-block="c:1">A <math alttext="x"><mtext>日本</mtext></math>.</p>'
    with pytest.raises(BookError) as raised:
        drawn(xhtml)
    (finding,) = raised.value.diagnostics
    assert (finding.code, finding.at) == (Code.MISSING_GLYPH, Location("a.md", 7, 2))
    assert "日本" in finding.message


def test_between_ideographs_there_is_a_little_room() -> None:
    assert re.search(r"margin:\S+ 0\.125em \S+ 0\.125em", drawn(f"<p>和{SUM}は</p>"))
    assert re.search(r"margin:\S+ 0em \S+ 0\.125em", drawn(f"<p>和{SUM}。</p>"))
