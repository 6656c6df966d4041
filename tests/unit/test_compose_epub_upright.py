"""Short numbers and pairs of marks stand on end in upright Japanese; all else is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.compose.epub_upright import stand_upright
from chapbook.compose.markup import parse_fragment, write_xhtml


def upright(xhtml: str, language: str = "ja") -> str:
    root = parse_fragment(xhtml)
    stand_upright(root, language)
    return write_xhtml(root).replace('<span class="tcy">', "[").replace("</span>", "]")


@pytest.mark.parametrize(
    ("written", "set_"),
    [
        ("12月3日", "[12]月[3]日"),
        ("2026年", "2026年"),
        ("なに!?", "なに[!?]"),
        ("本当!", "本当!"),
        ("10.5と3/4とA4と9%", "10.5と3/4とA4と9%"),
        ("第<b>7</b>章", "第<b>[7]</b>章"),
        ("前<b>x</b>8月", "前<b>x</b>[8]月"),
    ],
)
def test_what_is_set_on_end(written: str, set_: str) -> None:
    assert upright(f"<p>{written}</p>") == f"<p>{set_}</p>"


@pytest.mark.parametrize("tag", ["code", "pre", "rt", "table", "math"])
def test_what_keeps_its_own_setting(tag: str) -> None:
    assert "[" not in upright(f"<{tag}>12</{tag}>")


def test_only_japanese_is_set_so() -> None:
    assert upright('<p>12 <i lang="ja">34</i> 56</p>', "en") == '<p>12 <i lang="ja">[34]</i> 56</p>'
    assert upright('<p lang="en">12</p>') == '<p lang="en">12</p>'


@given(st.text(st.sampled_from("あ1 2!?.A月"), max_size=40))
def test_no_character_is_lost(text: str) -> None:
    root = parse_fragment(f"<p>{text}<b>{text}</b>{text}</p>")
    stand_upright(root, "ja")
    assert "".join(root.itertext()) == text * 3
