"""What Japanese needs on pages and CSS can not ask of the layout library."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from chapbook.compose.markup import classes
from chapbook.compose.notes import INLINE
from chapbook.compose.ruby import set_rubies

SIGN = "[\u3005-\u3007\u3041-\u309f\u30a1-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff]"
LATIN = "[0-9A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff]"
EDGE = re.compile(f"(?<={SIGN})(?={LATIN})|(?<={LATIN})(?={SIGN})")
APART = frozenset({"code", "kbd", "math", "pre", "samp", "script", "style", "svg"})
UNSEEN = frozenset({"rp", "rt", "sub", "sup"})
# Numbers that the house writes are words of one look: 第1章.
WHOLE_CLASSES = frozenset({"label", "number", "published"})
UNSEEN_CLASSES = frozenset({"footnote", "note-call", "line-number"})
# A longer note would be a hole in the paragraph, for it can not go on in the next line.
LONGEST_WARICHU = 44


def set_japanese(root: Element, language: str) -> None:
    """Set the ruby and the small double lines of a tree; `language` is that of the book."""
    set_rubies(root)
    set_double_lines(root)
    if language.partition("-")[0].lower() == "ja":
        Scripts().part(root)


def set_double_lines(root: Element) -> None:
    """Set each note of the class `warichu` in two lines of one length (割注)."""
    for note in root.iter("small"):
        text = note.text or ""
        if note.get("class") == "warichu" and not len(note) and 1 < len(text) <= LONGEST_WARICHU:
            note.set("class", "warichu set")
            note.text = None
            lines = SubElement(note, "span", {"class": "lines"})
            middle = (len(text) + 1) // 2
            for piece in (text[:middle], text[middle:]):
                SubElement(lines, "span", {"class": "line"}).text = piece


@dataclass(slots=True)
class _Text:
    """Text that stands in an element, or behind it."""

    holder: Element
    is_tail: bool

    def add_space(self) -> None:
        if self.is_tail:
            self.holder.tail = (self.holder.tail or "") + " "
        else:
            self.holder.text = (self.holder.text or "") + " "


class Scripts:
    """Parts Japanese and Latin words by a space of a quarter of a sign.

    https://www.w3.org/TR/jlreq/#mixed_text_composition_in_horizontal_writing_mode. The space is one
    of the Japanese face, a quarter of a sign wide, which goes where a line ends.
    """

    def __init__(self) -> None:
        """Begin with nothing before the text."""
        self.last = ""
        self.holder: _Text | None = None

    def part(self, element: Element) -> None:
        """Part the words of an element, in order."""
        element.text = self._text(element.text, _Text(element, is_tail=False))
        for child in element:
            self._child(child)
            child.tail = self._text(child.tail, _Text(child, is_tail=True))

    def _child(self, child: Element) -> None:
        names = set(classes(child))
        if child.tag in UNSEEN or names & UNSEEN_CLASSES:
            last, holder = self.last, self.holder
            self._begin()
            if child.tag not in UNSEEN:
                self.part(child)
            self.last, self.holder = ("", None) if child.tag in ("sub", "sup") else (last, holder)
        elif child.tag not in INLINE and child.tag != "small":
            self._begin()
            if child.tag not in APART and not names & WHOLE_CLASSES:
                self.part(child)
            self._begin()
        elif child.tag == "ruby":
            self._meet("".join(child.itertext()))
            self.last = "".join(e.text or "" for e in child if e.tag == "span")[-1:] or self.last
        elif child.tag in APART or names & WHOLE_CLASSES or not _is_japanese(child):
            self._meet("".join(child.itertext()))
        else:
            self.part(child)

    def _begin(self) -> None:
        self.last, self.holder = "", None

    def _text(self, text: str | None, holder: _Text) -> str | None:
        if not text:
            return text
        is_missing = self._meet(text)
        self.holder = holder
        return " " * is_missing + EDGE.sub(" ", text)

    def _meet(self, text: str) -> bool:
        """Part what comes from what was before it; say whether there is no place for it there."""
        is_edge = bool(text) and EDGE.search(self.last + text[0], len(self.last)) is not None
        if is_edge and self.holder is not None:
            self.holder.add_space()
        is_missing = is_edge and self.holder is None
        if text:
            self.last, self.holder = text[-1], None
        return is_missing


def _is_japanese(element: Element) -> bool:
    return element.get("lang", "ja").startswith("ja")
