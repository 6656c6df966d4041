"""Notes: at the foot of the page, at the end of the chapter, or where an e-reader shows them.

A note at the foot of a page must fit there: the layout library cuts a longer one off, in silence.
So a long note, and one with more than paragraphs in it, goes to the end of its chapter. All
notes of a chapter are numbered in one row.
"""

import unicodedata
from abc import ABC, abstractmethod
from xml.etree.ElementTree import Element, SubElement

from chapbook.compose.markup import EPUB, parse_fragment
from chapbook.compose.places import Places
from chapbook.model import Division, Note
from chapbook.print_shop import TRIMS, Trim
from chapbook.words import Words

# In halves of an em, on A5: about 110 English words, a third of a page.
LONGEST_FOOTNOTE = 660
# What the notes of one paragraph may come to, in longest footnotes: more than a page of them
# cannot stand with its paragraph, and some would be lost on the way.
MOST_IN_A_BLOCK = 3
INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "ins"}
    | {"kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub"}
    | {"sup", "time", "u", "var", "wbr"}
)


class NoteSetter(ABC):
    """Sets the calls of one division's notes, and gathers the notes for its end."""

    def __init__(self, division: Division, places: Places, words: Words) -> None:
        """Set the notes of this division."""
        self.division = division
        self.places = places
        self.words = words
        self._notes = {note.key: note for note in division.notes}
        self._called: set[str] = set()
        self.at_end: list[tuple[Note, Element]] = []

    def set_call(self, call: Element, cramped: bool) -> None:
        """Turn the call into what the edition shows; nothing is left of one without a note.

        `cramped` says that no footnote can stand there: in a heading, a table's head.
        """
        note = self._notes.get(call.attrib.pop("data-note", ""))
        if note is None:
            call.tag, call.text = "span", None
            call.attrib.clear()
        elif note.key in self._called:
            self._again(call, note)
        else:
            self._called.add(note.key)
            self._first(call, note, cramped)

    @abstractmethod
    def open_block(self) -> None:
        """Take note that a new paragraph, cell or item begins."""

    @abstractmethod
    def _first(self, call: Element, note: Note, cramped: bool) -> None:
        """Set the first call of a note."""

    @abstractmethod
    def _again(self, call: Element, note: Note) -> None:
        """Set a later call of a note."""

    @abstractmethod
    def list_notes(self) -> Element | None:
        """Give the notes at the end of the division, or None where there are none."""

    def _in_order(self) -> list[tuple[Note, Element]]:
        return sorted(self.at_end, key=lambda pair: pair[0].number)


class PagedNotes(NoteSetter):
    """Footnotes (https://www.w3.org/TR/css-gcpm-3/#footnotes), and end notes of the chapter.

    A footnote is `<span class="footnote" data-number="3">`, with a `<span class="p">` for each
    paragraph. The call of an end note is `<a class="note-call">3</a>`; the notes are
    `<section class="endnotes">` with `<li value="3" data-number="3">`.
    """

    def __init__(self, division: Division, places: Places, words: Words, trim: Trim) -> None:
        """Let a footnote be as long as the page allows."""
        super().__init__(division, places, words)
        a5 = TRIMS["a5"]
        share = (trim.width * trim.height) / (a5.width * a5.height)
        # The type of a larger page is larger too; a smaller page keeps its size.
        self._longest = LONGEST_FOOTNOTE * min(share, share**0.5)
        self.open_block()

    def open_block(self) -> None:
        """Let the notes of the next paragraph fill their share of the page."""
        self._room = MOST_IN_A_BLOCK * self._longest

    def _first(self, call: Element, note: Note, cramped: bool) -> None:
        blocks = parse_fragment(note.xhtml)
        if cramped or not fits_a_page_foot(blocks, min(self._longest, self._room)):
            self._again(call, note)
            call.set("id", self.places.call(self.division, note.key))
            self.at_end.append((note, blocks))
            return
        self._room -= extent("".join(blocks.itertext()))
        call.tag = "span"
        call.attrib.clear()
        call.set("class", "footnote")
        call.set("id", self.places.note(self.division, note.key))
        call.set("data-number", str(note.number))
        for paragraph in blocks:
            paragraph.tag, paragraph.tail = "span", None
            paragraph.set("class", f"p {paragraph.get('class', '')}".strip())
            call.append(paragraph)

    def _again(self, call: Element, note: Note) -> None:
        call.attrib.clear()
        call.set("class", "note-call")
        call.set("href", f"#{self.places.note(self.division, note.key)}")
        call.text = str(note.number)

    def list_notes(self) -> Element | None:
        """Give the end notes, under a heading."""
        if not self.at_end:
            return None
        section = Element("section", {"class": "endnotes"})
        SubElement(section, "h2").text = self.words.notes
        rows = SubElement(section, "ol")
        for note, blocks in self._in_order():
            number = str(note.number)
            name = self.places.note(self.division, note.key)
            row = SubElement(rows, "li", {"id": name, "value": number, "data-number": number})
            row[:] = list(blocks)
        return section


