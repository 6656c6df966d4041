"""Every passage, heading, link, image and note knows its line and column."""

from hypothesis import given
from hypothesis import strategies as st

from chapbook.model import Chapter, Kind, SourceFile
from chapbook.parse import parse_source
from chapbook.settings import FrontMatter

WORDS = st.lists(
    st.sampled_from(
        ["one", "two", "three", "one-two", "and", "and,", "then", "日本", "*so*", "`x", "y`"]
    )
)
OPENERS = st.sampled_from(["", "> ", "- ", "1. ", "## ", "!!! note\n    ", "- [ ] ", "- > "])


def parse(text: str, body: int = 0, matter: FrontMatter | None = None) -> Chapter:
    source = SourceFile("a.md", text, matter or FrontMatter(), body)
    (chapter,) = parse_source(source, "en").value
    return chapter


def places(chapter: Chapter) -> dict[str, str]:
    return {passage.text: f"{passage.at.line}:{passage.at.column}" for passage in chapter.passages}


@given(st.lists(st.tuples(OPENERS, WORDS.filter(len)), min_size=1, max_size=12))
def test_every_passage_is_at_its_line(blocks: list[tuple[str, list[str]]]) -> None:
    lines = ["# Title", ""]
    expected = []
    for opener, words in blocks:
        lines += f"{opener}{' '.join(words)}".split("\n")
        expected.append(len(lines))
        lines += ["", "<!-- parted -->", ""]
    chapter = parse("\n".join(lines))
    found = [p.at.line for p in chapter.passages[1:] if p.text != "Note"]
    assert found == expected


def test_columns_are_those_of_the_first_word() -> None:
    chapter = parse('# A *title*\n\n  "Quoted" words\n\n- item\n  - nested\n\n| a | b |\n|--|--|\n')
    assert places(chapter) == {
        "A title": "1:3",
        "“Quoted” words": "3:4",
        "item": "5:3",
        "nested": "6:5",
        "a": "8:3",
        "b": "8:7",
    }


def test_signs_alone_have_a_place_too() -> None:
    chapter = parse("# T\n\n| a | + |\n|---|---|\n| – | b |\n\n***\n\n…\n")  # noqa: RUF001
    found = places(chapter)
    assert found["+"] == "3:7"
    assert found["–"] == "5:3"  # noqa: RUF001
    assert found["…"] == "9:1"


def test_the_title_of_a_box_that_we_made_is_at_its_kind() -> None:
    assert places(parse("# T\n\n!!! note\n    Words.\n"))["Note"] == "3:5"


def test_links_and_images_are_at_their_targets() -> None:
    line = "[a](x.md) ![b](y.png) [](#z) [a](x.md)"
    chapter = parse(f"# T\n\n{line}\n\n<img src='w.png' alt='c'>\n\n[d][e]\n\n[e]: f.md\n")
    assert [(link.target, link.at.line, link.at.column) for link in chapter.links] == [
        ("x.md", 3, 5),
        ("#z", 3, 26),
        ("x.md", 3, 34),
        ("f.md", 9, 6),
    ]
    assert [(i.target, i.at.line, i.at.column) for i in chapter.images] == [
        ("y.png", 3, 16),
        ("w.png", 5, 11),
    ]


def test_a_column_is_never_invented() -> None:
    chapter = parse("# T\n\n[a][x] and [b][y]\n\n[x]: s.md\n[y]: s.md\n")
    assert [(link.at.line, link.at.column) for link in chapter.links] == [(3, 0), (3, 0)]


def test_a_note_is_at_its_definition_wherever_that_stands() -> None:
    text = "# T\n\n[^n]: The *note*.\n\n    More.\n\nCall.[^n]\n"
    chapter = parse(text)
    (note,) = chapter.notes
    assert (note.at.line, note.at.column, note.words) == (3, 1, 3)
    assert places(chapter)["The note."] == "3:7"
    assert places(chapter)["More."] == "5:5"
    assert [p.block for p in chapter.passages if p.kind is Kind.NOTE] == ["note-n", "note-n.2"]


def test_what_the_front_matter_says_has_a_place() -> None:
    text = '+++\ntitle = "Long title"\nauthor = "Ann"\nepigraph = "Said."\n+++\nWords.\n'
    matter = FrontMatter(title="Long title", author="Ann", epigraph="Said.")
    chapter = parse(text, text.index("Words"), matter)
    found = [(p.block, p.text, p.at.line, p.at.column) for p in chapter.passages]
    assert found[:3] == [
        ("title", "Long title", 2, 10),
        ("author", "Ann", 3, 11),
        ("epigraph", "Said.", 4, 13),
    ]


def test_passages_stand_in_reading_order_with_their_signs() -> None:
    chapter = parse("# T[^n]\n\nA ![pic](p.png) b\\\nc[^n] [](#x).\n\n[^n]: N.\n")
    assert [(p.kind.value, p.text) for p in chapter.passages] == [
        ("heading", "T\ufffc"),
        ("text", "A \ufffc b\ufffcc\ufffc \ufffc."),
        ("alt", "pic"),
        ("note", "N."),
    ]


def test_a_caption_made_of_the_words_of_its_image_is_at_them() -> None:
    chapter = parse("# T\n\n![Three “dots”](d.png)\n")
    assert [(p.kind.value, p.at.column) for p in chapter.passages[1:]] == [
        ("alt", 3),
        ("caption", 3),
    ]
