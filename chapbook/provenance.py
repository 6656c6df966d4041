"""Tell from which line of the author's files each place of a finished e-book comes.

The e-book itself holds no trace of its sources. But its text stands in the order of the passages
that every edition must show, and each of these knows where it was written: so the two are laid
side by side, page by page, and only for the pages that are asked about.
"""

import posixpath
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote, urldefrag
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from chapbook.diagnostics import Location
from chapbook.model import Kind, Passage

GAP = "\ufffc"
PAGES = (".xhtml", ".ncx")
UNREAD = frozenset({"head", "script", "style", "template", "docTitle", "docAuthor"})
NEAR = 4000  # letters in which a passage is looked for; only a long one is sought further on
LONG = 16


@dataclass(slots=True)
class _Tag:
    """An element: where its tag begins, and which letters of the page stand in it.

    `line` counts from 1, `column` from 0; `child` is its number among its parent's elements.
    """

    name: str
    parent: int
    child: int
    line: int
    column: int
    attributes: Mapping[str, str]
    start: int
    end: int = 0
    children: int = 0


class _Piece(NamedTuple):
    """Letters of a page, from `start` to `end`, of a passage that begins at `origin`."""

    start: int
    end: int
    passage: Passage
    origin: int


class Provenance:
    """Where each element of an e-book was written, in the book whose `passages` these are.

    `files` are those of the package by name, in reading order. Every answer is None where the
    place can not be known: nothing is guessed.
    """

    def __init__(self, files: Mapping[str, bytes], passages: Sequence[Passage]) -> None:
        """Take note of both; nothing is read yet."""
        self._files = files
        self._passages = tuple(passages)
        self._read: dict[str, _Page] = {}

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(name for name in self._files if name.endswith(PAGES))

    @cached_property
    def _divisions(self) -> Mapping[str, list[Passage]]:
        """Give the passages of each division; those of no block go with the ones before them."""
        found: dict[str, list[Passage]] = {}
        division = ""
        for passage in self._passages:
            division = passage.block.partition(":")[0] or division
            found.setdefault(division, []).append(passage)
        return found

    def find(self, name: str) -> str:
        """Give the whole name of a file that is named from the package document, or ''."""
        near = (file for file in self._files if file.endswith(f"/{name}"))
        return name if name in self._files else next(near, "") if name else ""

    def at_line(self, name: str, line: int, column: int = 0) -> Location | None:
        """Locate what stands before a line and column (from 1; 0 is unknown) of a file."""
        page = self._page(name)
        return self._locate(page, page.tag_at(line, column)) if page else None

    def at_steps(self, name: str, steps: Sequence[int]) -> Location | None:
        """Locate an element by its steps from the root of its file, as an EPUB CFI counts them.

        See https://idpf.org/epub/linking/cfi/: each step is twice the number of a child.
        """
        page = self._page(name)
        return self._locate(page, page.tag_by(steps)) if page else None

    def at_tag(self, name: str, number: int) -> Location | None:
        """Locate an element by its number, from 0, in the order of its file."""
        page = self._page(name)
        return self._locate(page, number if number < len(page.tags) else -1) if page else None

    def at_start(self, name: str) -> Location | None:
        """Locate the first words of a file."""
        page = self._page(name)
        return min(page.pieces).passage.at if page and page.pieces else None

    def _page(self, name: str) -> "_Page | None":
        if name not in self._names:
            return None
        if name not in self._read:
            page = _read_page(self._files[name])
            self._read[name] = page
            page.align(self._candidates(name, page))
        return self._read[name]

    def _candidates(self, name: str, page: "_Page") -> Sequence[Passage]:
        """Give the passages that may stand on a page: those of the divisions that begin on it.

        Where none does it is a page of the house, or goes on with what the one before began.
        """
        if name.endswith(".ncx"):
            return ()
        own = [p for key, some in self._divisions.items() if key in page.ids for p in some]
        if own:
            return own
        index = self._names.index(name)
        before = self._page(self._names[index - 1]) if index else None
        free = [p for p in self._passages if not p.block]
        return [*(before.left if before else ()), *free]

    def _locate(self, page: "_Page", number: int) -> Location | None:
        if number < 0:
            return None
        if found := page.locate(number):
            return found
        name = next(name for name, one in self._read.items() if one is page)
        return self._target(name, page.address_near(number))

    def _target(self, base: str, address: str) -> Location | None:
        """Locate what a line of the contents leads to."""
        path, fragment = urldefrag(address)
        name = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(path)))
        page = self._page(name) if path else None
        if page is None:
            return None
        if not fragment:
            return self.at_start(name)
        return page.locate(page.ids.get(unquote(fragment), -1))


