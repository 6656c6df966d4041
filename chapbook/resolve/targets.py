"""Every place of the book that a link may lead to, and what it is called."""

import posixpath
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from urllib.parse import unquote

from chapbook.model import Caption, DivisionKind, Heading, Matter
from chapbook.resolve.drafts import Draft, Label
from chapbook.resolve.spelling import nearest
from chapbook.words import Words

NOTE = "note:"
NO_NUMBER = Label("", "", "")
# How like what was written a name in the same file, a file, or a name elsewhere must be.
HERE, FILE, ELSEWHERE = 0.5, 0.6, 0.75


@dataclass(frozen=True, slots=True)
class Target:
    """A place (`anchor` is empty for a division's beginning) and what it is called.

    `label` is its number as a sentence has it ("Figure 3"), `number` the number alone; `title` is
    XHTML, `plain_title` the same as text; each '' where it has none. A place that is not named is
    called as the division it stands in. `source` is its file.
    """

    division: str
    anchor: str
    source: str = ""
    label: str = ""
    number: str = ""
    title: str = ""
    plain_title: str = ""
    is_named: bool = True
    is_front: bool = False


class Targets:
    """Finds the places that an author's link may mean."""

    def __init__(self, drafts: tuple[Draft, ...], words: Words) -> None:
        """Note every division, heading, caption, note and id, by the file it was written in."""
        self.files: dict[str, Target] = {}
        self.anchors: dict[str, dict[str, Target]] = {}
        self.notes: dict[tuple[str, str], Target] = {}
        self.everywhere: dict[str, list[Target]] = {}
        self.made: dict[str, Target] = {}
        self.relative: dict[str, list[str]] = {}
        for draft in drafts:
            start = _start(draft, words)
            if draft.chapter is None:
                names = (draft.division.id, draft.called)
                self.made.update({name: start for name in names if name})
                continue
            self.files.setdefault(start.source, start)
            for anchor, target in _places(draft, start):
                self._note(unicodedata.normalize("NFC", anchor), target)
            for target in _notes(draft, start, words):
                key = f"{NOTE}{target.anchor.removeprefix('note ')}"
                self.notes[target.division, key] = target
                self._note(key, target)

    def _note(self, anchor: str, target: Target) -> None:
        places = self.anchors.setdefault(target.source, {})
        if anchor not in places:
            places[anchor] = target
            self.everywhere.setdefault(anchor, []).append(target)

    def find(self, source: str, division: str, written: str) -> tuple[Target, ...]:
        """Give the places that `written` may mean in a division, which comes from `source`.

        A name without a file means a place of the same file if it has one, else any.
        """
        path, _, anchor = spell_out(written).partition("#")
        file = self._file(source, path)
        if file is None:
            return ()
        if not anchor:
            return (self.files[file],)
        for spelling in (anchor, anchor.casefold()):
            own = self.notes.get((division, spelling)) if file == source else None
            if found := own or self.anchors.get(file, {}).get(spelling):
                return (found,)
        return () if path else self._elsewhere(anchor)

    def _elsewhere(self, anchor: str) -> tuple[Target, ...]:
        for spelling in (anchor, anchor.casefold()):
            if found := self.everywhere.get(spelling):
                return tuple(found)
            if spelling in self.made:
                return (self.made[spelling],)
        return ()

    def _file(self, source: str, path: str) -> str | None:
        path = path.partition("?")[0]
        if not path:
            return source
        folder = posixpath.dirname(source)
        bases = (posixpath.join(folder, path.lstrip("/")), path.lstrip("/"))
        for base in bases:
            for name in _spellings(posixpath.normpath(base)):
                if name in self.files:
                    return name
        return None

    def _names_from(self, source: str) -> list[str]:
        """Name every file as one in the folder of `source` would."""
        folder = posixpath.dirname(source) or "."
        if folder not in self.relative:
            self.relative[folder] = [posixpath.relpath(file, folder) for file in self.files]
        return self.relative[folder]

    def suggest(self, source: str, written: str) -> tuple[str, ...]:
        """Hint at the places whose spelling is nearest."""
        path, _, anchor = spell_out(written).partition("#")
        file = self._file(source, path)
        if file is None:
            close = [nearest(path, self._names_from(source), FILE)]
        else:
            here = nearest(anchor, self.anchors.get(file, ()), HERE)
            close = [f"{path}#{here}" if here else ""]
            there = nearest(anchor, [*self.everywhere, *self.made], ELSEWHERE)
            if there != here:
                close.append(self._spell_from(source, there))
        named = " or ".join(f"“{name}”" for name in close if name)
        return (f"did you mean {named}?",) if named else ()

    def _spell_from(self, source: str, anchor: str) -> str:
        """Write a link to a name in another file, as one in `source` would."""
        places = self.everywhere.get(anchor)
        return self.spell(source, places[0], anchor) if places else f"#{anchor}" if anchor else ""

    def spell(self, source: str, target: Target, anchor: str) -> str:
        """Write a link to a place, with the name of its file."""
        folder = posixpath.dirname(source) or "."
        return f"{posixpath.relpath(target.source, folder)}#{anchor}"