class EpubNotes(NoteSetter):
    """Notes that pop up where the reader can, and stand at the end of the chapter elsewhere.

    The way back comes first in the note: some readers know a note by it.
    """

    def open_block(self) -> None:
        """Do nothing: a screen has no foot that could be full."""

    def _first(self, call: Element, note: Note, cramped: bool) -> None:  # noqa: ARG002
        self._again(call, note)
        call[0].set("id", self.places.call(self.division, note.key))
        self.at_end.append((note, parse_fragment(note.xhtml)))

    def _again(self, call: Element, note: Note) -> None:
        call.tag = "sup"
        call.attrib.clear()
        call.set("class", "note-call")
        address = f"#{self.places.note(self.division, note.key)}"
        kind = {f"{{{EPUB}}}type": "noteref", "role": "doc-noteref"}
        SubElement(call, "a", {**kind, "href": address}).text = str(note.number)

    def list_notes(self) -> Element | None:
        """Give the notes, each an aside with the way back to its first call."""
        if not self.at_end:
            return None
        kind = {f"{{{EPUB}}}type": "footnotes", "aria-label": self.words.notes}
        section = Element("section", {"class": "notes", **kind})
        for note, blocks in self._in_order():
            kind = {f"{{{EPUB}}}type": "footnote", "role": "doc-footnote"}
            name = self.places.note(self.division, note.key)
            aside = SubElement(section, "aside", {"class": "note", **kind, "id": name})
            aside[:] = list(blocks)
            self._lead_back(aside, note)
        return section

    def _lead_back(self, aside: Element, note: Note) -> None:
        if len(aside) == 0 or aside[0].tag != "p":
            aside.insert(0, Element("p"))
        first = aside[0]
        address = f"#{self.places.call(self.division, note.key)}"
        title = self.words.back_to_text
        back = Element("a", {"role": "doc-backlink", "href": address, "title": title})
        back.text, back.tail = str(note.number), " " + (first.text or "")
        first.text = None
        first.insert(0, back)


def fits_a_page_foot(blocks: Element, longest: float) -> bool:
    """Whether a note may stand at the foot of a page: short paragraphs with plain words in them.

    A call inside it speaks against it too: no footnote can have a footnote.
    """
    inner = {e.tag for paragraph in blocks for e in paragraph.iter() if e is not paragraph}
    calls = blocks.iterfind(".//a[@data-note]")
    if {p.tag for p in blocks} - {"p"} or inner - INLINE or next(calls, None) is not None:
        return False
    return bool(len(blocks)) and extent("".join(blocks.itertext())) <= longest


def extent(text: str) -> int:
    """Measure a text in halves of an em: a Latin letter is one wide, a Chinese sign two."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide
