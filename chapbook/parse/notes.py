"""The notes of a file: their trees, and the notes of a chapter in the order of their calls."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from chapbook.diagnostics import Code, Diagnostic, error, warning
from chapbook.model import Caption, Image, Link, Note, Passage
from chapbook.parse.marks import CALL
from chapbook.parse.places import Places
from chapbook.parse.positions import Positions
from chapbook.parse.scan import NoteText
from chapbook.parse.tree import classes, inner_text, write
from chapbook.parse.walk import Draft, Mark

# A word of a script with spaces, or one character of a script without.
WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)


FindCaptions = Callable[[list[Element], Positions, list[Draft]], Iterator[Caption]]


@dataclass(slots=True)
class Called:
    """A note of a chapter together with the facts that the chapter lists."""

    note: Note
    links: list[Link]
    images: list[Image]
    passages: list[Passage]
    ids: list[str]
    marks: list[Mark]
    root: Element
    captions: list[Caption]


@dataclass(slots=True)
class Notes:
    """The notes of one file by key; the first definition of a key counts."""

    places: Places
    texts: list[NoteText]
    roots: list[Element]
    positions: list[Positions]
    keys_by_call: list[str]
    found: list[Diagnostic]
    called_keys: set[str] = field(default_factory=set)

    def name_calls(self, root: Element) -> None:
        """Write the calls of a tree in the form that the later stages know."""
        for element in root.iter("a"):
            for name in classes(element):
                if name.startswith(CALL):
                    key = self.keys_by_call[int(name.removeprefix(CALL))]
                    element.attrib.clear()
                    element.attrib.update({"class": "note-call", "data-note": key})

    def called(self, calls: list[Element], captions: FindCaptions) -> list[Called]:
        """Give the notes that these calls and the notes themselves call, in order.

        `captions` counts those of a tree, with its positions and the words that it holds.
        """
        keys = list(dict.fromkeys(call.attrib["data-note"] for call in calls))
        notes: list[Called] = []
        for key in keys:  # grows while it is read: notes may call notes
            place = next(i for i, text in enumerate(self.texts) if text.key == key)
            walk = self.positions[place].walk
            inner = [m.element.attrib["data-note"] for m in walk.marks if m.kind == "call"]
            keys += [name for name in dict.fromkeys(inner) if name not in keys]
            found = list(captions([self.roots[place]], self.positions[place], walk.drafts))
            notes.append(self._note(place, len(notes) + 1, found))
        self.called_keys |= set(keys)
        return notes

    def _note(self, place: int, number: int, captions: list[Caption]) -> Called:
        from chapbook.parse.chapters import make_image

        text, root, positions = self.texts[place], self.roots[place], self.positions[place]
        words = len(WORD.findall(inner_text(root)))
        at = self.places.locate(text.span.start)
        marks = positions.walk.marks
        return Called(
            Note(text.key, number, write(root), words, at),
            [
                Link(mark.element.attrib["href"], positions.of_mark(mark))
                for mark in marks
                if mark.kind == "link"
            ],
            [make_image(mark, positions, self.found) for mark in marks if mark.kind == "image"],
            [
                Passage(draft.block, draft.kind, draft.text, positions.of_draft(draft))
                for draft in positions.walk.drafts
            ],
            [element.attrib["id"] for element in root.iter() if "id" in element.attrib],
            marks,
            root,
            captions,
        )

    def report(self) -> None:
        """Report notes that no one calls, and keys that are defined twice."""
        seen: set[str] = set()
        for text in self.texts:
            at = self.places.locate(text.span.start)
            if text.key in seen:
                message = f"the note “{text.key}” is defined twice; this text would be missing"
                hint = "give one of them another key"
                self.found.append(error(Code.DUPLICATE_ID, message, at, hint))
            elif text.key not in self.called_keys:
                message = f"nothing calls the note “{text.key}”, so it is not in the book"
                hint = f"write [^{text.key}] where it belongs, or delete it"
                self.found.append(warning(Code.UNUSED_NOTE, message, at, hint))
            seen.add(text.key)