class _Page:
    def __init__(self) -> None:
        self.tags: list[_Tag] = []
        self.text = ""
        self.breaks: list[int] = []  # the letters before each end of a line
        self.is_torn = False
        self.edges: set[int] = set()
        self.pieces: list[_Piece] = []
        self.pictures: dict[int, Passage] = {}
        self.left: Sequence[Passage] = ()

    @cached_property
    def ids(self) -> Mapping[str, int]:
        """Give the element of each id."""
        found = {tag.attributes.get("id", ""): n for n, tag in enumerate(self.tags)}
        return {id: n for id, n in found.items() if id}

    @cached_property
    def _ends(self) -> list[int]:
        return [piece.end for piece in self.pieces]

    def tag_at(self, line: int, column: int) -> int:
        """Give the last element whose tag begins before a place: a validator names its end."""
        before = (line, column - 1 if column > 0 else 2**31)
        places = [(tag.line, tag.column) for tag in self.tags]
        return bisect_left(places, before) - 1

    def tag_by(self, steps: Sequence[int]) -> int:
        """Give the element that steps lead to, or the last one there is on the way."""
        here = 0 if self.tags else -1
        for step in steps:
            inner = (n for n in range(here + 1, len(self.tags)) if self.tags[n].parent == here)
            found = next((n for n in inner if self.tags[n].child * 2 == step), None)
            if found is None:
                break
            here = found
        return here

    def address_near(self, number: int) -> str:
        """Give the address that an element, one around it or one inside it leads to."""
        lineage = [number, *self._ancestors(number)]
        inside = (n for n in range(number, len(self.tags)) if self._is_inside(n, number))
        for n in (*lineage, *inside):
            attributes = self.tags[n].attributes
            if address := attributes.get("href") or attributes.get("src"):
                return address
            siblings = range(n + 1, len(self.tags))
            if self.tags[n].name in ("navLabel", "text"):
                content = (m for m in siblings if self.tags[m].name == "content")
                return self.tags[next(content, n)].attributes.get("src", "")
        return ""

    def _ancestors(self, number: int) -> Iterator[int]:
        while (number := self.tags[number].parent) >= 0:
            yield number

    def _is_inside(self, number: int, outer: int) -> bool:
        return number == outer or outer in self._ancestors(number)

    def locate(self, number: int) -> Location | None:
        """Say where an element was written: by its own words, or by those around it."""
        if number < 0:
            return None
        if picture := self.pictures.get(number):
            return picture.at
        tag = self.tags[number]
        first = self._first(tag.start, tag.end)
        if first:
            return self._place(first, max(tag.start, first.start))
        for outer in map(self.tags.__getitem__, self._ancestors(number)):
            before = [p for p in self.pieces if outer.start < p.end and p.start <= tag.start]
            if before and before[-1].start >= outer.start:
                return self._place(before[-1], min(tag.start, before[-1].end - 1))
            if first := self._first(outer.start, outer.end):
                return self._place(first, first.start)
        return None

    def _place(self, piece: _Piece, letter: int) -> Location:
        """Give the line of a letter; the column is known of a passage's first one alone."""
        at = piece.passage.at
        if letter <= piece.origin or not at.line:
            return at
        breaks = bisect_right(self.breaks, letter) - bisect_right(self.breaks, piece.origin)
        return Location(at.path, at.line + breaks)

    def _first(self, start: int, end: int) -> _Piece | None:
        """Give the first piece with letters between two places."""
        index = bisect_left(self._ends, start + 1)
        if index < len(self.pieces) and self.pieces[index].start < end:
            return self.pieces[index]
        return None

    def align(self, passages: Sequence[Passage]) -> None:
        """Find passages on this page, in their order: notes apart, they stand at its end."""
        found: list[_Piece] = []
        seen: set[int] = set()
        for is_note in (False, True):
            cursor = 0
            for n, passage in enumerate(passages):
                if passage.kind is Kind.ALT or (passage.kind is Kind.NOTE) is not is_note:
                    continue
                if pieces := self._find(passage, cursor):
                    found += pieces
                    cursor = pieces[-1].end
                    seen.add(n)
        self.pieces = sorted(found, key=lambda piece: (piece.end, piece.start))
        reached = max(seen, default=-1)
        notes = (n for n, p in enumerate(passages) if p.kind is Kind.NOTE and n not in seen)
        self.left = [passages[n] for n in sorted({*notes, *range(reached + 1, len(passages))})]
        self._see([p for p in passages if p.kind is Kind.ALT])

    def _find(self, passage: Passage, cursor: int) -> list[_Piece]:
        """Find a passage from a place on: it begins after a tag, and ends before one."""
        pieces: list[_Piece] = []
        sought = [letters for part in passage.text.split(GAP) if (letters := _letters(part))]
        for n, letters in enumerate(sought):
            start = self._search(letters, cursor, n == 0, n == len(sought) - 1)
            if start >= 0:
                cursor = start + len(letters)
                pieces.append(_Piece(start, cursor, passage, pieces[0].start if pieces else start))
            elif not pieces:
                break
        return pieces

    def _search(self, letters: str, cursor: int, is_first: bool, is_last: bool) -> int:
        limit = len(self.text) if len(letters) >= LONG else cursor + NEAR + len(letters)
        start = self.text.find(letters, cursor, limit)
        while start >= 0 and not (
            (start in self.edges or not is_first)
            and (start + len(letters) in self.edges or not is_last)
        ):
            start = self.text.find(letters, start + 1, limit)
        return self._torn_off(letters) if start < 0 and self.is_torn else start

    def _torn_off(self, letters: str) -> int:
        """Find letters of which a page that breaks off has only the beginning."""
        starts = (n for n in self.edges if len(self.text) - len(letters) < n < len(self.text))
        return next((n for n in sorted(starts) if letters.startswith(self.text[n:])), -1)

    def _see(self, passages: Sequence[Passage]) -> None:
        """Give each image the alternative it shows; one whose own is lost takes its turn."""
        waiting = list(passages)
        seen = [n for n, tag in enumerate(self.tags) if tag.name == "img"]
        for n in seen:
            shown = _letters(self.tags[n].attributes.get("alt", ""))
            match = next((p for p in waiting if shown and _letters(p.text) == shown), None)
            if match:
                self.pictures[n] = match
                waiting.remove(match)
        lost = [n for n in seen if n not in self.pictures]
        if len(lost) == len(waiting):
            self.pictures |= dict(zip(lost, waiting, strict=True))