def spell_out(address: str) -> str:
    """Write an address of the book as file names and ids are written: decoded, and in NFC."""
    return unicodedata.normalize("NFC", unquote(address))


def _spellings(path: str) -> Iterator[str]:
    """Web books link to the page that a file becomes, or to a folder."""
    yield path
    stem, ending = posixpath.splitext(path)
    if ending in ("", ".html", ".htm"):
        stem = stem if ending else path
        yield f"{stem}.md"
        yield f"{stem}/index.md"
        yield f"{stem}/README.md"
        if posixpath.basename(stem) == "index":
            yield posixpath.join(posixpath.dirname(stem), "README.md")


def _start(draft: Draft, words: Words) -> Target:
    """Give the beginning of a division."""
    division = draft.division
    return Target(
        division=division.id,
        anchor="",
        source=draft.chapter.source if draft.chapter else "",
        label=division_label(draft, words),
        number=division.label,
        title=_title(division.title_xhtml, division.title),
        plain_title=division.title,
        is_front=division.matter is Matter.FRONT,
    )


def _title(xhtml: str, text: str) -> str:
    """Give a title as it can be repeated; what is marked in it for other uses can not."""
    is_plain = "data-" not in xhtml and "<a " not in xhtml
    return xhtml if xhtml and is_plain else escape(text, quote=False)


def _places(draft: Draft, start: Target) -> Iterator[tuple[str, Target]]:
    chapter = draft.chapter
    if chapter is None:
        return
    bare = replace(start, is_named=False)
    yield chapter.anchor, start
    for heading in chapter.headings:
        yield heading.anchor, _called(start, heading, NO_NUMBER)
    for caption, label in zip(chapter.captions, draft.captions, strict=True):
        yield caption.anchor, _called(start, caption, label)
    for anchor in chapter.ids:
        yield anchor, replace(bare, anchor=anchor)


def _called(start: Target, place: Heading | Caption, label: Label) -> Target:
    if isinstance(place, Heading):
        text, xhtml = place.title, place.xhtml
    else:
        text, xhtml = _unended(place.text), _unended(place.xhtml)
    return replace(
        start,
        anchor=place.anchor,
        label=label.name,
        number=label.number,
        title=_title(xhtml, text),
        plain_title=text,
    )


def _unended(words: str) -> str:
    """Take away the full stop of a caption: in a reference, another sentence goes on."""
    is_ended = words.endswith((".", "。")) and not words.endswith("..")
    return words[:-1] if is_ended else words


def _notes(draft: Draft, start: Target, words: Words) -> Iterator[Target]:
    for note in draft.division.notes:
        number = str(note.number)
        label = words.note_label.format(label=number)
        anchor = f"note {note.key}"
        yield replace(start, anchor=anchor, label=label, number=number, title="", plain_title="")


def division_label(draft: Draft, words: Words) -> str:
    """Number a division as a sentence would, “Chapter 3”; '' where it has no number."""
    division = draft.division
    if not division.label:
        return ""
    is_part = division.kind is DivisionKind.PART
    of_chapter = words.appendix_label if division.role == "appendix" else words.chapter_label
    pattern = words.part_label if is_part else of_chapter
    return pattern.format(label=division.label)
