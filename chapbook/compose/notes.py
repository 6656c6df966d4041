"""Notes: at the foot of the page, beside the text, at the end of the chapter or of the book.

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
from chapbook.scholarship import NotePlace
from chapbook.words import Words

# In halves of an em, on A5: about 110 English words, a third of a page.
LONGEST_FOOTNOTE = 660
# What the notes of one paragraph may come to, in longest footnotes: more than a page of them
# cannot stand with its paragraph, and some would be lost on the way.
MOST_IN_A_BLOCK = 3
# Beside the text there is room for about 80 English words before any text, and for half as much
# again as the text itself: so no page has more notes than stand beside it.
LONGEST_SIDENOTE = 480
BESIDE_A_TEXT = 0.5
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
        self._calls: dict[str, int] = {}
        self.at_end: list[tuple[Note, Element]] = []

    def set_call(self, call: Element, cramped: bool) -> Element | None:
        """Turn the call into what the edition shows; nothing is left of one without a note.

        `cramped` says that no footnote can stand there: in a heading, a table's head. Gives what
        holds the paragraphs of a note that now stands here, None where none does.
        """
        note = self._notes.get(call.attrib.pop("data-note", ""))
        if note is None:
            call.tag, call.text = "span", None
            call.attrib.clear()
            return None
        self._calls[note.key] = self._calls.get(note.key, 0) + 1
        if self._calls[note.key] > 1:
            self._again(call, note)
            return None
        return self._first(call, note, cramped)

    @abstractmethod
    def open_block(self, block: Element) -> None:
        """Take note that a new paragraph, cell or item begins."""

    @abstractmethod
    def _first(self, call: Element, note: Note, cramped: bool) -> Element | None:
        """Set the first call of a note."""

    @abstractmethod
    def _again(self, call: Element, note: Note) -> None:
        """Set a later call of a note."""

    @abstractmethod
    def list_notes(self) -> Element | None:
        """Give the notes at the end of the division, or None where there are none."""

    def _in_order(self) -> list[tuple[Note, Element]]:
        return sorted(self.at_end, key=lambda pair: pair[0].number)

    def _call_id(self, note: Note) -> str:
        return self.places.call(self.division, note.key, self._calls[note.key])

    def _ways_back(self, note: Note) -> list[str]:
        """Give where the calls of a note are, in order."""
        times = range(1, self._calls.get(note.key, 1) + 1)
        return [f"#{self.places.call(self.division, note.key, time)}" for time in times]


class PagedNotes(NoteSetter):
    """Footnotes (https://www.w3.org/TR/css-gcpm-3/#footnotes), side notes, notes at the end.

    A footnote is `<span class="footnote" data-number="3">`, with a `<span class="p">` for each
    paragraph. A side note is `<span class="side">`, with its call in it and, behind that,
    `<span class="sidenote">`. The call of an end note is `<a class="note-call">3</a>`; the notes
    are `<section class="endnotes">` with `<li value="3" data-number="3">`.
    """

    def __init__(
        self,
        division: Division,
        places: Places,
        words: Words,
        trim: Trim,
        place: NotePlace = NotePlace.FOOT,
    ) -> None:
        """Let a note be as long as the page allows."""
        super().__init__(division, places, words)
        self._place = place
        a5 = TRIMS["a5"]
        share = (trim.width * trim.height) / (a5.width * a5.height)
        # The type of a larger page is larger too; a smaller page keeps its size.
        size = min(share, share**0.5)
        self._longest = size * (LONGEST_SIDENOTE if place is NotePlace.SIDE else LONGEST_FOOTNOTE)
        self._room = self._longest if place is NotePlace.SIDE else MOST_IN_A_BLOCK * self._longest

    def open_block(self, block: Element) -> None:
        """Let the notes of the next paragraph fill their share of the page."""
        if self._place is NotePlace.SIDE:
            more = BESIDE_A_TEXT * extent("".join(block.itertext()))
            self._room = min(self._room + more, self._longest)
        else:
            self._room = MOST_IN_A_BLOCK * self._longest

    def _first(self, call: Element, note: Note, cramped: bool) -> Element | None:
        blocks = parse_fragment(note.xhtml)
        is_moved = cramped or self._place in (NotePlace.CHAPTER, NotePlace.BOOK)
        if is_moved or not fits_a_page_foot(blocks, min(self._longest, self._room)):
            self._again(call, note)
            self.at_end.append((note, blocks))
            return None
        self._room -= extent("".join(blocks.itertext()))
        if self._place is NotePlace.SIDE:
            return self._beside(call, note, blocks)
        call.tag = "span"
        call.attrib.clear()
        call.set("class", "footnote")
        call.set("id", self.places.note(self.division, note.key))
        call.set("data-number", str(note.number))
        call.extend(_spans(blocks))
        return call

    def _beside(self, call: Element, note: Note, blocks: Element) -> Element:
        name = self.places.note(self.division, note.key)
        inner = Element("a")
        self._again(inner, note)
        call.tag, call.text = "span", None
        call.attrib.clear()
        call.set("class", "side")
        call.append(inner)
        side = SubElement(call, "span", {"class": "sidenote", "id": name})
        back = SubElement(side, "a", {"class": "side-number", "href": f"#{self._call_id(note)}"})
        back.text, back.tail = str(note.number), " "
        words = SubElement(side, "span", {"class": "words"})
        words.extend(_spans(blocks))
        return words

    def _again(self, call: Element, note: Note) -> None:
        call.attrib.clear()
        call.set("class", "note-call")
        call.set("href", f"#{self.places.note(self.division, note.key)}")
        call.set("id", self._call_id(note))
        call.text = str(note.number)

    def list_notes(self) -> Element | None:
        """Give the end notes, under a heading."""
        if not self.at_end:
            return None
        section = Element("section", {"class": "endnotes"})
        SubElement(section, "h2").text = self.words.notes
        rows = SubElement(section, "ol")
        for note, blocks in self._in_order():
            name = self.places.note(self.division, note.key)
            rows.append(end_note(note, name, blocks, self._ways_back(note)[:1], ""))
        return section


class EpubNotes(NoteSetter):
    """Notes that pop up where the reader can, and stand at the end of the chapter elsewhere.

    The way back comes first in the note: some readers know a note by it.
    """

    def __init__(
        self,
        division: Division,
        places: Places,
        words: Words,
        place: NotePlace = NotePlace.FOOT,
    ) -> None:
        """Set the notes of this division."""
        super().__init__(division, places, words)
        self._pops_up = place is NotePlace.FOOT

    def open_block(self, block: Element) -> None:
        """Do nothing: a screen has no foot that could be full."""

    def _first(self, call: Element, note: Note, cramped: bool) -> None:  # noqa: ARG002
        self._again(call, note)
        self.at_end.append((note, parse_fragment(note.xhtml)))

    def _again(self, call: Element, note: Note) -> None:
        call.tag = "sup"
        call.attrib.clear()
        call.set("class", "note-call")
        address = f"#{self.places.note(self.division, note.key)}"
        kind = {f"{{{EPUB}}}type": "noteref", "role": "doc-noteref"}
        link = SubElement(call, "a", {**kind, "href": address, "id": self._call_id(note)})
        link.text = str(note.number)

    def list_notes(self) -> Element | None:
        """Give the notes with the ways back to their calls: each an aside, or all a list."""
        if not self.at_end:
            return None
        return self._asides() if self._pops_up else self._list()

    def _asides(self) -> Element:
        kind = {f"{{{EPUB}}}type": "footnotes", "aria-label": self.words.notes}
        section = Element("section", {"class": "notes", **kind})
        for note, blocks in self._in_order():
            kind = {f"{{{EPUB}}}type": "footnote", "role": "doc-footnote"}
            name = self.places.note(self.division, note.key)
            aside = SubElement(section, "aside", {"class": "note", **kind, "id": name})
            aside[:] = list(blocks)
            lead_back(aside, note, self._ways_back(note), self.words.back_to_text)
        return section

    def _list(self) -> Element:
        kind = {f"{{{EPUB}}}type": "endnotes", "role": "doc-endnotes"}
        section = Element("section", {"class": "endnotes", **kind})
        SubElement(section, "h2").text = self.words.notes
        rows = SubElement(section, "ol")
        for note, blocks in self._in_order():
            name = self.places.note(self.division, note.key)
            back = self.words.back_to_text
            rows.append(end_note(note, name, blocks, self._ways_back(note), back))
        return section


def end_note(note: Note, name: str, blocks: Element, ways: list[str], back: str) -> Element:
    """Give a note of a list at the end, its number leading back to the first of the `ways`."""
    number = str(note.number)
    row = Element("li", {"class": "endnote", "id": name, "value": number, "data-number": number})
    row[:] = list(blocks)
    lead_back(row, note, ways, back)
    return row


def lead_back(holder: Element, note: Note, ways: list[str], back: str) -> None:
    """Begin a note with its number, which leads back to its call, and end it with further ways."""
    if len(holder) == 0 or holder[0].tag != "p":
        holder.insert(0, Element("p"))
    first = holder[0]
    link = Element("a", {"class": "note-back", "role": "doc-backlink", "href": ways[0]})
    if back:
        link.set("title", back)
    link.text, link.tail = str(note.number), " " + (first.text or "")
    first.text = None
    first.insert(0, link)
    last = holder[-1] if holder[-1].tag == "p" else SubElement(holder, "p")
    for number, way in enumerate(ways[1:], 2):
        title = {"title": f"{back} {number}"} if back else {}
        again = Element("a", {"class": "way-back", "role": "doc-backlink", "href": way, **title})
        again.text = f"↩{number}"
        if len(last):
            last[-1].tail = f"{last[-1].tail or ''} "
        else:
            last.text = f"{last.text or ''} "
        last.append(again)


def _spans(blocks: Element) -> list[Element]:
    """Make spans of the paragraphs of a note."""
    paragraphs = list(blocks)
    for paragraph in paragraphs:
        paragraph.tag, paragraph.tail = "span", None
        paragraph.set("class", f"p {paragraph.get('class', '')}".strip())
    return paragraphs


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
