"""Put the chapters of a file together out of its trees and the places of their words."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import TypeVar
from xml.etree.ElementTree import Element

from chapbook.diagnostics import Code, Diagnostic, Location, warning
from chapbook.model import (
    Caption,
    CaptionKind,
    Chapter,
    Citation,
    Heading,
    Image,
    Kind,
    Link,
    Passage,
    SourceFile,
)
from chapbook.parse.apparatus import ApparatusReader
from chapbook.parse.book_words import set_front_matter
from chapbook.parse.marks import FIGURE
from chapbook.parse.notes import Notes
from chapbook.parse.outline import Cut, cut, name_of
from chapbook.parse.places import Places
from chapbook.parse.positions import Positions
from chapbook.parse.shaping.punctuation import set_punctuation
from chapbook.parse.slugs import Ids, slug
from chapbook.parse.stray_captions import stray_captions
from chapbook.parse.titles import repeat
from chapbook.parse.tree import classes, remove, set_classes, with_parents, write
from chapbook.parse.walk import Draft, Mark
from chapbook.settings import FrontMatter

T = TypeVar("T", Draft, Mark)
Pair = tuple[Element, Element | None]


@dataclass(slots=True)
class Parsed:
    """A file on its way to chapters: the tree of its text, and where the words of it stand."""

    source: SourceFile
    language: str
    places: Places
    root: Element
    positions: Positions
    notes: Notes
    found: list[Diagnostic]
    apparatus: ApparatusReader
    citations: tuple[Citation, ...] = ()


def make_chapters(parsed: Parsed) -> tuple[Chapter, ...]:
    """Make the chapters of a file, and report what their outline lacks."""
    _drop_repeated_ids(parsed)
    parsed.found += stray_captions(parsed.root, parsed.positions)
    for root, positions in zip(parsed.notes.roots, parsed.notes.positions, strict=True):
        parsed.found += stray_captions(root, positions)
    roots = (parsed.root, *parsed.notes.roots)
    ids = Ids({e.attrib["id"] for root in roots for e in root.iter() if "id" in e.attrib})
    cuts = cut(parsed.root, parsed.source)
    tops = list(parsed.root)
    makers = [_Maker(parsed, ids, chapter, tops, place) for place, chapter in enumerate(cuts)]
    return tuple(maker.make() for maker in makers)


def _drop_repeated_ids(parsed: Parsed) -> None:
    seen: set[str] = set()
    for root in (parsed.root, *parsed.notes.roots):
        for element in root.iter():
            name = element.get("id")
            if name is None:
                continue
            if name in seen or not name or " " in name:
                del element.attrib["id"]
            seen.add(name)


class _Maker:
    """Makes one chapter."""

    def __init__(
        self, parsed: Parsed, ids: Ids, chapter: Cut, tops: list[Element], place: int
    ) -> None:
        self.parsed = parsed
        self.positions = parsed.positions
        self.ids = ids
        self.cut = chapter
        self.tops = [tops[top] for top in chapter.tops]
        self.is_first = place == 0
        self.counter = count()
        self.drafts = _within(self.positions.walk.drafts, chapter.tops)
        self.marks = _within(self.positions.walk.marks, chapter.tops)
        self.places_of = {id(draft.owner): draft for draft in reversed(self.drafts)}

    def make(self) -> Chapter:
        at = self._title_place()
        title, title_xhtml = self._title(at)
        anchor = self._anchor(title)
        headings = tuple(self._headings())
        captions = tuple(self._captions(self.tops, self.positions, self.drafts))
        passages = self._passages(title, at)
        self.parsed.apparatus.lift(self.cut.heading, anchor)
        self._take_title_out()
        calls = [m.element for m in self.marks if m.kind == "call"]
        notes = self.parsed.notes.called(calls, self._captions)
        elements = [e for top in self.tops for e in top.iter()]
        ids = [e.attrib["id"] for e in elements if "id" in e.attrib]
        shown = {id(element) for element in elements}
        marks = [m for m in self.marks if id(m.element) in shown]
        return Chapter(
            source=self.parsed.source.path,
            front_matter=set_front_matter(self._front_matter(), self.parsed.language),
            anchor=anchor,
            title=title,
            title_xhtml=title_xhtml,
            xhtml=write(self.tops),
            at=at,
            headings=headings,
            links=(*self._links(marks), *(link for note in notes for link in note.links)),
            images=(*self._images(marks), *(image for note in notes for image in note.images)),
            captions=(*captions, *(caption for note in notes for caption in note.captions)),
            notes=tuple(note.note for note in notes),
            passages=(*passages, *(p for note in notes for p in note.passages)),
            ids=(anchor, *ids, *(name for note in notes for name in note.ids)),
            apparatus=self.parsed.apparatus.gather(
                [*self.marks, *(mark for note in notes for mark in note.marks)],
                [*elements, *(e for note in notes for e in note.root.iter())],
            ),
            citations=self.parsed.citations,
        )

    # the title

    def _title_place(self) -> Location:
        draft = self.places_of.get(id(self.cut.heading))
        if draft is not None:
            return self.positions.of_draft(draft)
        return self._front_place(self.cut.title) if self.cut.title else self._start()

    def _front_place(self, words: str) -> Location:
        """Find words of the front matter in it."""
        source = self.parsed.source
        offset = source.text.find(words, 0, source.body)
        return self.parsed.places.locate(offset) if offset >= 0 else Location(source.path, 1)

    def _start(self) -> Location:
        if self.drafts:
            return self.positions.of_draft(self.drafts[0])
        return Location(self.parsed.source.path, 1)

    def _title(self, at: Location) -> tuple[str, str]:
        if self.cut.heading is not None:
            title, xhtml = repeat(self.cut.heading)
            if title:
                return title, xhtml
        if not self.cut.title:
            self.parsed.found.append(
                warning(
                    Code.MISSING_TITLE,
                    f"the chapter has no title; it is called “{name_of(self.parsed.source)}”",
                    at,
                    "begin the file with “# Title”",
                )
            )
        element = Element("h1")
        element.text = self.cut.title or name_of(self.parsed.source)
        set_punctuation(element, self.parsed.language)
        return repeat(element)

    def _anchor(self, title: str) -> str:
        own = self.cut.heading.get("id") if self.cut.heading is not None else None
        return own or self.ids.take(slug(title), "chapter")

    def _take_title_out(self) -> None:
        """Take the heading out of the text; what hangs on it beside the words stays there."""
        heading = self.cut.heading
        if heading is None:
            return
        place = self.tops.index(heading)
        del self.tops[place]
        anchors = [e.attrib["id"] for e in heading.iter() if e is not heading and "id" in e.attrib]
        self.tops[place:place] = [Element("div", {"id": name}) for name in anchors]
        calls = [e for e in heading.iter() if "data-note" in e.attrib]
        if calls:
            held = Element("p", {"class": "title-note"})
            for parent, child in list(with_parents(heading)):
                if child in calls:
                    remove(parent, child)
                    child.tail = None
                    held.append(child)
            self.tops.insert(place, held)

    def _front_matter(self) -> FrontMatter:
        matter = self.parsed.source.front_matter
        if self.is_first:
            return matter
        return replace(matter, title="", short_title="", author="", epigraph="", epigraph_source="")

    # what stands in the text

    def _headings(self) -> Iterator[Heading]:
        for section in self.cut.sections:
            element = section.element
            title, xhtml = repeat(element)
            if "id" not in element.attrib:
                element.set("id", self.ids.take(slug(title), "section"))
            draft = self.places_of.get(id(element))
            at = self.positions.of_draft(draft) if draft else self._start()
            if section.skips:
                self._report_skip(section.skips, title, at)
            if section.is_own and title:
                yield Heading(section.level, element.attrib["id"], title, xhtml, at)

    def _report_skip(self, level: int, title: str, at: Location) -> None:
        message = f"the heading “{title}” leaves out a level; it is set one below the heading above"
        hint = f"write it with {'#' * level}"
        self.parsed.found.append(warning(Code.SKIPPED_HEADING, message, at, hint))

    def _captions(
        self, roots: list[Element], positions: Positions, drafts: list[Draft]
    ) -> Iterator[Caption]:
        """Count the captions of the text, or of a note, and name what has no name."""
        places = {id(draft.owner): draft for draft in drafts}
        for figure, inside in (pair for root in roots for pair in figures_in(root)):
            caption = figure.find("figcaption")
            kind = _caption_kind(figure, caption)
            set_classes(figure, (name for name in classes(figure) if name != FIGURE))
            if kind is None or caption is None:
                continue
            place = next(self.counter)
            caption.set("data-caption", str(place))
            if "id" not in figure.attrib:
                figure.set("id", self.ids.take(f"{kind.value}-{place + 1}", kind.value))
            text, xhtml = repeat(caption)
            outer = inside.get("id", "") if inside is not None else ""
            # A caption without words of its own is where that stands which it belongs to.
            draft = next((d for e in (caption, *figure.iter()) if (d := places.get(id(e)))), None)
            at = positions.of_draft(draft) if draft else self._start()
            yield Caption(kind, figure.attrib["id"], text, xhtml, at, outer)

    def _links(self, marks: list[Mark]) -> Iterator[Link]:
        for mark in marks:
            if mark.kind == "link":
                yield Link(mark.element.attrib["href"], self.positions.of_mark(mark))

    def _images(self, marks: list[Mark]) -> Iterator[Image]:
        for mark in marks:
            if mark.kind == "image":
                yield make_image(mark, self.positions, self.parsed.found)

    # passages

    def _passages(self, title: str, at: Location) -> list[Passage]:
        matter = self._front_matter()
        passages = [Passage("title", Kind.HEADING, title, at)] if self.cut.heading is None else []
        for draft in self.drafts:
            block = draft.block
            if draft.owner is self.cut.heading:
                block = "title"
                if draft.kind is Kind.ALT:
                    continue
            place = self.positions.of_draft(draft)
            passages.append(Passage(block, draft.kind, draft.text, place))
        heading = [passage for passage in passages if passage.block == "title"]
        rest = [passage for passage in passages if passage.block != "title"]
        return [*heading, *self._front_passages(matter), *rest]

    def _front_passages(self, matter: FrontMatter) -> Iterator[Passage]:
        said = {
            "author": matter.author,
            "epigraph": matter.epigraph,
            "epigraph-source": matter.epigraph_source,
        }
        for block, words in said.items():
            if words:
                yield Passage(block, Kind.TEXT, words, self._front_place(words))


def _within(items: list[T], tops: range) -> list[T]:
    """Give what stands in these outermost blocks."""
    start = bisect_left(items, tops.start, key=lambda item: item.top)
    stop = bisect_left(items, tops.stop, key=lambda item: item.top)
    return items[start:stop]


def figures_in(element: Element, outer: Element | None = None) -> Iterator[Pair]:
    """Give each figure in a tree with the captioned figure that it is a part of, if any."""
    if element.tag == "figure":
        yield element, outer
        outer = element if element.find("figcaption") is not None else outer
    for child in element:
        yield from figures_in(child, outer)


def _caption_kind(figure: Element, caption: Element | None) -> CaptionKind | None:
    names = classes(figure)
    if FIGURE in names:
        return CaptionKind.FIGURE
    # A note may be called in several chapters, and is counted in each.
    known = caption is not None and "data-caption" in caption.attrib
    other = CaptionKind.FIGURE if known else None
    return next((kind for kind in CaptionKind if kind.value in names), other)


def make_image(mark: Mark, positions: Positions, found: list[Diagnostic]) -> Image:
    """Make the fact of an image, and report where nobody says what it shows."""
    element = mark.element
    at = positions.of_mark(mark)
    alt = element.get("alt", "")
    if not alt.strip() and "decorative" not in classes(element):
        element.set("alt", "")
        message = f"nothing says what the image shows: {element.get('src', '')}"
        hint = "describe it in the brackets, or give it the class .decorative"
        found.append(warning(Code.MISSING_ALT, message, at, hint))
    return Image(element.get("src", ""), alt, at)
