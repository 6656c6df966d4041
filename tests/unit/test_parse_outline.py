"""Titles, chapters, levels and ids."""

import pytest

from chapbook.diagnostics import Code, Outcome
from chapbook.model import Chapter, SourceFile
from chapbook.parse import parse_source
from chapbook.settings import FrontMatter


def parse(
    text: str, path: str = "a.md", title: str = "", epigraph: str = ""
) -> Outcome[tuple[Chapter, ...]]:
    matter = FrontMatter(title=title, epigraph=epigraph)
    return parse_source(SourceFile(path, text, matter), "en")


def levels(chapter: Chapter) -> list[tuple[int, str]]:
    return [(heading.level, heading.title) for heading in chapter.headings]


def test_the_first_heading_is_the_title_and_leaves_the_text() -> None:
    (chapter,) = parse("## A *title*\n\nWords.\n\n### Section\n\n#### Below\n\n## Beside\n").value
    assert (chapter.title, chapter.title_xhtml) == ("A title", "A <em>title</em>")
    assert levels(chapter) == [(2, "Section"), (3, "Below"), (2, "Beside")]
    assert "title" not in chapter.xhtml
    assert chapter.ids == ("a-title", "section", "below", "beside")


def test_the_title_of_the_front_matter_wins_but_no_heading_is_lost() -> None:
    same = parse("# Same\n\nWords.\n", title="same").value[0]
    assert (same.title, levels(same)) == ("Same", [])
    other = parse("# Other\n\nWords.\n", title="Front").value[0]
    assert (other.title, levels(other)) == ("Front", [(2, "Other")])


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("03-the_long-way.md", "The long way"),
        ("part/README.md", "Part"),
        ("1984.md", "1984"),
        ("第一章.md", "第一章"),
    ],
)
def test_without_any_title_the_name_of_the_file_serves(path: str, title: str) -> None:
    outcome = parse("Only words.\n\n#### Deep\n", path)
    assert [d.code for d in outcome.diagnostics] == [Code.MISSING_TITLE]
    assert outcome.value[0].title == title
    assert levels(outcome.value[0]) == [(2, "Deep")]


def test_headings_of_the_first_level_part_a_file_into_chapters() -> None:
    text = "# One\n\nA.[^n]\n\n## Same\n\n# Two\n\nB.[^n]\n\n## Same\n\n[^n]: Shared.\n"
    one, two = parse(text, title="File", epigraph="Said.").value
    assert [one.title, two.title] == ["File", "Two"]
    assert [levels(one), levels(two)] == [[(2, "One"), (3, "Same")], [(2, "Same")]]
    assert [c.notes[0].number for c in (one, two)] == [1, 1]
    assert two.ids == ("two", "same-1")
    assert two.front_matter == FrontMatter()


def test_text_before_the_first_chapter_is_a_chapter_if_it_says_something() -> None:
    assert len(parse("***\n\n# One\n\nA.\n\n# Two\n\nB.\n").value) == 2
    first, *_ = parse("Before.\n\n# One\n\nA.\n\n# Two\n\nB.\n", "novel.md").value
    assert (first.title, first.xhtml) == ("Novel", '<p data-block="1">Before.</p>')


def test_a_skipped_level_is_reported_and_closed() -> None:
    outcome = parse("# T\n\n#### Deep\n\n## Next\n")
    (finding,) = outcome.diagnostics
    assert (finding.code, str(finding.at)) == (Code.SKIPPED_HEADING, "a.md:3:6")
    assert levels(outcome.value[0]) == [(2, "Deep"), (2, "Next")]


def test_an_id_given_twice_is_an_error_at_the_second() -> None:
    outcome = parse('# T\n\n## A {#x}\n\n`{#x}` is code.\n\n<b id="x">b</b>\n')
    (finding,) = outcome.diagnostics
    assert (finding.code, str(finding.at)) == (Code.DUPLICATE_ID, "a.md:7:4")
    assert outcome.value[0].ids == ("t", "x")


def test_ids_are_made_around_those_given() -> None:
    (chapter,) = parse("# T\n\n## Same\n\n## Same\n\n## Other {#same-1}\n\n## !!!\n").value
    assert [h.anchor for h in chapter.headings] == ["same", "same-2", "same-1", "section"]


def test_headings_inside_a_quotation_are_none_of_the_chapter() -> None:
    (chapter,) = parse("# T\n\n> ## Quoted\n\n## Own\n").value
    assert levels(chapter) == [(2, "Own")]


def test_empty_headings_do_no_harm() -> None:
    outcome = parse("#\n\n##\n\nWords.\n", "empty.md")
    assert outcome.value[0].title == "Empty"
    assert outcome.value[0].headings == ()


def test_a_note_called_in_the_title_stays_in_the_text() -> None:
    (chapter,) = parse("# Title[^n]\n\nWords.\n\n[^n]: Note.\n").value
    assert chapter.title_xhtml == "Title"
    assert chapter.xhtml.startswith(
        '<p class="title-note"><a class="note-call" data-note="n"></a></p>'
    )
    assert [note.key for note in chapter.notes] == ["n"]


def test_what_is_repeated_of_a_heading_has_no_links_anchors_or_notes() -> None:
    (chapter,) = parse("# T\n\n## A [*link*](x.md)[^n] <b id='y'>b</b>\n\n[^n]: N.\n").value
    assert chapter.headings[0].xhtml == "A <em>link</em> <b>b</b>"
    assert 'href="x.md"' in chapter.xhtml
