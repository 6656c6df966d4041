"""The book as `book.toml` describes it: one frozen class per table, defaults here and only here.

Imports nothing of ours but `diagnostics` and `print_shop`. Lengths are millimetres.
"""

import datetime
from dataclasses import dataclass, field
from enum import StrEnum

from chapbook.diagnostics import Location
from chapbook.print_shop import TRIMS, Booklet, Cover, Print, Trim


class Edition(StrEnum):
    """What can be made of a book."""

    SCREEN = "screen"
    PRINT = "print"
    EPUB = "epub"
    BOOKLET = "booklet"
    COVER = "cover"

    @property
    def is_paged(self) -> bool:
        """Whether this edition is a PDF, which needs the layout libraries."""
        return self is not Edition.EPUB


@dataclass(frozen=True, slots=True)
class Contributor:
    """A person or body who made the book.

    `role` is a MARC relator code (https://www.loc.gov/marc/relators/relaterm.html).
    """

    name: str
    role: str = "aut"
    file_as: str = ""


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The ISBN of each edition, and the UUID (`urn:uuid:…`) of the work."""

    screen: str = ""
    print: str = ""
    epub: str = ""
    uuid: str = ""


class Opening(StrEnum):
    """On which page a part or chapter starts."""

    RECTO = "recto"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Page:
    """The printed page."""

    trim: Trim = TRIMS["a5"]
    part_start: Opening = Opening.RECTO
    chapter_start: Opening = Opening.ANY


@dataclass(frozen=True, slots=True)
class Numbering:
    """How parts and chapters are numbered."""

    chapters: bool = True
    restart_chapters: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """How deep the contents go: 1 chapters, 2 sections, 3 subsections."""

    depth: int = 1
    epub_depth: int = 3


class Writing(StrEnum):
    """How the lines of an e-book run."""

    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"


class Store(StrEnum):
    """A shop whose refusals an e-book is checked for."""

    KINDLE = "kindle"
    KOBO = "kobo"


@dataclass(frozen=True, slots=True)
class Epub:
    """The e-book.

    `fonts` says whether the fonts that the book's style sheet names are embedded. An image has at
    most `image_side` pixels along its longer side and, as far as that can be, `image_bytes`
    bytes; a document is parted where it has more than `document_bytes`. 0 is no limit.
    """

    fonts: bool = True
    image_side: int = 2048
    image_bytes: int = 1_000_000
    document_bytes: int = 250_000
    writing: Writing = Writing.HORIZONTAL
    stores: tuple[Store, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """A free text that the imprint or the colophon adds; paragraphs are parted by a blank line."""

    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part: its title, one sentence of what it is about, and its chapter files in order."""

    title: str
    summary: str = ""
    chapters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BookSettings:
    """The whole of `book.toml`.

    `front` and `back` name generated pages (`title-page`) or Markdown files (`about.md`);
    None means that the book does not say, and the house's order holds. `chapters` holds the
    files of a book without parts. `locations` tells where a key stands, by its dotted path
    (`cover.image`, `parts.0.chapters.2`); a key that the file leaves out is not in it.
    """

    title: str
    language: str = "en"
    subtitle: str = ""
    slug: str = ""
    publisher: str = ""
    date: datetime.date | None = None
    edition: str = ""
    rights: str = ""
    license: str = ""
    description: str = ""
    subjects: tuple[str, ...] = ()
    editions: tuple[Edition, ...] = (Edition.SCREEN, Edition.PRINT, Edition.EPUB)
    front: tuple[str, ...] | None = None
    back: tuple[str, ...] | None = None
    chapters: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    identifiers: Identifiers = Identifiers()
    cover: Cover = Cover()
    page: Page = Page()
    numbering: Numbering = Numbering()
    contents: Contents = Contents()
    print: Print = Print()
    booklet: Booklet = Booklet()
    epub: Epub = Epub()
    imprint: Remark = Remark()
    colophon: Remark = Remark()
    locations: dict[str, Location] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a chapter says of itself before its text, in TOML (`+++`) or YAML (`---`)."""

    title: str = ""
    short_title: str = ""
    author: str = ""
    epigraph: str = ""
    epigraph_source: str = ""
    numbered: bool = True
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a book from a stranger may cost. Sizes in bytes, time in seconds.

    `seconds` and `memory` are those of one task of a worker, such as laying out one chapter.
    """

    source_bytes: int = 16 * 2**20
    image_bytes: int = 64 * 2**20
    image_pixels: int = 100_000_000
    files: int = 20_000
    seconds: float = 1800.0
    memory: int = 4 * 2**30
