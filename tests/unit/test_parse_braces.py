"""Brace marks: what is read, what stays text, and that no word is lost between them."""

from hypothesis import given
from hypothesis import strategies as st

from chapbook.apparatus import Leading
from chapbook.diagnostics import Code
from chapbook.model import Chapter, SourceFile
from chapbook.parse import parse_source
from chapbook.settings import FrontMatter


def _read(text: str, language: str = "en") -> tuple[Chapter, list[tuple[str, str]]]:
    outcome = parse_source(SourceFile("one.md", f"# One\n\n{text}\n", FrontMatter()), language)
    return outcome.value[0], [(str(one.at), one.code.value) for one in outcome.diagnostics]


def test_a_mark_of_the_index_says_its_terms_and_its_place() -> None:
    chapter, found = _read('Cox {index: apple > *Cox* "orange" | main}, ripe.')
    (mark,) = chapter.apparatus.index
    assert [one.text for one in mark.terms] == ["apple", "Cox “orange”"]
    assert mark.terms[1].xhtml == "<em>Cox</em> “orange”"
    assert (mark.leading, mark.is_main, str(mark.at)) == (Leading.PLACE, True, "one.md:3:5")
    assert f'<span id="{mark.anchor}"></span>, ripe.' in chapter.xhtml
    assert not found


def test_a_reading_is_given_for_each_level() -> None:
    chapter, found = _read("{index: 果物 > 林檎 | よみ=くだもの > りんご}果物", "ja")
    (mark,) = chapter.apparatus.index
    assert [one.sort for one in mark.terms] == ["くだもの", "りんご"]
    assert not found


def test_what_refers_has_no_place() -> None:
    chapter, _ = _read("Text{index: pome | see=apple > Cox}.")
    (mark,) = chapter.apparatus.index
    assert [one.text for one in mark.see] == ["apple", "Cox"]
    assert (mark.leading, mark.anchor) == (Leading.SEE, "")
    assert "<span" not in chapter.xhtml


def test_a_mark_in_a_title_leads_to_the_chapter() -> None:
    source = SourceFile("one.md", "# One {index: one}\n\n## Two {index: two}\n", FrontMatter())
    (chapter,) = parse_source(source, "en").value
    assert chapter.title_xhtml == "One"
    assert [mark.anchor for mark in chapter.apparatus.index] == [chapter.anchor, "index-mark-1"]
    assert chapter.headings[0].xhtml == "Two"


def test_a_mark_that_is_alone_goes_into_the_block_after_it() -> None:
    chapter, _ = _read("{index: a}\n\n- first\n")
    assert '<li data-block="2"><span id="index-mark"></span>first</li>' in chapter.xhtml


def test_a_text_begins_with_its_first_word() -> None:
    for marks in ("{index: a}", "{index: a}{index: b | see=a}", "{index: b | see=a} {index: a}"):
        chapter, _ = _read(f"{marks}\nFirst {{index: c}} word")
        (block,) = [line for line in chapter.xhtml.splitlines() if "word" in line]
        assert "</span>First" in block, chapter.xhtml


def test_code_and_escapes_stay_text() -> None:
    chapter, found = _read("`{index: a}` and \\{index: b}\n\n    {index: c}\n")
    assert not chapter.apparatus.index
    assert [passage.text for passage in chapter.passages[1:]] == [
        "{index: a} and {index: b}",
        "{index: c}",
    ]
    assert not found


def test_raw_html_can_not_bring_a_mark() -> None:
    chapter, found = _read('A <span data-mark="index" data-brace="0">b</span> c{index: d}')
    assert len(chapter.apparatus.index) == 1
    assert {code for _, code in found} == {Code.UNSAFE_HTML.value}


def test_near_misses_are_told_where_they_stand() -> None:
    _, found = _read("One {indx: a}, {Index: b}, {index c}, {index: d\n\ntwo {other: e} {f}")
    places = ["one.md:3:5", "one.md:3:16", "one.md:3:28", "one.md:3:39"]
    assert found == [(place, Code.UNKNOWN_MARK.value) for place in places]


def test_a_term_is_shown_and_known_by_its_name() -> None:
    chapter, _ = _read("We {term: *grafted* | of=graft} a {term: stock}, [a {term: link}](b.md).")
    assert [use.term for use in chapter.apparatus.uses] == ["graft", "stock"]
    assert '<a class="term" data-term="graft"><em>grafted</em></a>' in chapter.xhtml
    assert chapter.passages[1].text == "We grafted a stock, a link."


def test_definitions_behind_the_directive_are_the_glossary() -> None:
    chapter, found = _read("Apple\n:   No term.\n\n[glossary]\n\n*Graft* {sort: a}\n:   A shoot.\n")
    (definition,) = chapter.apparatus.definitions
    assert (definition.term, definition.anchor) == ("Graft", "term-graft")
    assert str(definition.at) == "one.md:8:2"
    assert 'data-sort="a"' in chapter.xhtml
    assert not found


def test_a_glossary_without_terms_is_told() -> None:
    chapter, found = _read("Text.\n\n[glossary]\n\nMore.")
    assert found == [("one.md:5:1", Code.BAD_MARK.value)]
    assert "data-directive" not in chapter.xhtml


WORDS = st.sampled_from(["apple", "pear & co", "*late*", "`code`", "林檎", "a\nb", "“x”", "12"])
MARKS = st.sampled_from(
    [
        *("{index: a}", "{index: a > b | main}", "{index: *c* | see=a}", "{index: `d`}"),
        *("{term: graft}", "{term: *grafts* | of=graft}", "{sort: e}", "{index: }", "{index: f"),
        *("{indx: g}", "{index: h | begin}", "{index: a > b > c > d}", "{index: {i}}"),
    ]
)
BLOCKS = st.sampled_from(["{}", "> {}", "- {}", "## {}", "| {} |\n|---|\n| {} |", "[^n]: {}"])


@given(st.lists(st.tuples(BLOCKS, st.lists(st.one_of(WORDS, MARKS), min_size=1)), max_size=6))
def test_marks_lose_no_word_wherever_they_stand(
    blocks: list[tuple[str, list[str]]],
) -> None:
    text = "Start[^n].\n\n" + "\n\n".join(
        form.replace("{}", " ".join(pieces) if "|" not in form else pieces[0].replace("|", "\\|"))
        for form, pieces in blocks
    )
    chapter, found = _read(text)
    assert Code.LOST_WORDS.value not in {code for _, code in found}
    anchors = [mark.anchor for mark in chapter.apparatus.index if mark.anchor]
    assert set(anchors) <= set(chapter.ids)
    assert len(set(anchors)) == len(anchors)
