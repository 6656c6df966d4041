"""The reading order in a `_quarto.yml`: https://quarto.org/docs/books/book-structure.html"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape

from chapbook.diagnostics import Location
from chapbook.model import Matter, PartHead, Place, SourceFile
from chapbook.read.excerpts import HEADING, MARKUP
from chapbook.read.listing import MARKDOWN, has_suffix, in_book
from chapbook.read.order import Order
from chapbook.toml_source import KeyPath, Places, Table

Read = Callable[[str], SourceFile | None]


def quarto_order(table: Table, places: Places, read: Read) -> Order:
    """Give the order of the chapters and parts, then of the appendices, as back matter."""
    book = table.get("book")
    return _Reader(places, read).order(book if isinstance(book, dict) else {})


@dataclass(slots=True)
class _Reader:
    places: Places
    read: Read
    parts: list[PartHead] = field(default_factory=list)

    def order(self, book: Table) -> Order:
        body = tuple(self._chapters(book.get("chapters"), ("book", "chapters"), Matter.BODY))
        back = tuple(self._chapters(book.get("appendices"), ("book", "appendices"), Matter.BACK))
        return Order(body=body, back=back, parts=tuple(self.parts))

    def _chapters(
        self, listed: object, path: KeyPath, matter: Matter, part: int | None = None
    ) -> Iterator[Place]:
        for number, each in enumerate(listed if isinstance(listed, list) else ()):
            here = (*path, str(number))
            if isinstance(each, dict) and "part" in each:
                yield from self._part(each, here, matter)
                continue
            name = (each.get("file") or each.get("href")) if isinstance(each, dict) else each
            if isinstance(name, str) and name:
                yield Place(matter, source=in_book(name), part=part, at=self._place(here))

    def _part(self, part: Table, here: KeyPath, matter: Matter) -> Iterator[Place]:
        title, at = str(part["part"]), self._place((*here, "part"))
        number = None if matter is Matter.BACK else len(self.parts)
        source = self.read(in_book(title)) if has_suffix(title, MARKDOWN) else None
        if source is not None:
            heading = HEADING.search(source.text, source.body)
            words = source.front_matter.title or (heading["words"] if heading else title)
            title = unescape(MARKUP.sub("", words)).strip()
        if number is not None:
            self.parts.append(PartHead(title, "", at))
        if source is not None and _says_more(source):
            yield Place(matter, source=source.path, part=number, at=at)
        yield from self._chapters(part.get("chapters"), (*here, "chapters"), matter, number)

    def _place(self, path: KeyPath) -> Location | None:
        return self.places.get(path)


def _says_more(source: SourceFile) -> bool:
    """Whether the file of a part has more than its heading."""
    return bool(HEADING.sub("", source.text[source.body :], count=1).strip())
