"""A rule that a chapter laid out apart could not follow is noticed."""

from pathlib import Path

import cssselect2
import pytest
import weasyprint
from hypothesis import given, settings
from hypothesis import strategies as st

from chapbook.typeset.document import write_page
from chapbook.typeset.selectors import paths_of, selectors_of
from chapbook.typeset.sheet_rules import Reach, own_rule, reach_of
from chapbook.typeset.task import chapter_tasks, make_sheet
from tests.paged_books import publication

NEAR, FAR = Reach("", is_far=False), Reach("", is_far=True)


@pytest.mark.parametrize(
    "sheet",
    [
        "p:nth-child(2) {}",
        "section + section {}",
        "section:first-child h1, section:last-child h1, section:only-child h1 {}",
        "h2 + p + p {}",
        "section p ~ p {}",
        "p:first-child + p {}",
        "table:has(tr > :nth-child(8)) td {}",
        "section:has(+ section) {}",
        ".opener:has(+ h2) {}",
        "section { h2 ~ p {} }",
        ":root:lang(ja) p:first-of-type {}",
        ".entries > :nth-child(2) {}",
        "h2:has(b) + p {}",
        "@page a:nth(2 of a) { counter-reset: page 1; @top-left { content: counter(page) } }",
        "a::after { content: target-counter(attr(href), page, lower-roman) }",
        'a::after { content: target-counter("#x", page) }',
        "p::before { content: open-quote } p::after { content: close-quote }",
        "p { position: absolute }",
        "/* counter-reset: chapter */ p::before { content: counter(list-item) }",
    ],
)
def test_what_a_chapter_can_follow(sheet: str) -> None:
    assert reach_of(sheet) == NEAR


@pytest.mark.parametrize(
    "sheet",
    [
        "section:nth-child(2) {}",
        "div.chapter:nth-last-child(2n + 1) {}",
        "section:last-of-type {}",
        "section ~ section {}",
        ".a ~ .b {}",
        "section + section + section {}",
        ":first-child + section {}",
        "section:not(:first-child) + section {}",
        "section:has(+ section:last-child) {}",
        ":is(section + section) + section {}",
        "body > :nth-child(2) {}",
        ".screen > :nth-child(2) {}",
        ":is(.x) > :nth-child(2) {}",
        "li:not(:nth-child(2)) {}",
        'section[class="a b"]:nth-child(2) {}',
        "section { &:nth-child(2) {} }",
        "p { section ~ section & {} }",
        "@media print { section:first-of-type {} }",
        "@layer house { section:first-of-type {} }",
    ],
)
def test_what_asks_for_more_than_the_neighbours(sheet: str) -> None:
    assert reach_of(sheet) == FAR


@pytest.mark.parametrize(
    "sheet",
    [
        "h2 { counter-increment: section }",
        "section { counter-reset: page }",
        "p { counter-set: x 3 }",
        "p::after { content: counter(page) }",
        "h1 { string-set: head counter(page) }",
        "p::after { content: counters(footnote, '.') }",
        "a::after { content: target-text(attr(href)) }",
        "a::after { content: target-counter(attr(href), chapter) }",
        'a::after { content: target-counter("#x", list-item) }',
        ".stamp { position: fixed }",
        "aside { position: note(side) }",
        "@import url(more.css);",
        "p::before { content: open-quote }",
        "body:has(.x) p {}",
        ":root:has(.x) p {}",
        ":has(.x) p {}",
        "section:has(.x) + section {}",
        "section:empty + section {}",
        "section:has(+ section:has(a)) {}",
        "@page :nth(2) {}",
        "@page { counter-increment: sheet }",
        "@page { @top-left { content: target-counter('#x', page) } }",
        "@media print { h2 { counter-increment: section } }",
        "section { h2 { counter-increment: section } }",
    ],
)
def test_what_only_a_book_in_one_piece_can_follow(sheet: str) -> None:
    assert reach_of(sheet).whole


