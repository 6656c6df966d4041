# ruff: noqa: RUF001  # the signs that look alike are the matter here
"""Boxes in a form of their own: epigraphs, verse, letters, dialogue, sidebars, pull quotes."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from chapbook.parse.languages import box_titles
from chapbook.parse.marks import MADE, SHAPES
from chapbook.parse.shaping.details import DASH
from chapbook.parse.shaping.verse import set_verse
from chapbook.parse.tree import classes, has_class, inner_text, set_classes

BOX, BOX_TITLE = "admonition", "admonition-title"
TITLE = "box-title"
# Who speaks: a few words, no sentence, before a colon.
SPEAKER = re.compile(
    r"\s*(?P<name>[^\W\d_](?:[^:：.!?。！？\n]{0,38}[^\s:：.!?])?)[:：][ \n]*(?=\S)"
)
# A letter opens with a line of this many signs or fewer.
SHORT = 60


def shape_boxes(root: Element) -> None:
    """Give each box of such a kind its form; all others stay boxes."""
    if not has_class(root, BOX):
        return
    for box in [e for e in root.iter("div") if BOX in classes(e)]:
        kind = next((name for name in classes(box) if name in SHAPES), "")
        if kind in SETTERS:
            set_classes(box, [name for name in classes(box) if name != BOX])
            for title in box:
                if BOX_TITLE in classes(title):
                    set_classes(title, [TITLE])
            SETTERS[kind](box)


def name_boxes(root: Element, language: str) -> None:
    """Put the words of a language where a box has no title of its author's."""
    if not has_class(root, MADE):
        return
    for box in root.iter("div"):
        first = box[0] if len(box) else None
        if first is not None and MADE in classes(first):
            titles = box_titles(box.get("lang", language))
            first.text = next((titles[n] for n in classes(box) if n in titles), first.text)


def _set_epigraph(box: Element) -> None:
    """Make a quotation of it; its source is found as in any other."""
    box.tag = "blockquote"


def _set_aside(box: Element) -> None:
    box.tag = "aside"
    _mark_last(box, "attribution", "— ")


def _set_verse(box: Element) -> None:
    _mark_last(box, "attribution", "— ")
    set_verse(box)


def _set_letter(box: Element) -> None:
    """The title is place and day, a short first line the salutation, a last one the name."""
    for title in box:
        if TITLE in classes(title):
            set_classes(title, ["dateline"])
    _mark_last(box, "signature", "")
    paragraphs = [child for child in box if child.tag == "p" and not child.get("class")]
    if len(paragraphs) > 1 and len(inner_text(paragraphs[0])) <= SHORT:
        set_classes(paragraphs[0], ["salutation"])


def _set_dialogue(box: Element) -> None:
    """Set the name of who speaks apart from what is said."""
    for paragraph in box:
        if paragraph.tag == "p" and TITLE not in classes(paragraph):
            _name_speaker(paragraph)


def _name_speaker(paragraph: Element) -> None:
    match = SPEAKER.match(paragraph.text or "")
    if match:
        name = Element("span", {"class": "speaker"})
        name.text = match.group().strip()
        name.tail = " " * (match.group()[-1] in " \n") + (paragraph.text or "")[match.end() :]
        paragraph.text = None
        paragraph.insert(0, name)
        set_classes(paragraph, ["speech", *classes(paragraph)])
    elif not (paragraph.text or "").strip() and len(paragraph):
        first = paragraph[0]
        is_name = first.tag in ("strong", "b", "em", "i") and _ends_name(first)
        if is_name:
            first.tag = "span"
            set_classes(first, ["speaker"])
            set_classes(paragraph, ["speech", *classes(paragraph)])


def _ends_name(first: Element) -> bool:
    """Whether an emphasised beginning is who speaks: a colon or a full stop ends it."""
    words = inner_text(first).strip()
    return words.endswith((":", "：", ".")) or (first.tail or "").startswith((":", "："))


def _mark_last(box: Element, name: str, dash: str) -> None:
    """Mark the last paragraph where it begins with a dash, which becomes `dash`."""
    last = box[-1] if len(box) else None
    match = DASH.match(last.text or "") if last is not None and last.tag == "p" else None
    if last is not None and match:
        last.text = dash + (last.text or "")[match.end() :]
        set_classes(last, [*classes(last), name])


SETTERS: dict[str, Callable[[Element], None]] = {
    "dialogue": _set_dialogue,
    "epigraph": _set_epigraph,
    "letter": _set_letter,
    "pull-quote": _set_aside,
    "sidebar": _set_aside,
    "verse": _set_verse,
}
