# ruff: noqa: RUF001  # the signs that look alike are the matter here
"""What no line of Japanese begins or ends with (https://www.w3.org/TR/jlreq/#line_breaking_rules)."""

import pytest
import weasyprint
from weasyprint.formatting_structure import boxes

from chapbook.typeset.galley.boxes import walk
from chapbook.typeset.galley.engine import resting_collector
from chapbook.typeset.lessons import taught_engine

NEVER_FIRST = (
    "、。，．・：；？！ゝゞヽヾ々ーァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎ」』】》〉］｝〕）…—"
)
NEVER_LAST = "「『【《〈［｛〔（"
RUBY = '<ruby class="set">漢字<rt>かんじ</rt></ruby>'
WORDS = (
    f"あいう{RUBY}。かき「{RUBY}」くけ、<em>こと</em>。「<em>さ</em>」（{RUBY}）せそ<em>た</em>っと"
    f"{RUBY}ー<b>つ</b>！て{RUBY}・『<b>な</b>』に{RUBY}々ぬ。人々がチョコレートを、ちょっと"
    "キャッチボールのように……投げた——「ああ」〔本〕。"
)
STYLE = "ruby{display:inline-block}rt{display:none}@page{size:600px 900px}p{font:16px serif}"


def lines(width: int) -> list[str]:
    """Give the text of each line of a paragraph; readings are not shown."""
    style = f"<style>{STYLE}p{{width:{width}px}}</style>"
    document = weasyprint.HTML(string=f'<html lang="ja">{style}<p>{WORDS}</p>').render()
    paragraph = next(box for box in walk(document.pages[0]._page_box) if box.element_tag == "p")
    return [
        "".join(inner.text for inner in walk(line) if isinstance(inner, boxes.TextBox))
        for line in paragraph.children
    ]


@pytest.fixture(scope="module")
def all_lines() -> list[str]:
    with resting_collector(), taught_engine():
        return [line for width in range(112, 400, 16) for line in lines(width)]


def test_no_line_begins_with_what_belongs_to_the_one_before(all_lines: list[str]) -> None:
    assert len(all_lines) > 100
    assert not [line for line in all_lines if line[0] in NEVER_FIRST]


def test_no_line_ends_with_what_opens_the_next(all_lines: list[str]) -> None:
    assert not [line for line in all_lines if line[-1] in NEVER_LAST]
