"""Set the citations of the whole book: gather them, put the works in order, write both."""

from collections.abc import Iterable
from dataclasses import replace
from xml.etree.ElementTree import Element

from chapbook.cite.absent import drop_links
from chapbook.cite.csl.signs import bare, to_xhtml
from chapbook.cite.csl.style import Style
from chapbook.cite.findings import describe_lack
from chapbook.cite.lists import WorkList, name_works, write_list
from chapbook.cite.occurrences import Chapter, Occurrence, inside, read_chapter, tree
from chapbook.cite.setting import Setter
from chapbook.cite.weaving import renumbered, weave_notes, weave_text
from chapbook.cite.works import Shelf
from chapbook.diagnostics import Diagnostic
from chapbook.model import Book, Division, Entry, Passage, Work
from chapbook.scholarship import Nocite, Per
from chapbook.words import Words

PAGE = "bibliography"
OPENING = frozenset({"title", "author", "epigraph", "epigraph-source"})
# Languages in which the call of a note comes before the stop.
CALL_FIRST = frozenset({"fr", "it", "es", "pt", "pl", "ja", "zh", "ko"})


class Citer:
    """Sets the citations of one book."""

    def __init__(self, book: Book, works: Iterable[Work], style: Style, words: Words) -> None:
        """Take the book as `resolve` has left it."""
        self.book, self.style, self.words = book, style, words
        self.works = {work.key: work for work in works}
        self.chapters = {
            division.id: chapter
            for division in book.divisions
            if (chapter := read_chapter(division)) is not None
        }
        self.found: list[Diagnostic] = []
        self.lists: dict[str, tuple[Shelf, WorkList]] = {}  # by the division that they stand in

    def cite(self) -> Book:
        """Give the book with all of it set."""
        if self.book.settings.citations.per is Per.CHAPTER:
            for chapter in self.chapters.values():
                self._set([chapter], chapter.division.id)
        else:
            self._set(list(self.chapters.values()), self._home())
        divisions = [self._division(one) for one in self.book.divisions]
        kept = renumbered(self.book.divisions, [one for one in divisions if one is not None])
        gone = {d.id for d in self.book.divisions} - {d.id for d in kept}
        if gone:
            kept = list(drop_links(kept, gone, self.found))
        contents = _without(self.book.contents, gone)
        return replace(self.book, divisions=tuple(kept), contents=contents)

    def _home(self) -> str:
        """Name the division that the list of the whole book stands in; '' for none."""
        if not self.style.is_listing:
            return ""
        asked = [one.division.id for one in self.chapters.values() if one.directives]
        pages = [division.id for division in self.book.divisions if division.page == PAGE]
        return next(iter((*asked, *pages)), "")

    def _set(self, chapters: list[Chapter], home: str) -> None:
        """Set the citations of chapters that share a list of works, and put that into `home`."""
        keys = [c.key for one in chapters for o in one.cited for c in o.citation.cites]
        is_whole = self.book.settings.citations.per is Per.BOOK
        if is_whole and self.book.settings.citations.nocite is Nocite.ALL:
            keys += list(self.works)
        works = [self.works[key] for key in dict.fromkeys(keys) if key in self.works]
        self.found += [lack for work in works if (lack := describe_lack(work))]
        shelf = Shelf(self.style, works)
        is_listed = bool(home and works and self.style.is_listing)
        listing = WorkList(home, name_works(works, self._taken(home)) if is_listed else {})
        setter = Setter(self.style, shelf, listing.link)
        for chapter in chapters:
            setter.open_chapter()
            for number, one in enumerate(chapter.cited, 1):
                self._set_one(one, setter, f"cite-{number}", chapter)
                for key in {cite.key for cite in one.citation.cites}:
                    place = f"book:{chapter.division.id}#{one.id}"
                    listing.cited.setdefault(key, []).append(place)
        if is_listed:
            self.lists[home] = shelf, listing

    def _set_one(self, one: Occurrence, setter: Setter, name: str, chapter: Chapter) -> None:
        author, text = setter.set(one.citation, is_in_note=bool(one.note) and self.style.is_notes)
        one.id = name
        while f'id="{one.id}"' in chapter.division.xhtml:
            one.id += "-"
        one.author = bare(author)
        one.xhtml = to_xhtml(text, setter.addresses)
        one.words = " ".join("".join(tree(one.xhtml).itertext()).split())

    def _taken(self, home: str) -> Iterable[str]:
        chapter = self.chapters.get(home)
        trees = (chapter.body, *chapter.notes.values()) if chapter else ()
        return {e.attrib["id"] for root in trees for e in root.iter() if "id" in e.attrib}

    def _division(self, division: Division) -> Division | None:
        chapter = self.chapters.get(division.id)
        if division.page == PAGE:
            return self._page(division)
        if chapter is None:
            return division
        passages = self._place_list(chapter)
        if self.style.is_notes:
            language = (division.language or self.book.settings.language).partition("-")[0]
            woven = weave_notes(chapter, moves_calls=language not in CALL_FIRST)
        else:
            woven = weave_text(chapter)
        return _with_passages(woven, *passages)

    def _page(self, division: Division) -> Division | None:
        """Give the page of the works; None where the book does not list it and it has none."""
        made = self._write(division.id)
        if made is None:
            return division if division.at else None
        rows, passages = made
        root = tree("")
        root.append(rows)
        return replace(division, xhtml=inside(root), passages=tuple(passages))

    def _write(self, home: str) -> tuple[Element, list[Passage]] | None:
        if home not in self.lists:
            return None
        shelf, listing = self.lists[home]
        return write_list(shelf, listing, self.works, self.words.back_to_text)

    def _place_list(self, chapter: Chapter) -> tuple[str, list[Passage]]:
        """Put the list where the author wants it, or at the chapter's end.

        Gives the block that stands before it, '' for the last, and its passages.
        """
        made = self._write(chapter.division.id)
        directives, before = chapter.directives, ""
        for place, directive in enumerate(directives):
            before = before or _block_before(chapter, directive)
            for name in ("data-directive", "data-at", "data-argument"):
                directive.attrib.pop(name, None)
            if made and place == 0:
                # A division that is a bibliography itself needs none inside.
                name = "" if chapter.division.role == PAGE else PAGE
                directive.set("class", f"{name} {directive.get('class', '')}".strip())
                directive.append(made[0])
        if made and not directives:
            section = Element("section", {"class": "bibliography"})
            head = Element("h2")
            head.text = self.words.bibliography
            section.extend([head, made[0]])
            chapter.body.append(section)
        return before, made[1] if made else []


def _block_before(chapter: Chapter, place: Element) -> str:
    """Give the last block before a place, be it one that stands with the title."""
    opening = [p.block for p in chapter.division.passages if p.block in OPENING]
    block = opening[-1] if opening else ""
    for element in chapter.body.iter():
        if element is place:
            break
        block = element.get("data-block", block)
    return block


def _with_passages(division: Division, before: str, passages: list[Passage]) -> Division:
    """Put passages behind those of a block, or behind the last that is in no note."""
    blocks = [passage.block for passage in division.passages]
    if before in blocks:
        place = len(blocks) - blocks[::-1].index(before)
    else:
        place = next((n for n, one in enumerate(blocks) if one.startswith("note-")), len(blocks))
    whole = division.passages
    return replace(division, passages=(*whole[:place], *passages, *whole[place:]))


def _without(entries: tuple[Entry, ...], gone: set[str]) -> tuple[Entry, ...]:
    return tuple(
        replace(entry, children=_without(entry.children, gone))
        for entry in entries
        if entry.division not in gone
    )
