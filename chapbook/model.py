"""The types that pass between the stages, in the order in which they are made.

No library's object is in them and none can be changed. Text in `xhtml` fields is well-formed
XHTML without a namespace declaration, its characters as they are (no named entities but the five
of XML), ready for `xml.etree` when wrapped in one root element.

The neutral markup, which only `compose` turns into an edition's own:

* a link to another place of the book: `<a href="book:DIVISION#ANCHOR">` (from `resolve` on;
  before, the target as the author wrote it); a link out of the book keeps its address;
* an image: `<img src="asset:PATH" alt="…"/>` (from `resolve` on);
* the call of a note: `<a class="note-call" data-note="KEY"></a>`;
* a leaf block, that is one which holds words itself: `data-block="N"`, unique in its chapter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from chapbook.diagnostics import Location
from chapbook.settings import BookSettings, Edition, FrontMatter, Trim

# 2 read ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A Markdown file: its path in the book (with `/`), and its text with `\\n` line ends.

    `body` is the offset at which the text after the front matter begins.
    """

    path: str
    text: str
    front_matter: FrontMatter = FrontMatter()
    body: int = 0

    def locate(self, offset: int) -> Location:
        """Give the line and column (from 1) of a character offset of `text`."""
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
    """A part's title and sentence."""

    title: str
    summary: str
    at: Location | None


@dataclass(frozen=True, slots=True)
class Manuscript:
    """All that the author gave, in reading order. `assets` is keyed by path."""

    settings: BookSettings
    order: tuple[Place, ...]
    parts: tuple[PartHead, ...]
    sources: tuple[SourceFile, ...]
    assets: Mapping[str, Asset]


# 3 parse -----------------------------------------------------------------------------------


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
    stands inside (the call of a note, an image, a line break), `text` has U+FFFC.
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


@dataclass(frozen=True, slots=True)
class Caption:
    """The caption of a figure or table; `anchor` is the id of its `<figure>`."""

    kind: CaptionKind
    anchor: str
    text: str
    xhtml: str
    at: Location


@dataclass(frozen=True, slots=True)
class Note:
    """A note, numbered per chapter in the order of its first call. `xhtml` holds its blocks."""

    key: str
    number: int
    xhtml: str
    words: int
    at: Location


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
    at: Location | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents, or of the list of figures or tables.

    `level` is 1 for what stands at the top; a chapter inside a part has 2 and its sections 3.
    `kind` is `page`, `part`, `chapter`, `section`, `figure` or `table`.
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


# 5 compose ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of itself. `identifier` is an ISBN (`urn:isbn:…`) or a UUID (`urn:uuid:…`).

    `date` is ISO 8601, or empty.
    """

    title: str
    language: str
    identifier: str
    authors: tuple[str, ...] = ()
    description: str = ""
    subjects: tuple[str, ...] = ()
    publisher: str = ""
    rights: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One division as the HTML of a paged edition: one element, its ids unique in the book."""

    id: str
    matter: Matter
    html: str


@dataclass(frozen=True, slots=True)
class PagedPublication:
    """Everything the press needs, and nothing else.

    `resources` maps each address that sections or stylesheet may name, relative to the root
    (`images/a.svg`, `fonts/x.ttf`), to the file that holds it. `body_class` is put on `<body>`.
    """

    edition: Edition
    metadata: Metadata
    trim: Trim
    sections: tuple[Section, ...]
    stylesheet: str
    body_class: str
    resources: Mapping[str, Path]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class EpubDocument:
    """One finished file of the e-book that our templates wrote.

    `properties` are those of its manifest item (`nav`, `svg`, …). `in_spine` says whether it is
    read in order, `linear` whether by turning pages.
    """

    name: str
    id: str
    media_type: str
    content: str
    properties: tuple[str, ...] = ()
    in_spine: bool = True
    linear: bool = True


@dataclass(frozen=True, slots=True)
class EpubPublication:
    """Everything that the e-book holds. `resources` maps names in the package to files.

    `cover` is the name of the cover image, empty where there is none; `ncx` the name of the NCX
    document. `modified` is `YYYY-MM-DDThh:mm:ssZ`.
    """

    settings: BookSettings
    metadata: Metadata
    documents: tuple[EpubDocument, ...]
    resources: Mapping[str, Path]
    cover: str
    modified: str
    passages: tuple[Passage, ...]


# 6 typeset ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page as laid out, in points.

    `number` counts sheets' sides from 1; `label` is the folio that a reader names (`iv`, `12`).
    `matter` is None where the page is blank. `words` are the first and the last word of its text.
    """

    number: int
    label: str
    matter: Matter | None
    is_blank: bool
    is_recto: bool
    width: float
    height: float
    words: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Typeset:
    """The laid-out book: the PDF, and what stands where.

    `anchors` gives the page (`Leaf.number`) of each id; `blocks` the first and last page of each
    `data-block`.
    """

    pdf: bytes = field(repr=False)
    leaves: tuple[Leaf, ...]
    anchors: Mapping[str, int]
    blocks: Mapping[str, tuple[int, int]]


# 10 publish --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file that was made. `pages` is 0 for an e-book."""

    edition: Edition
    name: str
    size: int
    sha256: str
    pages: int
