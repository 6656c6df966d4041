"""The book on its way from the author's files to a whole, in the order in which it is made.

No library's object is in them and none can be changed. Text in `xhtml` fields is well-formed
XHTML without a namespace declaration, its characters as they are (no named entities but the five
of XML), ready for `xml.etree` when wrapped in one root element.

The neutral markup, which only `compose` turns into an edition's own:

* a link to another place of the book: `<a href="book:DIVISION#ANCHOR">` (from `resolve` on;
  before, the target as the author wrote it); a link out of the book keeps its address;
* an image: `<img src="asset:PATH" alt="…"/>` (from `resolve` on);
* the call of a note: `<a class="note-call" data-note="KEY"></a>`;
* a citation, until `cite` has set it: `<span data-cite="N"></span>`, N its place in `citations`;
* what an author asks for in brackets and a later stage fills in (`parse.dialect.directives`):
  `<div data-directive="WORD" data-argument="…" data-at="LINE:COLUMN"></div>`;
* a leaf block, that is one which holds words itself: `data-block="N"`, unique in its chapter.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from chapbook.apparatus import Apparatus
from chapbook.diagnostics import Diagnostic, Location
from chapbook.settings import BookSettings, FrontMatter

# 2 read ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text that was put together, from `start` to the next piece.

    `at` is where its first character was written; where it `is_given`, as the value of a
    variable is, all of them have this place.
    """

    start: int
    at: Location
    is_given: bool = False

    def locate(self, text: str, offset: int) -> Location:
        """Give the place of a character of the whole text that stands in this piece."""
        if self.is_given:
            return self.at
        before = text[self.start : offset]
        lines = before.count("\n")
        column = len(before) - before.rfind("\n") if lines else self.at.column + len(before)
        return Location(self.at.path, self.at.line + lines, column)


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file of values that a source shows as a table: how it is `named` there, and its text.

    `path` is relative to the book. `faults` say why it can not be had; its text is then ''.
    """

    named: str
    path: str
    text: str = ""
    faults: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A Markdown file: its path in the book (with `/`), and its text with `\\n` line ends.

    `body` is the offset at which the text after the front matter begins. Where text of other
    files or values of variables stand in it, `pieces` tell where each stretch was written.
    """

    path: str
    text: str
    front_matter: FrontMatter
    body: int = 0
    pieces: tuple[Piece, ...] = ()
    tables: tuple[TableFile, ...] = ()

    def locate(self, offset: int) -> Location:
        """Give the path, line and column (from 1) at which a character of `text` was written."""
        if self.pieces:
            place = bisect_right(self.pieces, offset, key=lambda piece: piece.start)
            return self.pieces[max(place - 1, 0)].locate(self.text, offset)
        line = self.text.count("\n", 0, offset) + 1
        return Location(self.path, line, offset - self.text.rfind("\n", 0, offset))


@dataclass(frozen=True, slots=True)
class Asset:
    """An image of the book, read once and found safe.

    `path` is relative to the book, `file` the place it was verified to stand at; `width` and
    `height` are pixels (CSS pixels for SVG), 0 where unknown.
    """

    path: str
    file: Path
    media_type: str
    sha256: str
    size: int
    width: float = 0
    height: float = 0


class Matter(StrEnum):
    """The three stretches of a book."""

    FRONT = "front"
    BODY = "body"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Place:
    """One place in the reading order: a Markdown file, or a page the house makes (`page`)."""

    matter: Matter
    source: str = ""
    page: str = ""
    part: int | None = None
    at: Location | None = None


@dataclass(frozen=True, slots=True)
class PartHead:
    """A part's title and sentence; `id` is what references call it, '' where it has none."""

    title: str
    summary: str
    at: Location | None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """A work that the book can cite: its key, and what its list of sources says of it.

    `csl` is one item of CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html).
    """

    key: str
    csl: str
    at: Location


@dataclass(frozen=True, slots=True)
class Manuscript:
    """All that the author gave, in reading order. `assets` is keyed by path.

    `citation_style` is the text of the book's own CSL file, '' where it has none.
    """

    settings: BookSettings
    order: tuple[Place, ...]
    parts: tuple[PartHead, ...]
    sources: tuple[SourceFile, ...]
    assets: Mapping[str, Asset]
    works: tuple[Work, ...] = ()
    citation_style: str = ""


# 3 parse -----------------------------------------------------------------------------------


# Around a reading in a passage (https://www.unicode.org/reports/tr20/#Interlinear).
READING, READING_END = "\ufffa", "\ufffb"
# Where a citation stands in a passage, until it is set; `conditions` has its neighbours.
CITED = "\ufdee"


