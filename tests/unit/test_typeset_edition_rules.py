"""A chapter is shared between editions only where every rule treats it alike in all of them."""

import cssselect2
import pytest
import weasyprint
from hypothesis import given, settings
from hypothesis import strategies as st

from chapbook.settings import Edition
from chapbook.typeset.document import write_page
from chapbook.typeset.edition_rules import is_bound_to_edition
from chapbook.typeset.selectors import selectors_of

HTML = '<section class="a"><p class="x">words</p></section>'


def is_bound(sheet: str, html: str = HTML) -> bool:
    document = weasyprint.HTML(string=write_page("en", "screen", [html]))
    return is_bound_to_edition(document.wrapper_element, sheet)


@pytest.mark.parametrize(
    "sheet",
    [
        ".print .x {}",
        ".print .x::before {}",
        "body.screen {}",
        ".screen {}",
        ":is(.b, .print) .x {}",
        ".x:not(.print *) {}",
        "p { .print & {} }",
        "[class~=print] .x {}",
        '[class ^= "scr"] .x {}',
        ".print > .a > .x {}",
        "@media all { .print .x {} }",
        "section:is(.print .a) {}",
        "section:has(.screen) {}",
        ".x:where(.print .x) {}",
        ".print :bad(x) {}",
        "@import url(more.css);",
    ],
)
def test_what_binds_a_chapter_to_an_edition(sheet: str) -> None:
    assert is_bound(sheet)


@pytest.mark.parametrize(
    "sheet",
    [
        "p {}",
        ".print .y {}",
        "body:not(.print) .y {}",
        ".printer .x {}",
        ":is(.print, .screen) .y {}",
        "p { .screen &.y {} }",
        "/* .print .x {} */",
    ],
)
def test_what_does_not(sheet: str) -> None:
    assert not is_bound(sheet)


def test_rules_in_the_chapter_itself_bind_it() -> None:
    assert is_bound("p {}", "<section><style>.print p {}</style></section>")


COMPOUNDS = (
    ".print", ".screen", "body", "body.print", "section", ".a", "p", ".x", "*", "p:not(.x)",
    ":not(.print)", ":is(.print, .a)", ":is(.b, .screen *)", "p:has(b)", ":root:has(.screen)",
    ":not(.print .a)",
)  # fmt: skip


@st.composite
def sheets(draw: st.DrawFn) -> str:
    steps = draw(st.lists(st.sampled_from(COMPOUNDS), min_size=1, max_size=3))
    joined = steps[0]
    for step in steps[1:]:
        joined += draw(st.sampled_from([" ", " > ", " + "])) + step
    if draw(st.booleans()):
        return f"{joined} {{ color: red }}"
    return f"{steps[-1]} {{ {joined} & {{ color: red }} }}"


CHAPTERS = st.sampled_from(
    [HTML, "<section><p>x</p><p>y</p></section>", '<section class="b"><p><b>x</b></p></section>']
)


@settings(max_examples=200, derandomize=True)
@given(sheets(), CHAPTERS)
def test_a_chapter_that_is_shared_looks_the_same_in_all(sheet: str, html: str) -> None:
    if not is_bound(sheet, html):
        assert matched(sheet, html, Edition.SCREEN) == matched(sheet, html, Edition.PRINT)


def matched(sheet: str, html: str, edition: Edition) -> list[int]:
    """Count the rules that match each element of an edition."""
    matcher = cssselect2.Matcher()
    for selectors in selectors_of(sheet):
        for selector in cssselect2.compile_selector_list(selectors):
            matcher.add_selector(selector, None)
    root = weasyprint.HTML(string=write_page("en", edition.value, [html])).wrapper_element
    return [len(matcher.match(element)) for element in root.iter_subtree()]
