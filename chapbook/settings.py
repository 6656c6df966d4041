"""The book as `book.toml` describes it: one frozen class per table, defaults here and only here.

Imports nothing of ours but `diagnostics`, `origin`, `print_shop` and `scholarship`. Lengths are
millimetres.
"""

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from chapbook.diagnostics import Location
from chapbook.origin import Origin
from chapbook.print_shop import TRIMS, Binding, Booklet, Cover, Print, Trim
from chapbook.scholarship import Abbreviations, Citations, Notes


class Edition(StrEnum):
    """What can be made of a book."""

    SCREEN = "screen"
    PRINT = "print"
    EPUB = "epub"
    BOOKLET = "booklet"
    COVER = "cover"
    PACK = "pack"

    @property
    def is_paged(self) -> bool:
        """Whether this edition is a PDF, which needs the layout libraries."""
        return self is not Edition.EPUB


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name or title as another script writes it; `language` is a tag such as `ja-Latn`."""

    language: str
    text: str


Spellings = tuple[Spelling, ...]
Position = NewType("Position", str)


@dataclass(frozen=True, slots=True)
class Contributor:
    """A person or body who made the book.

    `role` is a MARC relator code (https://www.loc.gov/marc/relators/relaterm.html); `file_as` is
    how catalogues sort the name.
    """

    name: str
    role: str = "aut"
    file_as: str = ""
    alternate_script: Spellings = ()


class TitleType(StrEnum):
    """What a title is (https://www.w3.org/TR/epub-33/#sec-title-type)."""

    MAIN = "main"
    SUBTITLE = "subtitle"
    SHORT = "short"
    COLLECTION = "collection"
    EDITION = "edition"
    EXPANDED = "expanded"


@dataclass(frozen=True, slots=True)
class Title:
    """A further title. One of the type `main` or `subtitle` is that title in another script.

    `language` is '' where it is the book's.
    """

    text: str
    type: TitleType = TitleType.SHORT
    language: str = ""
    file_as: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """The series that the book is a volume of; `position` is its number there, as in `2.1`."""

    name: str = ""
    position: Position = Position("")
    issn: str = ""


class Scheme(StrEnum):
    """A classification of subjects (https://www.w3.org/TR/epub-33/#sec-authority)."""

    BIC = "BIC"
    BISAC = "BISAC"
    CLC = "CLC"
    CLIL = "CLIL"
    DDC = "DDC"
    LCSH = "LCSH"
    NDC = "NDC"
    THEMA = "Thema"
    UDC = "UDC"


@dataclass(frozen=True, slots=True)
class Subject:
    """What the book is about; `code` is that of the scheme, where there is one."""

    name: str
    scheme: Scheme | None = None
    code: str = ""


class Conformance(StrEnum):
    """The levels of WCAG that a book may claim to reach."""

    WCAG_20_A = "wcag-2.0-a"
    WCAG_20_AA = "wcag-2.0-aa"
    WCAG_21_A = "wcag-2.1-a"
    WCAG_21_AA = "wcag-2.1-aa"
    WCAG_22_A = "wcag-2.2-a"
    WCAG_22_AA = "wcag-2.2-aa"


class Exemption(StrEnum):
    """Why the European Accessibility Act does not bind (https://www.w3.org/TR/epub-a11y-exemption/)."""

    MICROENTERPRISE = "eaa-microenterprise"
    DISPROPORTIONATE_BURDEN = "eaa-disproportionate-burden"
    FUNDAMENTAL_ALTERATION = "eaa-fundamental-alteration"


@dataclass(frozen=True, slots=True)
class Accessibility:
    """What the author says of the e-book's accessibility, beside what is computed.

    Conformance is claimed only where there is a `certifier` (who has checked it) and nothing
    computed speaks against it. `report` and `credential` are addresses, or words for a
    credential; `contact` is where a reader tells of a barrier; `summary` replaces the computed
    one; `statement` adds a page that says all this in plain words.
    """

    conformance: Conformance = Conformance.WCAG_22_AA
    certifier: str = ""
    credential: str = ""
    report: str = ""
    exemption: Exemption | None = None
    summary: str = ""
    contact: str = ""
    statement: bool = False


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


class CaptionNumbers(StrEnum):
    """Whether captions are counted through the book, or anew in each chapter ("Figure 2.3")."""

    BOOK = "book"
    CHAPTER = "chapter"


@dataclass(frozen=True, slots=True)
class Numbering:
    """How parts, chapters and captions are numbered.

    `appendices`: the files of the back matter that are appendices by their names have letters.
    """

    chapters: bool = True
    restart_chapters: bool = False
    appendices: bool = False
    captions: CaptionNumbers = CaptionNumbers.BOOK


@dataclass(frozen=True, slots=True)
class Contents:
    """How deep the contents go: 1 chapters, 2 sections, 3 subsections."""

    depth: int = 1
    epub_depth: int = 3


@dataclass(frozen=True, slots=True)
class Links:
    """Links in print: `qr` gives each that leads out of the book a QR code after its paragraph."""

    qr: bool = False


class Numerals(StrEnum):
    """The figures of the text: with ascenders and descenders, or all as high as capitals."""

    OLD_STYLE = "old-style"
    LINING = "lining"


class Break(StrEnum):
    """What stands between two scenes where the author writes `---`."""

    RULE = "rule"
    STARS = "stars"
    ORNAMENT = "ornament"
    SPACE = "space"


@dataclass(frozen=True, slots=True)
class Typography:
    """How the text is set. `drop_caps`: a chapter begins with a letter of three lines."""

    numerals: Numerals = Numerals.OLD_STYLE
    drop_caps: bool = False
    breaks: Break = Break.RULE


class Writing(StrEnum):
    """How the lines of an e-book run."""

    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"


class Store(StrEnum):
    """A shop whose refusals an e-book is checked for."""

    KINDLE = "kindle"
    KOBO = "kobo"


class PageList(StrEnum):
    """Whether an e-book names the pages of the printed book.

    `auto`: where a PDF is made in the same run; `always`: the pages are laid out for it alone.
    """

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


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
    page_list: PageList = PageList.AUTO


@dataclass(frozen=True, slots=True)
class Remark:
    """A free text that the imprint or the colophon adds; paragraphs are parted by a blank line."""

    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part: its title, one sentence of what it is about, and its chapter files in order.

    `id` is what references call it.
    """

    title: str
    summary: str = ""
    chapters: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Variables:
    """The author's own values, in order, that the text may name; a table in it has dotted names."""

    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BookSettings:
    """The whole of `book.toml`.

    `front` and `back` name generated pages (`title-page`) or Markdown files (`about.md`);
    None means that the book does not say, and the house's order holds. `chapters` holds the
    files of a book without parts. `locations` tells where a key stands, by its dotted path
    (`cover.image`, `parts.0.chapters.2`); a key that the file leaves out is not in it. `file_as`
    is how catalogues sort the title; `modified` is the day of a later correction. `origin` is no
    key: it tells what the folder was written for.
    """

    title: str
    language: str = "en"
    subtitle: str = ""
    slug: str = ""
    publisher: str = ""
    date: datetime.date | None = None
    modified: datetime.date | None = None
    edition: str = ""
    rights: str = ""
    license: str = ""
    description: str = ""
    subjects: tuple[Subject, ...] = ()
    file_as: str = ""
    editions: tuple[Edition, ...] = (Edition.SCREEN, Edition.PRINT, Edition.EPUB)
    front: tuple[str, ...] | None = None
    back: tuple[str, ...] | None = None
    chapters: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    titles: tuple[Title, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    series: Series = Series()
    identifiers: Identifiers = Identifiers()
    cover: Cover = Cover()
    page: Page = Page()
    numbering: Numbering = Numbering()
    contents: Contents = Contents()
    links: Links = Links()
    typography: Typography = Typography()
    notes: Notes = Notes()
    citations: Citations = Citations()
    abbreviations: Abbreviations = Abbreviations()
    print: Print = Print()
    booklet: Booklet = Booklet()
    epub: Epub = Epub()
    accessibility: Accessibility = Accessibility()
    imprint: Remark = Remark()
    colophon: Remark = Remark()
    variables: Variables = Variables()
    origin: Origin = field(default=Origin(), compare=False)
    locations: dict[str, Location] = field(default_factory=dict, compare=False)

    @property
    def is_stapled(self) -> bool:
        """Whether the book says that it is stapled through one fold: then it has no spine."""
        is_asked = "booklet.binding" in self.locations and not self.booklet.signature
        return is_asked and self.booklet.binding is Binding.SADDLE


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a chapter says of itself before its text, in TOML (`+++`) or YAML (`---`)."""

    title: str = ""
    short_title: str = ""
    author: str = ""
    epigraph: str = ""
    epigraph_source: str = ""
    numbered: bool = True
    appendix: bool = False
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
