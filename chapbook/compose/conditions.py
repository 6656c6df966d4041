"""Leave out of a book what another edition alone shows: its text, its passages, its entries.

What is left out has been numbered like all else, so that numbers are the same in every edition.
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from html import escape
from typing import Any
from xml.etree.ElementTree import Element

from chapbook.compose.fragments import images_in, texts_of
from chapbook.compose.index_cut import cut_index
from chapbook.compose.markup import classes, parse_fragment, remove, unwrap, write_xhtml
from chapbook.conditions import CLASS, editions_of, is_condition, shown_as, words_for
from chapbook.model import Book, Division, Entry, Heading, Note, Passage
from chapbook.settings import Edition

# What is left empty when all in it is gone.
SHELLS = frozenset(
    {"p", "li", "dd", "dt", "div", "span", "em", "strong", "a", "blockquote"}
    | {"h1", "h2", "h3", "h4", "h5", "h6"}
)
PLAIN = frozenset({"div", "span"})


def book_for(book: Book, edition: Edition) -> Book:
    """Give the book as an edition shows it."""
    if not any(CLASS in text for division in book.divisions for text in texts_of(division)):
        return book
    cuts = {division.id: _Cut(division, shown_as(edition)) for division in book.divisions}
    gone = {f"book:{key}#{name}" for key, cut in cuts.items() for name in cut.ids}
    divisions = tuple(cut_index(cuts[division.id].division, gone) for division in book.divisions)
    shown = {path for d in divisions for text in texts_of(d) for path in images_in(text)}
    named = {path for d in book.divisions for text in texts_of(d) for path in images_in(text)}
    unseen = named - shown - {book.settings.cover.image}
    lists: dict[str, Any] = {
        one.name: _entries(value, cuts)
        for one in fields(book)
        if isinstance(value := getattr(book, one.name), tuple)
        and value
        and isinstance(value[0], Entry)
    }
    assets = {path: asset for path, asset in book.assets.items() if path not in unseen}
    return replace(book, divisions=divisions, assets=assets, **lists)


class _Cut:
    """A division as an edition shows it, and the ids and blocks that went."""

    def __init__(self, division: Division, edition: Edition) -> None:
        self.edition = edition
        self.ids: set[str] = set()
        self.blocks: set[str] = set()
        texts = texts_of(division)
        self.is_whole = not any(CLASS in text for text in texts)
        self.division = division if self.is_whole else self._cut(division)

    def _cut(self, division: Division) -> Division:
        title, title_xhtml = self.title(division.title, division.title_xhtml)
        has_own = division.short_title != division.title
        xhtml = self.fragment(division.xhtml)
        notes = tuple(self._notes(division.notes, title_xhtml + xhtml))
        return replace(
            division,
            title=title,
            title_xhtml=title_xhtml,
            short_title=division.short_title if has_own else title,
            xhtml=xhtml,
            headings=tuple(self._headings(division.headings)),
            notes=notes,
            passages=tuple(self._passages(division.passages)),
        )

    def fragment(self, xhtml: str) -> str:
        """Give what is left of a fragment."""
        if CLASS not in xhtml:
            return xhtml
        root = parse_fragment(xhtml)
        self._prune(root)
        unwrap(root, lambda element: element.tag in PLAIN and not element.attrib)
        return write_xhtml(root)

    def title(self, title: str, xhtml: str) -> tuple[str, str]:
        """Give what is left of a title, as text and as XHTML; all of it where nothing would be."""
        if CLASS not in xhtml:
            return title, xhtml
        kept = self.fragment(xhtml)
        words = " ".join("".join(parse_fragment(kept).itertext()).split())
        return (words, kept.strip()) if words else (title, escape(title, quote=False))

    def _prune(self, element: Element) -> None:
        for child in list(element):
            names = classes(child)
            editions = editions_of(names)
            if editions is not None and self.edition not in editions:
                self._drop(element, child)
                continue
            had = len(child) + len(child.text or "")
            self._prune(child)
            if editions is not None:
                _set_classes(child, (name for name in names if not is_condition(name)))
            if had and child.tag in SHELLS and not len(child) and not (child.text or "").strip():
                self._drop(element, child)

    def _drop(self, parent: Element, child: Element) -> None:
        self._note_gone(child)
        place = list(parent).index(child)
        before = (parent[place - 1].tail if place else parent.text) or ""
        is_first = not place and not before
        if is_first or before[-1:].isspace():
            child.tail = (child.tail or "").lstrip()
        remove(parent, child)

    def _note_gone(self, gone: Element) -> None:
        for element in gone.iter():
            self.ids.update(filter(None, [element.get("id")]))
            self.blocks.update(filter(None, [element.get("data-block")]))

    def _notes(self, notes: tuple[Note, ...], text: str) -> Iterator[Note]:
        """Give the notes that are still called; a note may call another."""
        kept = {note.key: replace(note, xhtml=self.fragment(note.xhtml)) for note in notes}
        called: dict[str, None] = {}
        waiting = [text]
        while waiting:
            for key in _calls(waiting.pop()):
                if key in kept and key not in called:
                    called[key] = None
                    waiting.append(kept[key].xhtml)
        for note in notes:
            if note.key in called:
                yield kept[note.key]
            else:
                self._note_gone(parse_fragment(note.xhtml))

    def _headings(self, headings: Iterable[Heading]) -> Iterator[Heading]:
        for heading in headings:
            if heading.anchor not in self.ids:
                title, xhtml = self.title(heading.title, heading.xhtml)
                yield replace(heading, title=title, xhtml=xhtml)

    def _passages(self, passages: Iterable[Passage]) -> Iterator[Passage]:
        for passage in passages:
            text = words_for(passage.text, self.edition)
            if passage.block not in self.blocks and text.replace("\ufffc", "").strip():
                yield passage if text == passage.text else replace(passage, text=text)


def _calls(xhtml: str) -> Iterator[str]:
    if "data-note" in xhtml:
        for element in parse_fragment(xhtml).iter():
            if key := element.get("data-note"):
                yield key


def _set_classes(element: Element, names: Iterable[str]) -> None:
    kept = " ".join(names)
    if kept:
        element.set("class", kept)
    else:
        element.attrib.pop("class", None)


def _entries(entries: tuple[Entry, ...], cuts: dict[str, _Cut]) -> tuple[Entry, ...]:
    return tuple(_entry(entry, cuts) for entry in entries if not _is_gone(entry, cuts))


def _is_gone(entry: Entry, cuts: dict[str, _Cut]) -> bool:
    cut = cuts.get(entry.division)
    return bool(entry.anchor) and cut is not None and entry.anchor in cut.ids


def _entry(entry: Entry, cuts: dict[str, _Cut]) -> Entry:
    children = _entries(entry.children, cuts)
    title, xhtml = cuts[entry.division].title(entry.title, entry.title_xhtml)
    return replace(entry, title=title, title_xhtml=xhtml, children=children)
