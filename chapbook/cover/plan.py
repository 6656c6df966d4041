"""Plan a cover: what each panel shows, where, and in which size. Lengths are millimetres."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from chapbook.cover.barcode import (
    GUARD_DESCENT,
    HEIGHT,
    JAPANESE_HEIGHT,
    MODULE,
    Barcode,
    japanese_line,
)
from chapbook.cover.codes import book_codes
from chapbook.cover.fitting import POINTS, largest, largest_of_paragraphs, lines
from chapbook.cover.spine_words import SpineRoom, SpineWords, set_spine
from chapbook.cover.threads import Loom, Thread, weave
from chapbook.cover.wrap import FRONT, SPINE, Wrap, spine_width
from chapbook.diagnostics import Code, Diagnostic, Location, Outcome, error, warning
from chapbook.paper import check_paper
from chapbook.print_shop import Panel as Shows
from chapbook.settings import BookSettings

SETTINGS_FILE = "book.toml"
# Shares of the page's height: the threads stand between them.
THREADS_TOP, THREADS_BOTTOM = 0.515, 0.715
CLEAR = 5.0  # what threads and words keep apart
JAPANESE_HEAD, JAPANESE_GAP = 10.0, 10.0
# Of the box that an EAN-13 stands in: a line above the bars, the digits below, and white around.
BOX = HEIGHT + GUARD_DESCENT * MODULE + 7.2
PORTRAIT = 148 / 210
UNDER_TITLE = 7.0
IMPRINT = 20.0  # what publisher, price and mark take at the foot of the back
LEAST_ABOVE = 0.3  # of the height: with less above them, the threads are left out
TITLE_SIZES = (0.52, 0.46, 0.41, 0.36, 0.32, 0.28, 0.25, 0.22, 0.195, 0.17, 0.15, 0.13)
SUBTITLE_SIZES = (0.1, 0.092, 0.084, 0.076, 0.07, 0.064)
AUTHOR_SIZES = (0.095, 0.085, 0.075, 0.068, 0.06)
BLURB_SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0)


@dataclass(frozen=True, slots=True)
class Leading:
    """The distance of lines, as a multiple of the size."""

    title: float
    subtitle: float
    blurb: float


LATIN_LEADING = Leading(0.98, 1.3, 1.42)
JAPANESE_LEADING = Leading(1.2, 1.5, 1.7)


@dataclass(frozen=True, slots=True)
class FrontWords:
    """The sizes of what the front is set in, in points."""

    title: float
    subtitle: float
    authors: float


@dataclass(frozen=True, slots=True)
class BackWords:
    """The paragraphs of the back, the size of their type in points, and where they begin."""

    paragraphs: tuple[str, ...]
    size: float
    top: float


@dataclass(frozen=True, slots=True)
class CoverPlan:
    """All that the templates of a cover are told.

    `codes` are the barcodes, the second only in Japan; `code_line` is what Japanese books print
    beside them for people. `spine` is None where it bears no words. `threads` are drawn from
    `threads_left` on; they are mirrored where the book runs from right to left.
    """

    wrap: Wrap
    bleed: float
    margin: float
    leading: Leading
    shows_image: bool
    front: FrontWords
    spine: SpineWords | None
    back: BackWords
    isbn: str = ""
    codes: tuple[Barcode, ...] = ()
    code_line: str = ""
    threads: tuple[Thread, ...] = field(default=(), repr=False)

    @property
    def is_japanese(self) -> bool:
        """Whether the codes are the two rows of a Japanese book."""
        return bool(self.codes) and self.codes[0].is_plain


def plan_wrap(settings: BookSettings, pages: int, is_rtl: bool) -> Wrap:
    """Say how large the sheet of a cover is, and where its panels lie.

    What is stapled through the fold has no spine.
    """
    board = settings.cover.board
    spine = 0.0 if settings.is_stapled else spine_width(pages, settings.print.paper, board)
    return Wrap(settings.page.trim, spine, settings.cover.flaps, is_rtl)


def plan_cover(
    settings: BookSettings, pages: int, authors: str, paragraphs: Sequence[str], is_rtl: bool
) -> Outcome[CoverPlan]:
    """Plan the cover of a block of so many pages.

    `authors` are their names in a row; `paragraphs` those of the back.
    """
    return _Planner(settings, plan_wrap(settings, pages, is_rtl), authors, paragraphs).plan()


class _Planner:
    def __init__(
        self, settings: BookSettings, wrap: Wrap, authors: str, paragraphs: Sequence[str]
    ) -> None:
        self.settings = settings
        self.wrap = wrap
        self.authors = authors
        self.paragraphs = tuple(paragraphs)
        self.found: list[Diagnostic] = []
        page = wrap.page
        self.margin = round(max(page.width * 0.1, 8.0), 2)
        self.codes, faults = book_codes(settings)
        self.found += faults
        box = BOX if self.codes and not self.codes[0].is_plain else 0.0
        bottom = min(page.height * THREADS_BOTTOM, page.height - self.margin - box - CLEAR)
        self.box = box
        self.threads_bottom = bottom
        self.threads_top = bottom - page.height * (THREADS_BOTTOM - THREADS_TOP)
        is_japanese = settings.language.lower().startswith("ja")
        self.leading = JAPANESE_LEADING if is_japanese else LATIN_LEADING

    def plan(self) -> Outcome[CoverPlan]:
        settings = self.settings
        self.found += check_paper(settings.print.paper, settings.locations)
        self._measure_codes()
        shows_image = self._shows_image()
        wants_threads = not shows_image and self.threads_top > self.wrap.height * LEAST_ABOVE
        runs_over = wants_threads and self._fits()
        plan = CoverPlan(
            wrap=self.wrap,
            bleed=settings.print.bleed,
            margin=self.margin,
            leading=self.leading,
            shows_image=shows_image,
            front=self._front(),
            spine=self._spine(runs_over),
            back=self._back(runs_over),
            isbn=settings.identifiers.print if self.codes else "",
            codes=self.codes,
            code_line=japanese_line(settings.cover.price.jan) if len(self.codes) > 1 else "",
            threads=self._threads(runs_over) if wants_threads else (),
        )
        return Outcome(plan, tuple(self.found))

    def _at(self, *keys: str) -> Location:
        found = (self.settings.locations.get(key) for key in keys)
        return next((at for at in found if at), Location(SETTINGS_FILE))

    def _shows_image(self) -> bool:
        cover = self.settings.cover
        if cover.front is Shows.IMAGE and not cover.image:
            message = "the front of the cover is to show an image, and the book names none"
            hint = 'name it in "image", or write front = "type"'
            self.found.append(error(Code.NO_COVER_IMAGE, message, self._at("cover.front"), hint))
        return bool(cover.image) and cover.front is not Shows.TYPE

    def _measure_codes(self) -> None:
        room = self.wrap.page.width - 2 * self.margin
        for code in self.codes:
            if (wide := code.quiet_left + code.width_mm + code.quiet_right) > room:
                message = (
                    f"the barcode is {wide:.0f} mm wide, and the back has {room:.0f} mm for it"
                )
                at = self._at("identifiers.print")
                hint = "print it elsewhere, and write barcode = false below [cover]"
                self.found.append(warning(Code.COVER_OVERFULL, message, at, hint))

    def _back_area(self, above_threads: bool) -> tuple[float, float]:
        """Give where the words of the back begin, and how high they may be."""
        height = self.wrap.height
        top = self.margin
        if self.codes and self.codes[0].is_plain:
            top = JAPANESE_HEAD + 2 * JAPANESE_HEIGHT + JAPANESE_GAP + 6 + CLEAR
        bottom = height - self.margin - max(self.box, IMPRINT) - CLEAR
        if above_threads:
            bottom = self.threads_top - CLEAR
        return top, max(bottom - top, 0.0)

    def _blurb_size(self, above_threads: bool) -> float | None:
        _, height = self._back_area(above_threads)
        measure = self.wrap.page.width - 2 * self.margin
        sizes = [size for size in BLURB_SIZES if size <= max(self.wrap.page.width * 0.075, 9)]
        return largest_of_paragraphs(self.paragraphs, sizes, measure, height, self.leading.blurb)

    def _fits(self) -> bool:
        """Whether the words of back and spine leave the threads their room."""
        if self._blurb_size(above_threads=True) is None:
            return False
        room = self._room(runs_over=True)
        return set_spine(self.settings, self.authors, self.wrap, room).is_whole

    def _back(self, runs_over: bool) -> BackWords:
        top, height = self._back_area(runs_over)
        size = self._blurb_size(runs_over)
        if size is None:
            size = BLURB_SIZES[-1]
            measure = self.wrap.page.width - 2 * self.margin
            count = sum(lines(text, size, measure) for text in self.paragraphs)
            room = int(height * POINTS / (size * self.leading.blurb))
            message = f"the text on the back takes {count} lines, and there is room for {room}"
            at = self._at("cover.blurb", "description")
            self.found.append(warning(Code.COVER_OVERFULL, message, at, "shorten it"))
        return BackWords(self.paragraphs, size, round(top, 2))

    def _room(self, runs_over: bool) -> SpineRoom:
        head, foot = self.margin + 2, self.wrap.height - self.margin
        if runs_over:
            return SpineRoom(head, self.threads_top - CLEAR, self.threads_bottom + CLEAR, foot)
        return SpineRoom(head, foot, foot, foot)

    def _spine(self, runs_over: bool) -> SpineWords | None:
        room = self._room(runs_over)
        spine = set_spine(self.settings, self.authors, self.wrap, room)
        if spine.fault:
            at = self._at("cover.spine", "title")
            hint = 'leave "spine" out, or write "none"'
            self.found.append(warning(Code.THIN_SPINE, spine.fault, at, hint))
        return spine.words

    def _front(self) -> FrontWords:
        page = self.wrap.page
        title, subtitle = self.settings.title, self.settings.subtitle
        measure = page.width - 2 * self.margin
        height = self.threads_top - CLEAR - self.margin
        # A page that is broad is seen from no further away than one that is not.
        scale = min(page.width, page.height * PORTRAIT)
        titles, subtitles, people = (
            [round(share * scale, 1) for share in shares]
            for shares in (TITLE_SIZES, SUBTITLE_SIZES, AUTHOR_SIZES)
        )
        reserved = self._subtitle_height(subtitles[-1])
        size = largest(title, titles, measure, height - reserved, self.leading.title)
        if size is None:
            self._overfull("the title", "title")
        used = lines(title, size or titles[-1], measure) * (size or titles[-1])
        left = height - used * self.leading.title / POINTS - UNDER_TITLE
        beside = largest(subtitle, subtitles, measure, left, self.leading.subtitle)
        if beside is None and subtitle:
            self._overfull("the subtitle", "subtitle")
        foot = self.wrap.height - self.threads_bottom - self.margin - 2 * CLEAR
        authors = largest(self.authors, people, measure, foot, self.leading.subtitle)
        return FrontWords(size or titles[-1], beside or subtitles[-1], authors or people[-1])

    def _subtitle_height(self, size: float) -> float:
        """Give how high the subtitle is, with the space above it."""
        if not self.settings.subtitle:
            return 0.0
        measure = self.wrap.page.width - 2 * self.margin
        count = lines(self.settings.subtitle, size, measure)
        return count * size * self.leading.subtitle / POINTS + UNDER_TITLE

    def _overfull(self, what: str, key: str) -> None:
        if not self._is_set_in_type():
            return
        message = f"{what} does not fit the front of the cover, even in the smallest type"
        at = self._at(key)
        self.found.append(warning(Code.COVER_OVERFULL, message, at, "shorten it"))

    def _is_set_in_type(self) -> bool:
        cover = self.settings.cover
        return not cover.image or cover.front is Shows.TYPE

    def _threads(self, runs_over: bool) -> tuple[Thread, ...]:
        """Weave as if the book ran from left to right; the template mirrors the other."""
        wrap, bleed = self.wrap, self.settings.print.bleed
        plain = Wrap(wrap.page, wrap.spine, wrap.flaps)
        front = plain.panel(FRONT)
        loom = Loom(
            start=-bleed,
            fold=front.left,
            fore_edge=front.right,
            end=wrap.width + bleed,
            top=self.threads_top,
            bottom=self.threads_bottom,
        )
        return weave(loom, -bleed if runs_over else plain.panel(SPINE).right)
