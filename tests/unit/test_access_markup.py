"""What the eye is shown by class and place, the markup of an e-book tells."""

from xml.etree.ElementTree import Element

import pytest

from chapbook.compose.epub_markup import say_languages_twice, settle_for_epub
from chapbook.compose.markup import parse_fragment, write_xhtml


def settled(xhtml: str) -> Element:
    root = parse_fragment(xhtml)
    settle_for_epub(root)
    return root


def test_a_long_description_is_named_by_its_picture() -> None:
    root = settled(
        '<figure id="plan"><img src="a.png" alt="A plan"/><figcaption>The plan</figcaption>'
        '</figure><div class="admonition description"><p>Nine trees.</p></div>'
        '<figure><img src="b.png" alt="B"/></figure><p class="description" id="own">Own.</p>'
        '<figure><img src="c.png" alt="C"/></figure><p>Text.</p>'
    )
    named = [image.get("aria-details") for image in root.iter("img")]
    assert named == ["plan-description", "own", None]
    assert {e.get("id") for e in root.iter() if e.get("id")} == {"plan", "plan-description", "own"}


def test_the_name_of_a_description_is_free() -> None:
    root = settled(
        '<p id="plan-description"/><figure id="plan"><img src="a.png" alt="A"/></figure>'
        '<div class="description"/>'
    )
    image = next(root.iter("img"))
    assert image.get("aria-details") == "plan-description-2"


def test_a_table_can_be_scrolled_by_keys_and_its_frame_has_a_name() -> None:
    root = settled(
        '<figure class="table"><figcaption><span class="label">Table 1</span> Trees</figcaption>'
        "<table><tbody><tr><td>a</td></tr></tbody></table></figure>"
        "<table><tbody><tr><td>b</td></tr></tbody></table>"
    )
    named, plain = (e for e in root.iter("div"))
    assert (named.get("role"), named.get("aria-label")) == ("group", "Table 1 Trees")
    assert (plain.get("role"), plain.get("aria-label")) == (None, None)
    assert {named.get("tabindex"), plain.get("tabindex")} == {"0"}
    assert [child.tag for child in (*named, *plain)] == ["table", "table"]


@pytest.mark.parametrize(
    ("xhtml", "kind"),
    [
        ('<blockquote class="epigraph"><p>x</p></blockquote>', "epigraph"),
        ('<div class="admonition tip"/>', "tip"),
        ('<div class="admonition warning"/>', "notice"),
        ('<p class="subtitle">x</p>', "subtitle"),
        ('<div class="admonition note"/>', ""),
        ('<p class="tip">x</p>', ""),
        ("<blockquote><p>x</p></blockquote>", ""),
    ],
)
def test_the_meaning_of_a_class_is_told(xhtml: str, kind: str) -> None:
    written = write_xhtml(settled(xhtml))
    assert (f'epub:type="{kind}" role="doc-{kind}"' in written) == bool(kind)
    assert ("role=" in written) == bool(kind)


def test_every_language_is_said_twice() -> None:
    said = say_languages_twice('<nav lang="en" xml:lang="en"><i class="x" lang="ja">lang="fr"</i>')
    assert said == (
        '<nav lang="en" xml:lang="en"><i class="x" xml:lang="ja" lang="ja">lang="fr"</i>'
    )
