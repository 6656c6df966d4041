"""What is wrong with a book: where, how grave, under which code, and what to do about it.

A diagnostic is data. Printing it is the work of `chapbook.report`. Every stage returns an
`Outcome`: its value together with all it found, so that one run shows everything.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Severity(StrEnum):
    """How grave a finding is: an error stops the edition, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a source.

    `path` is relative to the book's folder, with `/`. `line` and `column` count from 1; 0 means
    unknown. A column is never invented: where a literal stands twice it stays 0.
    """

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Write `path:line:column`, leaving out what is not known."""
        parts = [self.path, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


class Code(StrEnum):
    """Every stable code, one per kind of fault; `docs/diagnostics.md` explains each."""

    # configure: book.toml and front matter
    CONFIG_SYNTAX = "config-syntax"
    CONFIG_UNKNOWN_KEY = "config-unknown-key"
    CONFIG_WRONG_TYPE = "config-wrong-type"
    CONFIG_MISSING_KEY = "config-missing-key"
    CONFIG_BAD_VALUE = "config-bad-value"
    # read: files
    MISSING_FILE = "missing-file"
    FILE_OUTSIDE_BOOK = "file-outside-book"
    FILE_NOT_TEXT = "file-not-text"
    FILE_TOO_LARGE = "file-too-large"
    TOO_MANY_FILES = "too-many-files"
    BAD_FILE_NAME = "bad-file-name"
    EMPTY_BOOK = "empty-book"
    IMAGE_UNREADABLE = "image-unreadable"
    IMAGE_TOO_LARGE = "image-too-large"
    UNSAFE_SVG = "unsafe-svg"
    # read: what the text is put together from
    UNKNOWN_PART = "unknown-part"
    INCLUDE_LOOP = "include-loop"
    UNKNOWN_VARIABLE = "unknown-variable"
    UNKNOWN_CONDITION = "unknown-condition"
    NOT_UNDERSTOOD = "not-understood"
    # parse: Markdown
    LOST_WORDS = "lost-words"
    UNSAFE_HTML = "unsafe-html"
    MISSING_ALT = "missing-alt"
    SKIPPED_HEADING = "skipped-heading"
    MISSING_TITLE = "missing-title"
    DUPLICATE_ID = "duplicate-id"
    STRAY_CAPTION = "stray-caption"
    UNKNOWN_NOTE = "unknown-note"
    UNUSED_NOTE = "unused-note"
    UNREAD_CITATION = "unread-citation"
    UNKNOWN_REFERENCE = "unknown-reference"
    RUBY_MISMATCH = "ruby-mismatch"
    UNKNOWN_MARK = "unknown-mark"
    BAD_MARK = "bad-mark"
    UNKNOWN_DIRECTIVE = "unknown-directive"
    MISPLACED_PAGE = "misplaced-page"
    BAD_TABLE = "bad-table"
    CONTROL_CHARACTER = "control-character"
    UNPARSABLE = "unparsable"
    BAD_FORMULA = "bad-formula"
    BAD_CHART = "bad-chart"
    # resolve: the whole book
    BROKEN_LINK = "broken-link"
    AMBIGUOUS_REFERENCE = "ambiguous-reference"
    REFERENCE_FORM = "reference-form"
    INDEX_RANGE = "index-range"
    INDEX_SEE = "index-see"
    NO_INDEX = "no-index"
    MISSING_READING = "missing-reading"
    UNKNOWN_TERM = "unknown-term"
    DUPLICATE_TERM = "duplicate-term"
    UNUSED_TERM = "unused-term"
    MISSING_IMAGE = "missing-image"
    REMOTE_IMAGE = "remote-image"
    NO_QR = "no-qr"
    # read and cite: the works that are cited
    SOURCE_SYNTAX = "source-syntax"
    SOURCE_INCOMPLETE = "source-incomplete"
    DUPLICATE_WORK = "duplicate-work"
    UNKNOWN_WORK = "unknown-work"
    CITATION_STYLE = "citation-style"
    # compose: templates
    TEMPLATE_ERROR = "template-error"
    UNKNOWN_PAGE = "unknown-page"
    MISSING_WORDS = "missing-words"
    # compose: the e-book
    CLAIM_WITHHELD = "claim-withheld"
    FONT_NOT_ALLOWED = "font-not-allowed"
    COVER_NOT_DRAWN = "cover-not-drawn"
    # compose: the cover
    UNKNOWN_STOCK = "unknown-stock"
    PAPER_ASSUMED = "paper-assumed"
    NO_COVER_IMAGE = "no-cover-image"
    THIN_SPINE = "thin-spine"
    COVER_OVERFULL = "cover-overfull"
    BAD_BARCODE = "bad-barcode"
    # typeset
    STYLE_WARNING = "style-warning"
    MISSING_GLYPH = "missing-glyph"
    LAYOUT_FAILED = "layout-failed"
    PLAIN_LAYOUT = "plain-layout"
    UNPLACED_MARK = "unplaced-mark"
    PAGES_UNSETTLED = "pages-unsettled"
    TIME_LIMIT = "time-limit"
    # impose
    SHEET_TOO_SMALL = "sheet-too-small"
    # prepress: the file for the printer
    PAGE_COUNT = "page-count"
    PRINT_TRANSPARENCY = "print-transparency"
    PRINT_STANDARD = "print-standard"
    COLOUR_UNCONVERTED = "colour-unconverted"
    # inspect
    LOST_TEXT = "lost-text"
    TEXT_OUT_OF_ORDER = "text-out-of-order"
    LOST_ALT = "lost-alt"
    BAD_EPUB = "bad-epub"
    # inspect: what shops refuse
    KINDLE_UNSAFE = "kindle-unsafe"
    KOBO_UNSAFE = "kobo-unsafe"
    # assay: the e-book before the validators of others
    EPUB_INVALID = "epub-invalid"
    EPUB_INACCESSIBLE = "epub-inaccessible"
    EPUB_UNCHECKED = "epub-unchecked"
    # preflight: the finished print file
    LOW_RESOLUTION = "low-resolution"
    IMAGE_CROPPED = "image-cropped"
    WRONG_INK = "wrong-ink"
    TOO_MUCH_INK = "too-much-ink"
    HAIRLINE = "hairline"
    SMALL_TYPE = "small-type"
    OUTSIDE_SAFETY = "outside-safety"
    FONT_NOT_EMBEDDED = "font-not-embedded"
    BOX_FOR_GLYPH = "box-for-glyph"
    TRANSPARENCY_LEFT = "transparency-left"
    BEYOND_BINDING = "beyond-binding"
    NARROW_GUTTER = "narrow-gutter"
    BLANK_NOT_BLANK = "blank-not-blank"
    LONE_LINE = "lone-line"
    LONE_HEADING = "lone-heading"
    LOOSE_LINE = "loose-line"
    OVERFULL_LINE = "overfull-line"
    RIVER = "river"
    # the machine
    MISSING_LIBRARY = "missing-library"
    OUTPUT_FAILED = "output-failed"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: what is wrong (lower case, no full stop) and, in `hints`, what to do."""

    severity: Severity
    code: Code
    message: str
    at: Location | None = None
    hints: tuple[str, ...] = ()

    @property
    def is_error(self) -> bool:
        """Whether this finding stops the edition."""
        return self.severity is Severity.ERROR


def error(code: Code, message: str, at: Location | None = None, *hints: str) -> Diagnostic:
    """Make an error."""
    return Diagnostic(Severity.ERROR, code, message, at, hints)


def warning(code: Code, message: str, at: Location | None = None, *hints: str) -> Diagnostic:
    """Make a warning."""
    return Diagnostic(Severity.WARNING, code, message, at, hints)


def diagnostic_record(found: Diagnostic) -> dict[str, Any]:
    """Give a diagnostic as plain values for JSON; unknown line or column is null."""
    at = found.at
    return {
        "severity": found.severity.value,
        "code": found.code.value,
        "message": found.message,
        "path": at.path if at else None,
        "line": (at.line or None) if at else None,
        "column": (at.column or None) if at else None,
        "hints": list(found.hints),
    }


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a stage made, together with everything it found while making it."""

    value: T
    diagnostics: tuple[Diagnostic, ...] = field(default=())


class BookError(Exception):
    """Raised where a stage cannot go on; carries every finding made so far."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep the findings; at least one of them is an error."""
        self.diagnostics = tuple(diagnostics)
        super().__init__("; ".join(d.message for d in self.diagnostics))

    def __reduce__(self) -> tuple[type["BookError"], tuple[tuple[Diagnostic, ...]]]:
        """Let it come out of a worker with its findings."""
        return BookError, (self.diagnostics,)
