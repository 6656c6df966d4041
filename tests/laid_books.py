"""Laid-out books written by hand, for the tests of what binds them.

A page is a list of lines, and each line is a paragraph unless it begins otherwise:
`# ` and `## ` are headings, `> #name words` leads to an anchor, `> https://… words` elsewhere,
`* ` is a note, `! words` is a picture with these words, `~ ` is drawn in a form, `% ` on a tile.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chapbook.cache import digest
from chapbook.laid import (
    Bookmark,
    BoundChapter,
    Closed,
    Drawing,
    FontSet,
    Furniture,
    Hotspot,
    LaidChapter,
    LaidElement,
    LaidPage,
    Leaf,
    Link,
    Mark,
    PageBoxes,
    PageKind,
    Part,
    Typeset,
)
from chapbook.model import Matter
from chapbook.print_shop import TRIMS
from chapbook.publication import Metadata, PagedPublication
from chapbook.settings import Edition

WIDTH, HEIGHT, BLEED = 300, 400, 9
BOXES = PageBoxes(
    media=(-BLEED, -BLEED, WIDTH + BLEED, HEIGHT + BLEED),
    bleed=(-5, -5, WIDTH + 5, HEIGHT + 5),
    trim=(0, 0, WIDTH, HEIGHT),
)
FROM_TOP = b"1 0 0 -1 0 %d cm\n" % HEIGHT
LEFT, LEADING = 40, 20
FONTS = FontSet(
    parts=(
        Part(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding 2 0 R>>"),
        Part(b"<</Type/Encoding/BaseEncoding/WinAnsiEncoding>>"),
    ),
    entries=b"/f1 1 0 R",
)
SIDE = 40
PICTURE = b"<</Type/XObject/Subtype/Image/Width 40/Height 40/ColorSpace/DeviceGray%b>>"
FORM = b"<</Type/XObject/Subtype/Form/BBox[0 0 300 400]/Resources<</Font %d 0 R>>>>"
TILE = b"<</PatternType 1/PaintType 1/TilingType 1/BBox[0 0 4 4]/XStep 4/YStep 4/Resources<<>>>>"


def stream(content: bytes, head: bytes = b"<<>>") -> Part:
    """Make a compressed stream."""
    return Part(head[:-2] + b"/Filter/FlateDecode>>", zlib.compress(content))


def picture(shade: int, mask: bytes = b"") -> Part:
    """Make a gray picture of noise, which stays large when it is compressed."""
    pixels = bytes(
        (x * x * 31 + y * 17 + (x ^ y) * shade) % 251 for x in range(SIDE) for y in range(SIDE)
    )
    return stream(pixels, PICTURE % (b"/BitsPerComponent 8" + mask))


def text(words: str, top: float) -> bytes:
    """Draw a line of text so far below the top of the page."""
    return b"BT /f1 12 Tf 1 0 0 -1 %d %d Tm (%b) Tj ET\n" % (LEFT, top, words.encode("cp1252"))


@dataclass
class _Page:
    """A page while its lines are set."""

    number: int
    drawn: list[bytes] = field(default_factory=lambda: [FROM_TOP])
    anchors: dict[str, tuple[float, float]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    marks: int = 0

    def mark(self, content: bytes, **more: object) -> Mark:
        """Draw content that a tag shall hold."""
        self.drawn.append(b"/P<</MCID %d>>BDC %bEMC\n" % (self.marks, content))
        self.marks += 1
        return Mark(self.number, self.marks - 1, **more)  # type: ignore[arg-type]


class _Setter:
    """Sets the lines of one chapter."""

    def __init__(self, name: str, shades: Sequence[int], masked: bool) -> None:
        self.name = name
        self.parts = [Part(b"null")]
        self.pictures = b""
        self.resources = b"/ExtGState<</a1 <</ca 1>>>>"
        self._shades = iter(shades)
        self._masked = masked

    def part(self, part: Part) -> int:
        """Add a part; give its number."""
        self.parts.append(part)
        return len(self.parts)

    def line(self, line: str, page: _Page, top: float) -> LaidElement:
        """Set one line."""
        sign, _, words = line.partition(" ")
        rest = HEIGHT - top
        if sign in ("#", "##", "###"):
            mark = page.mark(text(words, top))
            page.bookmarks.append(Bookmark(len(sign), words, LEFT, rest + 12))
            return element(f"h{len(sign)}", mark, words=words)
        setting = {
            ">": self._link,
            "*": self._note,
            "!": self._picture,
            "~": self._form,
            "%": self._tile,
        }
        if sign in setting:
            return setting[sign](words, page, top)
        return element("p", page.mark(text(line, top)))

    def _link(self, line: str, page: _Page, top: float) -> LaidElement:
        target, _, words = line.partition(" ")
        area = (LEFT, HEIGHT - top - 3.0, LEFT + 100.0, HEIGHT - top + 9.0)
        page.links.append(Link(target.startswith("#"), target.removeprefix("#"), area))
        spot = Hotspot(page.number, len(page.links) - 1)
        return element("p", element("a", spot, page.mark(text(words, top)), words=words))

    def _note(self, words: str, page: _Page, top: float) -> LaidElement:
        return element("p", element("::footnote", page.mark(text(words, top))))

    def _picture(self, words: str, page: _Page, top: float) -> LaidElement:
        mask = b""
        if self._masked:
            mask = b"/SMask %d 0 R" % self.part(picture(99))
        number = self.part(picture(next(self._shades), mask))
        self.pictures += b"/i%d %d 0 R" % (number, number)
        content = b"q 40 0 0 -12 %d %d cm /i%d Do Q\n" % (LEFT, top, number)
        area = (LEFT, HEIGHT - top, LEFT + SIDE, HEIGHT - top + 12.0)
        return element("p", element("img", page.mark(content, area=area), alt=words))

    def _form(self, words: str, page: _Page, top: float) -> LaidElement:
        content = b"/P<</MCID 0>>BDC %bEMC\n" % text(words, top)
        number = self.part(stream(content, FORM % 1))
        self.pictures += b"/x%d %d 0 R" % (number, number)
        page.drawn.append(b"/x%d Do\n" % number)
        return element("p", Mark(page.number, 0, form=number))

    def _tile(self, words: str, page: _Page, top: float) -> LaidElement:
        number = self.part(stream(b"0 0 2 2 re f\n", TILE))
        self.resources += b"/Pattern<</p1 %d 0 R>>" % number
        tiles = b"q /Pattern cs /p1 scn %d %d 41 13 re f Q" % (LEFT, top)
        page.drawn.append(b"/Artifact BMC %b EMC\n" % tiles)
        return element("p", page.mark(text(words, top)))

    def page(self, lines: Sequence[str], number: int) -> tuple[LaidPage, list[LaidElement]]:
        """Set one page."""
        page = _Page(number)
        if number == 1:
            page.anchors[self.name] = (LEFT, HEIGHT - LEADING)
        set_lines = [self.line(one, page, LEADING * (n + 2)) for n, one in enumerate(lines)]
        laid = LaidPage(
            content=self.part(stream(b"".join(page.drawn))),
            section=self.name if lines else "",
            kind=PageKind(is_recto=number % 2 == 1, is_blank=not lines),
            folio=number,
            goes_on=number > 1,
            boxes=BOXES,
            anchors=page.anchors,
            links=tuple(page.links),
            bookmarks=tuple(page.bookmarks),
            strings={},
            blocks=(),
            words=("", ""),
        )
        return laid, set_lines


def element(
    name: str, *kids: LaidElement | Mark | Hotspot, words: str = "", alt: str = ""
) -> LaidElement:
    """Make an element."""
    is_block = name not in ("a", "img")
    return LaidElement(name, {"alt": alt} if alt else {}, is_block, words, kids)


def chapter(
    name: str, *pages: Sequence[str], shades: Sequence[int] = (7, 8, 9), masked: bool = False
) -> LaidChapter:
    """Set a chapter; its pictures are told apart by their shades, and may be masked."""
    setter = _Setter(name, shades, masked)
    laid = [setter.page(lines, number) for number, lines in enumerate(pages, 1)]
    section = element("section", *(one for _, lines in laid for one in lines))
    drawing = Drawing(tuple(setter.parts), setter.resources, setter.pictures, fonts=1)
    body = LaidElement("body", {}, is_block=True, words="", kids=(section,))
    key = digest(name, pages, tuple(shades), masked)
    return LaidChapter(key, drawing, tuple(page for page, _ in laid), Closed.of(body))


def furniture(words: str, top: float = HEIGHT - 20) -> Furniture:
    """Draw a line in the margin; it has a picture too, the same on every page."""
    content = FROM_TOP + text(words, top) + b"q 9 0 0 -9 9 %d cm /i1 Do Q\n" % top
    parts = (Part(b"null"), stream(content), picture(5))
    return Furniture(Drawing(parts, pictures=b"/i1 3 0 R", fonts=1), 2, BOXES.media)


def book(
    *chapters: LaidChapter,
    shifts: Mapping[int, float] | None = None,
    heads: Sequence[Furniture] = (),
    fonts: FontSet = FONTS,
) -> Typeset:
    """Bind chapters; `shifts` are by the page of the book, every page shows all the `heads`."""
    bound: list[BoundChapter] = []
    leaves: list[Leaf] = []
    anchors: dict[str, int] = {}
    for one in chapters:
        numbers = range(len(leaves) + 1, len(leaves) + len(one.pages) + 1)
        moved = tuple((shifts or {}).get(number, 0.0) for number in numbers)
        bound.append(BoundChapter(one, moved, (tuple(range(len(heads))),) * len(one.pages)))
        for number, page in zip(numbers, one.pages, strict=True):
            leaves.append(leaf(number, str(number)))
            for name in page.anchors:
                anchors.setdefault(name, number)
    return Typeset(tuple(leaves), anchors, {}, tuple(bound), tuple(heads), fonts)


def leaf(number: int, label: str) -> Leaf:
    """Make a leaf."""
    return Leaf(number, label, Matter.BODY, False, number % 2 == 1, WIDTH, HEIGHT)


def publication(edition: Edition = Edition.SCREEN) -> PagedPublication:
    """Give what a book says of itself."""
    metadata = Metadata(
        title="A Book & More",
        language="en",
        identifier="urn:uuid:12345678-1234-5678-1234-567812345678",
        authors=("Ann Author", "宮沢 賢治"),
        description="What it is (about).",
        subjects=("Testing", "Books"),
        publisher="The House",
        rights="© 2024 Ann Author",
        date="2024-02-29",
    )
    return PagedPublication(edition, metadata, TRIMS["a5"], (), "", "", {}, ())
