"""Every place of the book that a link may lead to, and what it is called."""

import posixpath
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from chapbook.model import DivisionKind
from chapbook.resolve.drafts import Draft
from chapbook.resolve.spelling import nearest
from chapbook.words import Words


@dataclass(frozen=True, slots=True)
class Target:
    """A place (`anchor` is empty for a division's beginning) and its name in the text."""

    division: str
    anchor: str
    name: str


class Targets:
    """Finds the place that an author's link means."""

    def __init__(self, drafts: tuple[Draft, ...], words: Words) -> None:
        """Note every division, heading, caption and id, by the file in which it was written."""
        self.files: dict[str, Target] = {}
        self.anchors: dict[str, dict[str, Target]] = {}
        self.relative: dict[str, list[str]] = {}
        for draft in drafts:
            if draft.chapter is not None:
                source = draft.chapter.source
                start = Target(draft.division.id, "", division_name(draft, words))
                self.files.setdefault(source, start)
                places = self.anchors.setdefault(source, {})
                for anchor, target in _places(draft, start):
                    places.setdefault(unicodedata.normalize("NFC", anchor), target)

    def find(self, source: str, written: str) -> Target | None:
        """Give the place that `written` means in the file `source`, or None."""
        path, _, anchor = spell_out(written).partition("#")
        file = self._file(source, path)
        if file is None:
            return None
        if not anchor:
            return self.files[file]
        places = self.anchors[file]
        return places.get(anchor) or places.get(anchor.casefold())

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
        """Hint at the place whose spelling is nearest."""
        path, _, anchor = spell_out(written).partition("#")
        file = self._file(source, path)
        if file is None:
            close = nearest(path, self._names_from(source), 0.6)
        elif close := nearest(anchor, self.anchors[file], 0.5):
            close = f"{path}#{close}"
        return (f"did you mean “{close}”?",) if close else ()


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


def _places(draft: Draft, start: Target) -> Iterator[tuple[str, Target]]:
    chapter = draft.chapter
    if chapter is None:
        return
    division = draft.division.id
    yield chapter.anchor, start
    for heading in chapter.headings:
        yield heading.anchor, Target(division, heading.anchor, heading.title)
    for caption, label in zip(chapter.captions, draft.captions, strict=True):
        yield caption.anchor, Target(division, caption.anchor, label)
    for anchor in chapter.ids:
        yield anchor, Target(division, anchor, start.name)


def division_name(draft: Draft, words: Words) -> str:
    """Call a division as a sentence would: “Chapter 3”, or its title where it has no number."""
    division = draft.division
    if not division.label:
        return division.title
    is_part = division.kind is DivisionKind.PART
    pattern = words.part_label if is_part else words.chapter_label
    return pattern.format(label=division.label)
