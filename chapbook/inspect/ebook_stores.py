"""Find in an e-book what shops are known to refuse, or to show badly.

Kindle: https://kdp.amazon.com/en_US/help/topic/GU72M65VRFPH43L6 (Kindle Publishing Guidelines).
Kobo: https://github.com/kobolabs/epub-spec.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from chapbook.diagnostics import Code, Diagnostic, Location, warning
from chapbook.inspect.container import NCX, XHTML, Item, Package, resolve
from chapbook.inspect.ebook_pictures import Picture, look_at
from chapbook.inspect.ebook_places import Places
from chapbook.inspect.ebook_styles import CssFault, faults_of_style
from chapbook.model import Passage
from chapbook.settings import BookSettings, Store

MB = 1_000_000
MOVING = frozenset({"animate", "animateMotion", "animateTransform", "set"})
LIVE = ("audio", "embed", "form", "iframe", "input", "object", "script", "video")
CODES = {Store.KINDLE: Code.KINDLE_UNSAFE, Store.KOBO: Code.KOBO_UNSAFE}
NAMES = {Store.KINDLE: "Kindle", Store.KOBO: "Kobo"}


@dataclass(frozen=True, slots=True)
class Demands:
    """What a shop asks: bytes of an image, of a document, of all; levels; columns; pixels."""

    image: int
    document: int
    book: int
    levels: int
    columns: int
    cover: tuple[int, int]  # the shorter and the longer side, at the least
    refused: frozenset[str]  # kinds of images and fonts


DEMANDS = {
    Store.KINDLE: Demands(
        image=5 * MB,
        document=30 * MB,
        book=650 * MB,
        levels=2,
        columns=10,
        cover=(625, 1000),
        refused=frozenset({"webp", "woff", "woff2"}),
    ),
    Store.KOBO: Demands(
        image=5 * MB,
        document=10 * MB,
        book=1000 * MB,
        levels=3,
        columns=10,
        cover=(600, 800),
        refused=frozenset({"woff2"}),
    ),
}
GOOD_COVER = "1600 by 2560 pixels are best"


@dataclass(frozen=True, slots=True)
class Fault:
    """What a shop refuses, where that was written, and what to do."""

    message: str
    at: Location | None
    hint: str


@dataclass(frozen=True, slots=True)
class Book:
    """What is judged: the e-book, what the author asked for, and where the words were written."""

    package: Package
    settings: BookSettings
    places: Places
    size: int

    def at(self, key: str) -> Location | None:
        """Give the place of a key of `book.toml`."""
        return self.settings.locations.get(key)


def check_stores(
    package: Package, settings: BookSettings, passages: Sequence[Passage], size: int
) -> Iterator[Diagnostic]:
    """Give a warning for each thing that one of the book's `stores` refuses.

    `size` is that of the whole file, in bytes.
    """
    stores = settings.epub.stores
    if not stores:
        return
    book = Book(package, settings, Places(package, passages), size)
    for store in stores:
        demands = DEMANDS[store]
        for rule in RULES:
            for fault in rule(book, demands):
                message = f"{NAMES[store]}: {fault.message}"
                yield warning(CODES[store], message, fault.at, fault.hint)
        if store is Store.KINDLE:
            for fault in _tables_in_tables(book):
                yield warning(CODES[store], f"Kindle: {fault.message}", fault.at, fault.hint)


def _whole(book: Book, demands: Demands) -> Iterator[Fault]:
    if book.size > demands.book:
        message = f"the e-book has {_megabytes(book.size)}, the most is {_megabytes(demands.book)}"
        yield Fault(message, None, 'set "image-bytes" in [epub] lower')


def _cover(book: Book, demands: Demands) -> Iterator[Fault]:
    at = book.at("cover.image")
    item = next((i for i in book.package.items if "cover-image" in i.properties), None)
    if item is None:
        yield Fault("there is no cover", at, f'give "image" in [cover]; {GOOD_COVER}')
        return
    picture = look_at(book.package.files.get(item.name, b""))
    if picture is None or picture.kind not in ("jpg", "png"):
        yield Fault("the cover is no JPEG or PNG", at, f"save it as a JPEG; {GOOD_COVER}")
        return
    short, long = sorted((picture.width, picture.height))
    if short < demands.cover[0] or long < demands.cover[1]:
        message = f"the cover has {picture.width} by {picture.height} pixels"
        least = f"at least {demands.cover[0]} by {demands.cover[1]} are asked for"
        yield Fault(f"{message}, {least}", at, GOOD_COVER)


def _images(book: Book, demands: Demands) -> Iterator[Fault]:
    for item in book.package.items:
        content = book.package.files.get(item.name, b"")
        if not item.media_type.startswith("image/") or "cover-image" in item.properties:
            continue
        at = book.places.of_image(item.name)
        if len(content) > demands.image:
            message = f"an image has {_megabytes(len(content))}"
            most = f"the most is {_megabytes(demands.image)}"
            yield Fault(f"{message}, {most}", at, 'set "image-bytes" in [epub]')
        if item.media_type == "image/svg+xml":
            yield from _drawing(book, item, at)
        elif picture := look_at(content):
            yield from _picture(picture, at, demands)


def _picture(picture: Picture, at: Location | None, demands: Demands) -> Iterator[Fault]:
    if picture.kind in demands.refused:
        yield Fault(f"an image is a {picture.kind.upper()}", at, "save it as a JPEG or PNG")
    if picture.moves:
        yield Fault("an image moves", at, "give a still one, or a series")
    elif picture.is_clear:
        yield Fault("an image can be seen through", at, "give it a white ground")
    if picture.is_cmyk:
        yield Fault("an image has the colours of print (CMYK)", at, "save it in sRGB")


def _drawing(book: Book, item: Item, at: Location | None) -> Iterator[Fault]:
    tree = book.package.trees.get(item.name)
    names = {e.tag.rpartition("}")[2] for e in tree.iter()} if tree is not None else set()
    if names & MOVING:
        yield Fault("a drawing moves", at, "give a still one")


def _documents(book: Book, demands: Demands) -> Iterator[Fault]:
    for name, tree in book.package.trees.items():
        images = [image.get("src", "") for image in tree.iter(f"{XHTML}img")]
        held = sum(len(book.package.files.get(resolve(name, one), b"")) for one in set(images))
        size = len(book.package.files[name])
        if size + held > demands.document and name.endswith(".xhtml"):
            message = f"{name} has {_megabytes(size + held)} with its images"
            hint = f'the most is {_megabytes(demands.document)}: set "document-bytes" in [epub]'
            yield Fault(message, book.places.of_document(name), hint)
        for element in tree.iter():
            tag = element.tag.removeprefix(XHTML)
            if tag in LIVE:
                at = book.places.of_words(name, element)
                yield Fault(f"<{tag}> does nothing", at, "say it in words")


def _tables(book: Book, demands: Demands) -> Iterator[Fault]:
    for name, table in _all_tables(book):
        columns = max((_columns(row) for row in table.iter(f"{XHTML}tr")), default=0)
        if columns > demands.columns:
            message = f"a table has {columns} columns"
            hint = f"more than {demands.columns} cannot be read on a small screen: part the table"
            yield Fault(message, book.places.of_words(name, table), hint)


def _tables_in_tables(book: Book) -> Iterator[Fault]:
    for name, table in _all_tables(book):
        if any(inner is not table for inner in table.iter(f"{XHTML}table")):
            at = book.places.of_words(name, table)
            yield Fault("a table stands in a table", at, "part them")


def _all_tables(book: Book) -> Iterator[tuple[str, Element]]:
    for name, tree in book.package.trees.items():
        for table in tree.iter(f"{XHTML}table"):
            yield name, table


def _columns(row: Element) -> int:
    spans = (cell.get("colspan", "1") for cell in row)
    return sum(int(span) if span.isdigit() else 1 for span in spans)


def _contents(book: Book, demands: Demands) -> Iterator[Fault]:
    for tree in book.package.trees.values():
        if (tree.tag == f"{NCX}ncx") and (top := tree.find(f"{NCX}navMap")) is not None:
            levels = _levels(top)
            if levels > demands.levels:
                message = f"the contents have {levels} levels, {demands.levels} are shown"
                depth = book.settings.contents.epub_depth - (levels - demands.levels)
                hint = f'set "epub-depth" in [contents] to {max(1, depth)}'
                yield Fault(message, book.at("contents.epub-depth"), hint)


def _levels(point: Element) -> int:
    return max((1 + _levels(inner) for inner in point.findall(f"{NCX}navPoint")), default=0)


def _styles(book: Book, _demands: Demands) -> Iterator[Fault]:
    for item in book.package.items:
        if item.media_type == "text/css":
            sheet = book.package.files.get(item.name, b"").decode("utf-8", "replace")
            for fault in faults_of_style(sheet):
                yield _style_fault(fault, None)
    for name, tree in book.package.trees.items():
        for element in tree.iter():
            if style := element.get("style"):
                at = book.places.of_words(name, element)
                for fault in faults_of_style(f"{element.tag.rpartition('}')[2]}{{{style}}}"):
                    yield _style_fault(fault, at)


def _style_fault(fault: CssFault, at: Location | None) -> Fault:
    where = f"in the style of “{fault.selector}”: {fault.declaration}"
    return Fault(where, at, fault.hint)


def _fonts(book: Book, demands: Demands) -> Iterator[Fault]:
    for item in book.package.items:
        kind = item.name.rpartition(".")[2]
        if item.media_type.startswith("font/") and kind in demands.refused:
            yield Fault(f"{item.name} is a font in {kind.upper()}", None, "give it as OTF or TTF")


def _megabytes(size: int) -> str:
    return f"{size / MB:.1f} MB"


RULES: tuple[Callable[[Book, Demands], Iterator[Fault]], ...] = (
    _whole,
    _cover,
    _images,
    _documents,
    _tables,
    _contents,
    _styles,
    _fonts,
)
