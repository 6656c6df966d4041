"""What the press makes of the book: chapters laid out one by one, then bound.

A `LaidChapter` is small, can be pickled and says nothing of where in the book it will stand: its
pages count from 1, its objects too. All lengths are points, from the lower left corner of the
page. A library's object is nowhere in it: what is drawn is in the syntax of PDF (ISO 32000-1).
"""

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from chapbook.diagnostics import Diagnostic
from chapbook.model import Matter
from chapbook.settings import Edition

T = TypeVar("T")

Rectangle = tuple[float, float, float, float]  # left, bottom, right, top


class _Plain:
    """Pickled by its values alone, in order: a book has thousands of these, and names cost time."""

    __slots__ = ()

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        names: tuple[str, ...] = self.__match_args__  # type: ignore[attr-defined]
        return type(self), tuple([getattr(self, name) for name in names])


@dataclass(frozen=True, slots=True)
class PageStart(_Plain):
    """Where in the text a page begins. Signs are counted without blanks, soft hyphens, the calls
    of notes, readings (`rt`) and formulas.

    `section` is the id of the division; `opens`: the page begins with its beginning. Else the
    page begins with the picture of the division that has this number, from 1, or (0) with text:
    of the block with this `data-block`, or ('') of what in the division stands in no block; so
    many signs of that text stand `before`, on earlier pages. `next_block` is the block that
    begins the first on the page after such a picture or text. `link` is the target of the link
    that the text stands in.
    """

    section: str
    opens: bool = False
    block: str = ""
    before: int = 0
    picture: int = 0
    next_block: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class PrintedPages:
    """The pages of a PDF that an e-book names, in order: the folio of each, and where it begins."""

    edition: Edition
    pages: tuple[tuple[str, PageStart], ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page as laid out, in points.

    `number` counts sheets' sides from 1; `label` is the folio that a reader names (`iv`, `12`).
    `matter` is None where the page is blank. `words` are the first and the last word of its text.
    `start` is None where the page is blank, or where that is not known.
    """

    number: int
    label: str
    matter: Matter | None
    is_blank: bool
    is_recto: bool
    width: float
    height: float
    words: tuple[str, str] = ("", "")
    start: PageStart | None = None


@dataclass(frozen=True, slots=True)
class Mark(_Plain):
    """A run of the PDF's marked content: the page it stands on, and its number (MCID) there.

    `area` is the rectangle of a picture, in points from the lower left corner; None for text.
    `form` is the part that is the form which the content is drawn in, 0 for the page itself.
    """

    page: int
    number: int
    area: tuple[float, float, float, float] | None = None
    form: int = 0


@dataclass(frozen=True, slots=True)
class Hotspot(_Plain):
    """The area of a link on a page: its place, from 0, among the annotations of that page."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class LaidElement(_Plain):
    """An element as laid out, whole however many pages it runs over, its content in order.

    `name` is that of HTML, or of a box made by the style sheet: `li::marker`,
    `span::footnote-call`; the text of a note is `::footnote` and follows its call. Only the
    `attributes` that matter to a reader are kept. `words` are the text of a heading or a link.
    """

    name: str
    attributes: Mapping[str, str]
    is_block: bool
    words: str
    kids: tuple["LaidElement | Mark | Hotspot", ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Closed(Generic[T]):
    """A value that is kept closed, as bytes, until it is asked for, which is seldom."""

    content: bytes = field(repr=False)

    @classmethod
    def of(cls, value: T) -> "Closed[T]":
        """Close a value, which must be one that can be pickled."""
        return cls(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))

    def open(self) -> T:
        """Give the value."""
        value: T = pickle.loads(self.content)
        return value


@dataclass(frozen=True, slots=True)
class Part(_Plain):
    """One object of a PDF, without its number.

    `head` is its dictionary (or another object); a reference in it, `7 0 R`, means the seventh of
    the parts that it belongs to. Of a stream, `payload` holds the bytes, already encoded as the
    dictionary says; `Length` is left to the writer.
    """

    head: bytes
    payload: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Drawing(_Plain):
    """What was drawn: its parts, and what its content streams call by name.

    `resources` are entries of a resource dictionary (`/ExtGState<<…>>/Pattern<<…>>…`), all but
    the fonts and the pictures; `pictures` are the entries of its `XObject` dictionary. `fonts` is
    the number of the part that stands for the font dictionary of the whole file, 0 for none.
    """

    parts: tuple[Part, ...]
    resources: bytes = b""
    pictures: bytes = b""
    fonts: int = 0


@dataclass(frozen=True, slots=True)
class FontUse(_Plain):
    """A face as one drawing uses it.

    `name` is what content streams call it. `file` is the SHA-256 of its font file, `index` its
    place in there. `record` is what else the press must know to embed it, as pairs in order.
    `widths` (thousandths of an em) and `meanings` (the text) are by the number of the glyph;
    `missing` gives the number that stands for a character that the face has not.
    """

    name: str
    file: str
    index: int
    record: tuple[tuple[str, object], ...] = field(repr=False)
    widths: Mapping[int, float] = field(repr=False)
    meanings: Mapping[int, str] = field(repr=False)
    missing: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageKind(_Plain):
    """What the style sheet can ask of a page: `@page name:left:blank:nth(1 of group)`.

    `groups` are (name, place from 0 in the group).
    """

    is_recto: bool
    is_blank: bool = False
    name: str = ""
    groups: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PageBoxes(_Plain):
    """The boundaries of a page (ISO 32000-1, 14.11.2); `trim` begins at 0, 0."""

    media: Rectangle
    bleed: Rectangle
    trim: Rectangle


@dataclass(frozen=True, slots=True)
class Link(_Plain):
    """The area of a link; where `is_internal`, `target` is an anchor, and else an address."""

    is_internal: bool
    target: str
    area: Rectangle


@dataclass(frozen=True, slots=True)
class Bookmark(_Plain):
    """A line of the outline: its level from 1, and the point that it leads to."""

    level: int
    label: str
    x: float
    y: float
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class LaidPage(_Plain):
    """One page of a chapter, without its furniture.

    `content` is the part that is its content stream. `section` is the id of the division that it
    begins with, '' where it is blank. `folio` is the value of the page counter, counted on from
    the page before the chapter where `goes_on`. `strings` are the values that each named string
    (CSS `string-set`) takes on it, in order, `starts` those that it begins with. `running` are
    the elements that it takes out for the margins, by name, each written as HTML with the
    elements that it stands in. `links` are those that a `Hotspot` counts.
    `references` are the numbers, among those of the chapter, of the references that stand on it.
    `words` are the first and the last; `start` is None where the page is blank. All lengths from
    the left, in the content stream too, are counted from `edge`, the left edge of the text on the
    side that the page was laid out for;
    `other_edge` is that on the other side, None where more than this would change there.
    """

    content: int
    section: str
    kind: PageKind
    folio: int
    goes_on: bool
    boxes: PageBoxes
    anchors: Mapping[str, tuple[float, float]]
    links: tuple[Link, ...]
    bookmarks: tuple[Bookmark, ...]
    strings: Mapping[str, tuple[str, ...]]
    blocks: tuple[str, ...]
    words: tuple[str, str]
    edge: float = 0.0
    other_edge: float | None = None
    starts: tuple[str, ...] = ()
    running: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    start: PageStart | None = None
    references: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LaidChapter(_Plain):
    """A division as laid out and drawn, or the whole book where it can not be parted.

    `digest` names all that went into it: equal digests mean equal chapters. In `body` the pages
    of marks and hotspots count from 1 in the chapter, and `Mark.form` is a part of `drawing`.
    `opening` is the side that it must begin on: `recto`, `verso`, or '' for any; None where it
    can not be parted from those before and after it. `asked` are the anchors whose page
    numbers stand in its text; `references` are those of the references that leave their page out
    where it is in sight. `is_bound`: other editions may show it otherwise. `findings` come
    with the number of times each was met, `glyphs` with the number of times each character
    without a glyph was drawn.
    """

    digest: str
    drawing: Drawing = field(repr=False)
    pages: tuple[LaidPage, ...] = field(repr=False)
    body: Closed[LaidElement] = field(repr=False)
    fonts: tuple[FontUse, ...] = field(default=(), repr=False)
    opening: str | None = ""
    asked: tuple[str, ...] = ()
    is_bound: bool = True
    findings: tuple[tuple[Diagnostic, int], ...] = ()
    glyphs: Mapping[str, int] = field(default_factory=dict)
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Furniture(_Plain):
    """What is drawn in the margins of one page or of many: running heads, folios.

    `content` is the part that is its content stream, in the coordinates of the page; `area` is
    the media box of that page. `is_bare`: it calls nothing by name but fonts, and the states that
    every page knows.
    """

    drawing: Drawing
    content: int
    area: Rectangle
    fonts: tuple[FontUse, ...] = ()
    glyphs: Mapping[str, int] = field(default_factory=dict)
    is_bare: bool = False


@dataclass(frozen=True, slots=True)
class BoundChapter:
    """A chapter in its place. A blank page between two is a chapter without text.

    For each page: `shifts` is how far to the right its content moves, `furniture` lists what is
    drawn over it, as places in `Typeset.furniture`.
    """

    chapter: LaidChapter
    shifts: tuple[float, ...]
    furniture: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class FontSet:
    """The fonts of the whole file, each embedded once.

    `entries` are those of the font dictionary: `/NAME 3 0 R…`, references counting `parts`.
    """

    parts: tuple[Part, ...] = field(default=(), repr=False)
    entries: bytes = b""


@dataclass(frozen=True, slots=True)
class Typeset:
    """The laid-out book: its pages, and what stands where.

    `anchors` gives the page (`Leaf.number`) of each id; `blocks` the first and last page of each
    `data-block`. `chapters` hold the pages in order, `furniture` what is drawn over them.
    `missing_glyphs` are the characters that no font could show. Where the engine had to write the
    file by itself, `pdf` is that file and there are no chapters.
    """

    leaves: tuple[Leaf, ...]
    anchors: Mapping[str, int]
    blocks: Mapping[str, tuple[int, int]]
    chapters: tuple[BoundChapter, ...] = field(default=(), repr=False)
    furniture: tuple[Furniture, ...] = field(default=(), repr=False)
    fonts: FontSet = field(default=FontSet(), repr=False)
    missing_glyphs: str = ""
    pdf: bytes = field(default=b"", repr=False)