class Kind(StrEnum):
    """What a passage is; `inspect` reads each kind in its own way."""

    HEADING = "heading"
    TEXT = "text"
    CAPTION = "caption"
    CELL = "cell"
    CODE = "code"
    NOTE = "note"
    ALT = "alt"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of words that every edition must show whole, and where it was written.

    `block` is the `data-block` of the element that holds it: `N` in a chapter, `DIVISION:N` in
    a publication; several passages may share one. Where something without words of its own
    stands inside (the call of a note, an image, a line break), `text` has U+FFFC. Until it comes to
    a publication, a reading stands in it between `READING` and `READING_END`.
    """

    block: str
    kind: Kind
    text: str
    at: Location


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the chapter's title. `level` is 2 for a section, 3 below it, and so on."""

    level: int
    anchor: str
    title: str
    xhtml: str
    at: Location


@dataclass(frozen=True, slots=True)
class Link:
    """A link as the author wrote it; in `xhtml` it stands in the same order."""

    target: str
    at: Location


@dataclass(frozen=True, slots=True)
class Image:
    """The use of an image, its path as the author wrote it; in `xhtml` in the same order."""

    target: str
    alt: str
    at: Location


class CaptionKind(StrEnum):
    """What is numbered and listed."""

    FIGURE = "figure"
    TABLE = "table"
    LISTING = "listing"
    EQUATION = "equation"


@dataclass(frozen=True, slots=True)
class Caption:
    """The caption of a figure, table, listing or equation; `anchor` is the id of its `<figure>`.

    `text` may be empty: an equation often has no more than its number. `inside` is the anchor of
    the figure that this one is a part of, '' where it stands for itself.
    """

    kind: CaptionKind
    anchor: str
    text: str
    xhtml: str
    at: Location
    inside: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A note, numbered per chapter in the order of its first call. `xhtml` holds its blocks."""

    key: str
    number: int
    xhtml: str
    words: int
    at: Location


@dataclass(frozen=True, slots=True)
class Cite:
    """A work that is cited, and where in it.

    `label` is the kind of place of `locator`, such as `page`, a word of CSL
    (https://docs.citationstyles.org/en/stable/specification.html#locators). `is_bare`: without
    its author.
    """

    key: str
    at: Location
    prefix: str = ""
    label: str = ""
    locator: str = ""
    suffix: str = ""
    is_bare: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """Works that are cited in one place; `is_in_text`: the first author is a word of the sentence.

    In the text of a passage U+FDEF stands for it, until `cite` has put its words there.
    """

    cites: tuple[Cite, ...]
    is_in_text: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter in clean XHTML, with the facts the later stages need.

    `xhtml` is the text after the title. `ids` are all anchors in it, the title's own (`anchor`)
    first. A file with several first-level headings makes several chapters.
    """

    source: str
    front_matter: FrontMatter
    anchor: str
    title: str
    title_xhtml: str
    xhtml: str
    at: Location
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    captions: tuple[Caption, ...] = ()
    notes: tuple[Note, ...] = ()
    passages: tuple[Passage, ...] = ()
    ids: tuple[str, ...] = ()
    apparatus: Apparatus = Apparatus()
    citations: tuple[Citation, ...] = ()


# 4 resolve ---------------------------------------------------------------------------------


class DivisionKind(StrEnum):
    """What a division of the book is."""

    PAGE = "page"
    PART = "part"
    CHAPTER = "chapter"


@dataclass(frozen=True, slots=True)
class Division:
    """One division of the book, in reading order: a made page, a part's opener, a chapter.

    `id` begins with a letter and is unique. `role` is its `epub:type`
    (https://www.w3.org/TR/epub-ssv-11/). `label` is the number as printed (`II`, `3`), empty
    where there is none; `part` is the id of the part it stands in. `page` names the template of
    a made page. A part's `summary` is its sentence.
    """

    id: str
    kind: DivisionKind
    matter: Matter
    role: str
    title: str
    title_xhtml: str = ""
    short_title: str = ""
    label: str = ""
    page: str = ""
    part: str = ""
    language: str = ""
    author: str = ""
    epigraph: str = ""
    epigraph_source: str = ""
    summary: str = ""
    xhtml: str = ""
    headings: tuple[Heading, ...] = ()
    notes: tuple[Note, ...] = ()
    passages: tuple[Passage, ...] = ()
    citations: tuple[Citation, ...] = ()
    at: Location | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents, or of a list of figures, tables, listings or equations.

    `level` is 1 for what stands at the top; a chapter inside a part has 2 and its sections 3.
    `kind` is `page`, `part`, `chapter`, `appendix` (one with a letter), `section`, or a
    `CaptionKind`.
    """

    division: str
    anchor: str
    kind: str
    level: int
    label: str
    title: str
    title_xhtml: str
    matter: Matter
    children: tuple["Entry", ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """The whole book: numbered, linked, in order. `assets` are those it uses."""

    settings: BookSettings
    divisions: tuple[Division, ...]
    contents: tuple[Entry, ...]
    figures: tuple[Entry, ...]
    tables: tuple[Entry, ...]
    assets: Mapping[str, Asset]
    listings: tuple[Entry, ...] = ()
    equations: tuple[Entry, ...] = ()
