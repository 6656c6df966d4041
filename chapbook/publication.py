"""The book on its way to its readers: what the templates make of it, and what is made of that.

No library's object is in these types and none can be changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chapbook.model import Matter, Passage
from chapbook.settings import BookSettings, Edition, Trim

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

    `cover` is the name of the cover image, empty where there is none. `modified` is
    `YYYY-MM-DDThh:mm:ssZ`. `accessibility` has pairs of a `schema:` property and its value
    (https://www.w3.org/TR/epub-a11y-11/). `direction` is `rtl` where the book runs from right to
    left, else ''.
    """

    settings: BookSettings
    metadata: Metadata
    documents: tuple[EpubDocument, ...]
    resources: Mapping[str, Path]
    cover: str
    modified: str
    passages: tuple[Passage, ...]
    accessibility: tuple[tuple[str, str], ...] = ()
    direction: str = ""


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
class Mark:
    """A run of the PDF's marked content: the page it stands on, and its number (MCID) there.

    `area` is the rectangle of a picture, in points from the lower left corner; None for text.
    `form` is the object number of the form that the content is drawn in, 0 for the page itself.
    """

    page: int
    number: int
    area: tuple[float, float, float, float] | None = None
    form: int = 0


@dataclass(frozen=True, slots=True)
class Hotspot:
    """The area of a link on a page: its place, from 0, among the annotations of that page."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class LaidElement:
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


NO_BODY = LaidElement("body", {}, is_block=True, words="", kids=())


@dataclass(frozen=True, slots=True)
class Typeset:
    """The laid-out book: the PDF, and what stands where.

    `anchors` gives the page (`Leaf.number`) of each id; `blocks` the first and last page of each
    `data-block`. `body` is the text as a tree of elements, of which the tags are made.
    `missing_glyphs` are the characters that no font could show.
    """

    pdf: bytes = field(repr=False)
    leaves: tuple[Leaf, ...]
    anchors: Mapping[str, int]
    blocks: Mapping[str, tuple[int, int]]
    body: LaidElement = field(default=NO_BODY, repr=False)
    missing_glyphs: str = ""


# 10 publish --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file that was made. `pages` is 0 for an e-book."""

    edition: Edition
    name: str
    size: int
    sha256: str
    pages: int
