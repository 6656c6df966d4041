"""Gather the notes of a whole book at its end, chapter by chapter, with ways there and back."""

import re
from collections import Counter
from dataclasses import replace
from html import escape
from xml.etree.ElementTree import Element, SubElement

from chapbook.compose.markup import parse_fragment, write_xhtml
from chapbook.compose.notes import end_note
from chapbook.compose.places import free
from chapbook.model import Book, Division, DivisionKind, Entry, Matter, Note, Passage
from chapbook.words import Words

PAGE = "endnotes"
IN_NOTE = "note-"  # how the block of a note begins
LINK = re.compile(r'(?<=")book:([^"#<]+)#([^"<]+)(?=")')


def with_book_notes(book: Book, words: Words) -> Book:
    """Give a book whose notes stand in a division of their own, before the made pages at its end.

    A call leads to its note, and the note's number back to its first call.
    """
    if not any(division.notes for division in book.divisions):
        return book
    home = free(PAGE, {division.id for division in book.divisions})
    gathered = [_Gathering(division, home, words) for division in book.divisions]
    notes = _division(home, gathered, words)
    moved = {key: to for one in gathered for key, to in one.moved.items()}
    divisions = [_with_links(one.rest, home, moved) for one in gathered]
    place = _place(book.divisions)
    divisions.insert(place, _with_links(notes, home, moved))
    after = {division.id for division in book.divisions[place:]}
    entries = list(book.contents)
    at = next((n for n, entry in enumerate(entries) if entry.division in after), len(entries))
    entries.insert(at, _entry(notes))
    return replace(book, divisions=tuple(divisions), contents=tuple(entries))


class _Gathering:
    """A division on its way to one without notes: `group` has them, `passages` theirs."""

    def __init__(self, division: Division, home: str, words: Words) -> None:
        self.division, self.home, self.words = division, home, words
        self.moved: dict[tuple[str, str], str] = {}
        self.passages: tuple[Passage, ...] = ()
        self.group: Element | None = None
        self.rest = division
        self._notes = {note.key: note for note in division.notes}
        self._calls: Counter[str] = Counter()
        if division.notes:
            self._gather()

    def _gather(self) -> None:
        division = self.division
        title = self._with_calls(division.title_xhtml)
        xhtml = self._with_calls(division.xhtml)
        blocks = [(note, self._blocks(note)) for note in division.notes]
        for note in division.notes:  # a reference leads to the note itself
            self.moved[division.id, f"note {note.key}"] = self._note_id(note)
        group = Element("section", {"class": "note-group", "id": f"of-{division.id}"})
        head = parse_fragment(f"<h2>{self._heading()}</h2>")[0]
        group.append(head)
        rows = SubElement(group, "ol")
        for note, tree in blocks:
            name, back = self._note_id(note), self.words.back_to_text
            rows.append(end_note(note, name, tree, self._ways_back(note), back))
        self.group = group
        is_note = [passage.block.startswith(IN_NOTE) for passage in division.passages]
        self.passages = tuple(
            replace(passage, block=f"{division.id}.{passage.block}")
            for passage, moves in zip(division.passages, is_note, strict=True)
            if moves
        )
        kept = (p for p, moves in zip(division.passages, is_note, strict=True) if not moves)
        self.rest = replace(
            division, title_xhtml=title, xhtml=xhtml, notes=(), passages=tuple(kept)
        )

    def _heading(self) -> str:
        division = self.division
        title = escape(division.title, quote=False)
        if not division.label:
            return title
        label = escape(division.label, quote=False)
        return self.words.chapter_entry.format(label=label, title=title)

    def _with_calls(self, xhtml: str) -> str:
        """Let the calls in a fragment lead to where the notes will be."""
        if "data-note=" not in xhtml:
            return xhtml
        root = parse_fragment(xhtml)
        for call in root.iter("a"):
            note = self._notes.get(call.attrib.pop("data-note", ""))
            if note is not None:
                self._calls[note.key] += 1
                call.set("href", f"book:{self.home}#{self._note_id(note)}")
                call.set("id", self._call_id(note, self._calls[note.key]))
                call.text = str(note.number)
        return write_xhtml(root)

    def _blocks(self, note: Note) -> Element:
        """Give the blocks of a note, their ids told apart from those of other chapters."""
        root = parse_fragment(self._with_calls(note.xhtml))
        for element in root.iter():
            if block := element.get("data-block"):
                element.set("data-block", f"{self.division.id}.{block}")
            if name := element.get("id"):
                own = f"{self.division.id}-{name}"
                element.set("id", own)
                self.moved[self.division.id, name] = own
        return root

    def _ways_back(self, note: Note) -> list[str]:
        times = range(1, max(self._calls[note.key], 1) + 1)
        return [f"book:{self.division.id}#{self._call_id(note, time)}" for time in times]

    def _note_id(self, note: Note) -> str:
        return f"note-{self.division.id}-{note.number}"

    def _call_id(self, note: Note, time: int) -> str:
        return f"call-{note.number}" + (f"-{time}" if time > 1 else "")


def _division(home: str, gathered: list[_Gathering], words: Words) -> Division:
    root = parse_fragment("")
    root.extend([one.group for one in gathered if one.group is not None])
    return Division(
        id=home,
        kind=DivisionKind.PAGE,
        matter=Matter.BACK,
        role=PAGE,
        title=words.notes,
        title_xhtml=escape(words.notes, quote=False),
        short_title=words.notes,
        page=PAGE,
        xhtml=write_xhtml(root),
        passages=tuple(passage for one in gathered for passage in one.passages),
    )


def _with_links(division: Division, home: str, moved: dict[tuple[str, str], str]) -> Division:
    """Lead links to what has moved with a note."""
    if not moved:
        return division

    def lead(match: re.Match[str]) -> str:
        own = moved.get((match[1], match[2]))
        return f"book:{home}#{own}" if own else match[0]

    return replace(division, xhtml=LINK.sub(lead, division.xhtml))


def _place(divisions: tuple[Division, ...]) -> int:
    """Give the place before the first page that the house makes after the text."""
    made = (
        n
        for n, one in enumerate(divisions)
        if one.matter is Matter.BACK and one.kind is DivisionKind.PAGE
    )
    return next(made, len(divisions))


def _entry(notes: Division) -> Entry:
    return Entry(
        division=notes.id,
        anchor="",
        kind=DivisionKind.PAGE.value,
        level=1,
        label="",
        title=notes.title,
        title_xhtml=notes.title_xhtml,
        matter=Matter.BACK,
    )
