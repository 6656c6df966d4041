"""Whatever stands together, each caption is found once, at its place, and no word is lost."""

import re
from collections import Counter
from textwrap import indent
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chapbook.diagnostics import Code, Diagnostic
from chapbook.model import CaptionKind, Chapter, SourceFile
from chapbook.parse import parse_source
from chapbook.settings import FrontMatter


def parse(text: str) -> tuple[Chapter, tuple[Diagnostic, ...]]:
    outcome = parse_source(SourceFile("a.md", text, FrontMatter()), "en")
    (chapter,) = outcome.value
    return chapter, outcome.diagnostics


@pytest.mark.parametrize("kind", ["Table", "Listing", "Equation"])
def test_a_caption_beside_nothing_stays_a_text(kind: str) -> None:
    chapter, found = parse(f"# T\n\nText.\n\n{kind}: words *and* more.\n\nText.")
    assert f">{kind}: words <em>and</em> more.</p>" in chapter.xhtml
    assert (chapter.captions, found) == ((), ())


def test_a_caption_belongs_to_what_is_before_it_unless_that_has_one() -> None:
    listing = "```\n{}\n```\n\n"
    text = (
        "# T\n\n" + listing.format("a") + "Listing: One.\n\nListing: Two.\n\n" + listing.format("b")
    )
    chapter, _ = parse(text)
    assert [caption.text for caption in chapter.captions] == ["One.", "Two."]
    assert re.findall(r"<code>(\w)</code>", chapter.xhtml) == ["a", "b"]


def test_the_words_of_a_group_are_at_their_places() -> None:
    text = '# T\n\n!!! figures "Two trees" {: #x }\n    ![A](a.svg "Ann")\n    ![B](b.svg)\n'
    chapter, found = parse(text)
    places = [(one.text, one.inside, str(one.at)) for one in chapter.captions]
    assert places == [
        ("Two trees", "", "a.md:3:14"),
        ("Ann", "x", "a.md:4:17"),
        ("B", "x", "a.md:5:7"),
    ]
    assert found == ()


def test_a_group_in_a_note_that_two_chapters_call_is_counted_in_each() -> None:
    text = "# A\n\nOne.[^n]\n\n# B\n\nTwo.[^n]\n\n[^n]: Note.\n\n    ![A](a.svg)\n"
    outcome = parse_source(SourceFile("a.md", text, FrontMatter()), "en")
    assert [[one.text for one in chapter.captions] for chapter in outcome.value] == [["A"], ["A"]]
    assert all('data-caption="0"' in chapter.notes[0].xhtml for chapter in outcome.value)
    assert not any("\ufdd8" in chapter.notes[0].xhtml for chapter in outcome.value)


WORDS = st.text("abcdefgh ", min_size=3, max_size=12).map(lambda t: f"w{t.strip()}")
IDS = st.sampled_from(["", " {: #one }", " {: #two .wide }"])
FIGURE = st.builds('![{}](a.svg "{}"){}'.format, WORDS, WORDS, IDS)
GROUP = st.builds(
    lambda words, name, rows, gap: (
        f'!!! figures "{words}"{name}\n' + indent(gap.join(rows), "    ")
    ),
    WORDS,
    IDS,
    st.lists(FIGURE, min_size=1, max_size=5),
    st.sampled_from(["\n", "\n\n"]),
)
CAPTION = st.builds(
    "{}: {}{}".format, st.sampled_from(["Table", "Listing", "Equation"]), WORDS, IDS
)
BLOCK = st.one_of(
    CAPTION,
    FIGURE,
    GROUP,
    st.just("| a | b |\n|---|---|\n| 1 | 2 |"),
    st.just("```\nlisting\n```"),
    st.builds("$$ x $${}".format, IDS),
    WORDS,
)
HOLDER = st.sampled_from(["", "    ", "> "])


@st.composite
def texts(draw: st.DrawFn) -> str:
    blocks = []
    for _ in range(draw(st.integers(1, 8))):
        block, holder = draw(BLOCK), draw(HOLDER)
        if holder == "    ":
            blocks.append('!!! tip "Box"')
        blocks.append(indent(block, holder, lambda _: True) if holder else block)
    return "# Title\n\n" + "\n\n".join(blocks)


def test_a_caption_of_several_is_not_the_description_of_one() -> None:
    text = '![tree](a.svg "tree")\n\n!!! figures "tree"\n    ![tree](a.svg "tree")\n'
    outcome = parse_source(SourceFile("a.md", f"# T\n\n{text}", FrontMatter()), "en")
    assert outcome.diagnostics == ()
    assert [p.text for p in outcome.value[0].passages].count("tree") == 5


@settings(max_examples=60)
@given(texts())
def test_every_caption_is_counted_once_and_no_word_is_lost(text: str) -> None:
    chapter, found = parse(text)
    assert not [one for one in found if one.code is Code.LOST_WORDS]
    tree = ElementTree.fromstring(f"<x>{chapter.xhtml}</x>")
    counted = [
        int(one.attrib["data-caption"]) for one in tree.iter() if "data-caption" in one.attrib
    ]
    assert sorted(counted) == list(range(len(chapter.captions)))
    ids = Counter(one.attrib["id"] for one in tree.iter() if "id" in one.attrib)
    assert all(ids[caption.anchor] == 1 for caption in chapter.captions)
    assert not re.search("[\ufdd0-\ufdef]", chapter.xhtml)
    outer = {caption.anchor: caption for caption in chapter.captions}
    assert all(
        outer[caption.inside].kind is CaptionKind.FIGURE
        for caption in chapter.captions
        if caption.inside
    )