@pytest.mark.parametrize(
    "html",
    [
        "<section><style>p {}</style></section>",
        '<section><p style="counter-increment: x">x</p></section>',
        '<section><p style="position:fixed">x</p></section>',
        "<ul><li>x</li></ul>",
    ],
)
def test_what_a_section_itself_asks_for(html: str, tmp_path: Path) -> None:
    assert own_rule(publication(tmp_path, "<section></section>", html))


def test_what_a_section_may_have(tmp_path: Path) -> None:
    html = '<section><p style="color: red">position: fixed</p></section>'
    assert own_rule(publication(tmp_path, html)) == ""


def test_nested_rules_are_read_where_they_stand() -> None:
    sheet = "a { b {} &.c { d & {} } } @media print { e { > f {} } } @page { margin: 0 }"
    assert selectors_of(sheet) == (
        "a",
        ":is(a) :is(b)",
        ":is(a).c",
        "d :is(:is(a).c)",
        "e",
        ":is(e) :is(> f)",
    )


def test_selectors_are_taken_apart() -> None:
    paths = paths_of("a > b.c+d, e")
    assert [[(step.combinator, step.text) for step in path] for path in paths] == [
        [(" ", "a"), (">", "b.c"), ("+", "d")],
        [(" ", "e")],
    ]
    inner, outer = paths_of("a:has(+ b:empty)")
    assert [step.text for step in inner] == ["a", "b:empty"]
    assert [step.pseudo for step in outer] == [("has",)]


COMPOUNDS = (
    "section", "p", "b", "*", ".a", ".b", "section.a", "p.b", ":first-child", ":last-child",
    "section:nth-child(2)", "section:last-of-type", "p:nth-child(2)", ":has(b)", "section:has(p.b)",
    "section:empty", ":not(.a)", ":not(:first-child)", ":is(.a, section + .b)", "section:has(+ .b)",
    "p:has(~ p)", ":is(section, p)", ":has(+ :last-child)", "body", ":root",
)  # fmt: skip
COMBINATORS = (" ", " > ", " + ", " ~ ")
INNER = ("<p>x</p>", '<p class="b">x</p>', "<p><b>x</b></p>")


@st.composite
def rules(draw: st.DrawFn) -> str:
    steps = draw(st.lists(st.sampled_from(COMPOUNDS), min_size=1, max_size=4))
    joined = steps[0]
    for step in steps[1:]:
        joined += draw(st.sampled_from(COMBINATORS)) + step
    return joined


def section(kind: str, inner: list[str]) -> str:
    return f'<section class="{kind}">{"".join(inner)}</section>'


SECTION = st.builds(
    section, st.sampled_from(["", "a", "b", "a b"]), st.lists(st.sampled_from(INNER), max_size=3)
)
SECTIONS = st.lists(SECTION, min_size=2, max_size=5)


@settings(max_examples=150, derandomize=True)
@given(rules(), SECTIONS)
def test_a_rule_means_the_same_in_a_chapter_as_in_the_book(
    tmp_path_factory: pytest.TempPathFactory, rule: str, sections: list[str]
) -> None:
    reach = reach_of(f"{rule} {{}}")
    if reach.whole:
        return
    folder = tmp_path_factory.getbasetemp()
    book = publication(folder, *sections, style="")
    tasks = chapter_tasks(book, make_sheet(book), folder, reach.is_far)
    apart = [matched(rule, [one.before, one.sections[0].html, one.after]) for one in tasks]
    places = [one.before.count("</") for one in tasks]
    found = [chapter[place] for chapter, place in zip(apart, places, strict=True)]
    assert found == matched(rule, sections)


def matched(rule: str, sections: list[str]) -> list[list[bool]]:
    """Tell of each element in each section whether a rule matches it."""
    matcher = cssselect2.Matcher()
    for selector in cssselect2.compile_selector_list(rule):
        matcher.add_selector(selector, None)
    root = weasyprint.HTML(string=write_page("en", "", sections)).wrapper_element
    body = next(one for one in root.iter_children() if one.local_name == "body")
    return [
        [bool(matcher.match(element)) for element in section.iter_subtree()]
        for section in body.iter_children()
    ]