def _letters(text: str) -> str:
    return "".join(text.split())


def _read_page(content: bytes) -> _Page:
    """Read a file as far as it is well-formed."""
    parser = ParserCreate()
    reader = _Reader(parser)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(content, True)
    except ExpatError:
        reader.page.is_torn = True
        while reader.open:
            reader.end("")
    reader.page.text = "".join(reader.letters)
    return reader.page


class _Reader:
    def __init__(self, parser: XMLParserType) -> None:
        self.parser = parser
        self.page = _Page()
        self.open: list[int] = []
        self.letters: list[str] = []
        self.count = 0
        self.unread = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tags, parent = self.page.tags, self.open[-1] if self.open else -1
        child = 1
        if parent >= 0:
            tags[parent].children += 1
            child = tags[parent].children
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber
        plain = name.rpartition(":")[2]
        self.open.append(len(tags))
        tags.append(_Tag(plain, parent, child, line, column, attributes, self.count))
        self.page.edges.add(self.count)
        self.unread += plain in UNREAD

    def end(self, name: str) -> None:  # noqa: ARG002
        tag = self.page.tags[self.open.pop()]
        tag.end = self.count
        self.page.edges.add(self.count)
        self.unread -= tag.name in UNREAD

    def text(self, text: str) -> None:
        if self.unread:
            return
        for n, line in enumerate(text.split("\n")):
            if n:
                self.page.breaks.append(self.count)
            if letters := _letters(line):
                self.letters.append(letters)
                self.count += len(letters)
