"""Plan the reading of an e-book from its own files: where to go, and what must be seen there."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

from lxml import etree

XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
FEW = 24  # letters that are looked for


@dataclass(frozen=True)
class Link:
    """A link of the book: the file it stands in, and the file and id it leads to."""

    source: str
    file: str
    id: str


class Opened:
    """An e-book, opened with a library that had no part in making it."""

    def __init__(self, epub: Path) -> None:
        with zipfile.ZipFile(epub) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        (self.opf,) = (name for name in self.files if name.endswith(".opf"))
        self.folder = posixpath.dirname(self.opf)
        names = [name for name in self.files if name.endswith(".xhtml")]
        self.pages = {posixpath.basename(n): etree.fromstring(self.files[n]) for n in names}
        (self.nav,) = (name for name, page in self.pages.items() if self._lines(page, "toc"))

    @staticmethod
    def _lines(page: etree._Element, kind: str) -> list[etree._Element]:
        return [
            link
            for nav in page.iter(f"{XHTML}nav")
            if nav.get(EPUB_TYPE) == kind
            for link in nav.iter(f"{XHTML}a")
        ]

    def lines(self, kind: str) -> list[etree._Element]:
        """Give the links of the navigation of a kind."""
        return self._lines(self.pages[self.nav], kind)

    def links(self) -> Iterator[Link]:
        """Give every link that does not leave the book."""
        for name, page in self.pages.items():
            for link in page.iter(f"{XHTML}a"):
                address = str(link.get("href"))
                if not urlsplit(address).scheme:
                    file, fragment = urldefrag(address)
                    yield Link(name, file or name, unquote(fragment))

    def has(self, link: Link) -> bool:
        """Whether what a link leads to is there."""
        page = self.pages.get(link.file)
        return page is not None and (not link.id or link.id in find(page, "//@id"))

    def chapters(self) -> list[dict[str, str]]:
        """Give the first, the middle and the last chapter of the contents."""
        lines = [a for a in self.lines("toc") if find(a, "parent::*[@class='chapter']")]
        return [self._entry(lines[n]) for n in (0, len(lines) // 2, -1)]

    def _entry(self, line: etree._Element) -> dict[str, str]:
        address = str(line.get("href"))
        page = self.pages[urldefrag(address)[0]]
        title = next(page.iter(f"{XHTML}h1"))
        begun = letters(words(title))
        text = letters(words(next(page.iter(f"{XHTML}body"))))
        start = text.index(begun)
        seen = text[start : start + len(begun) + FEW]
        return {"label": words(line), "href": address, "words": seen}

    def sights(self) -> list[dict[str, str]]:
        """Give the last figure, and the first and the last table, by their captions."""
        figures, tables = self.lines("loi"), self.lines("lot")
        return [self._sight(line) for line in (figures[-1], tables[0], tables[-1])]

    def _sight(self, line: etree._Element) -> dict[str, str]:
        file, fragment = urldefrag(str(line.get("href")))
        (figure,) = find(self.pages[file], "//*[@id=$name]", name=fragment)
        (caption,) = figure.iter(f"{XHTML}figcaption")
        return {
            "label": words(line),
            "href": f"{file}#{fragment}",
            "words": letters(words(caption))[:FEW],
        }

    def note(self) -> dict[str, Any]:
        """Give the first call of a note in the chapter whose text is longest."""
        longest = max(
            (name for name, page in self.pages.items() if find(page, "//*[@role='doc-noteref']")),
            key=lambda name: len(self.files[posixpath.join(self.folder, name)]),
        )
        page = self.pages[longest]
        call = find(page, "//*[@role='doc-noteref']")[0]
        name = urldefrag(call.get("href"))[1]
        (note,) = find(page, "//*[@id=$name]", name=name)
        (back,) = find(note, ".//*[@role='doc-backlink']")
        before = "".join(
            find(call.getparent(), "preceding-sibling::node()/descendant-or-self::text()")
        )
        (line,) = (a for a in self.lines("toc") if a.get("href") == longest)
        return {
            "chapter": self._entry(line),
            "call": f"{longest}#{call.get('id')}",
            "id": name,
            "back": urldefrag(back.get("href"))[1],
            "words": letters(words(note))[1 : FEW + 1],
            "before": letters(before)[-8:] + words(call),
        }

    def page(self) -> dict[str, str] | None:
        """Give a printed page that begins within the text, and the words that it begins with."""
        middle = self.lines("page-list")
        for line in middle[len(middle) // 2 :]:
            file, fragment = urldefrag(str(line.get("href")))
            (anchor,) = find(self.pages[file], "//*[@id=$name]", name=fragment)
            after = letters(anchor.tail or "")
            if len(after) > FEW:
                return {
                    "label": words(line),
                    "href": f"{file}#{fragment}",
                    "words": after[:FEW],
                }
        return None


def find(element: Any, query: str, **names: str) -> list[Any]:
    """Give what an XPath leads to."""
    return list(element.xpath(query, **names))


def words(element: etree._Element) -> str:
    """Give the text of an element as it is read."""
    return " ".join("".join(map(str, element.itertext())).split())


def letters(text: str) -> str:
    """Give a text without its spaces: these are the engine's own."""
    return "".join(text.replace("\xad", "").split())
