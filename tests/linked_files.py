"""Links books that were laid out by hand, and reads what came of it."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from chapbook.cache import Cache
from chapbook.finish import finish_pdf
from chapbook.laid import Typeset
from chapbook.settings import Edition
from tests.laid_books import publication


def linked(laid: Typeset, edition: Edition = Edition.SCREEN, cache: Cache | None = None) -> bytes:
    """Link a book; without a cache from nothing."""
    return finish_pdf(laid, publication(edition), cache or Cache(None))


def opened(laid: Typeset, edition: Edition = Edition.SCREEN) -> Any:
    """Link a book and open the file."""
    return pikepdf.open(io.BytesIO(linked(laid, edition)))


def content(element: Any) -> list[Any]:
    """Give what a structure element holds."""
    kids = element.get("/K", pikepdf.Array())
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def tree(element: Any) -> str:
    """Write down a structure element and all in it: `P(Link(! .))`, `.` a mark, `!` a link."""
    if not isinstance(element, pikepdf.Dictionary) or "/MCID" in element:
        return "."
    if element.get("/Type") == "/OBJR":
        return "!"
    return f"{str(element.S)[1:]}({' '.join(tree(kid) for kid in content(element))})"


def elements(pdf: Any) -> Iterator[Any]:
    """Give every structure element, in order."""
    stack = list(reversed(content(pdf.Root.StructTreeRoot)))
    while stack:
        item = stack.pop()
        if isinstance(item, pikepdf.Dictionary) and "/S" in item:
            yield item
            stack += reversed(content(item))


def annotations(pdf: Any) -> list[Any]:
    """Give the annotations of all pages."""
    return [one for page in pdf.pages for one in page.get("/Annots", [])]


def destinations(pdf: Any) -> dict[str, tuple[int, list[float]]]:
    """Give the page, from 1, and the point of every name."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    found = pikepdf.NameTree(pdf.Root.Names.Dests)
    return {
        name: (pages[place[0].objgen], [float(place[2]), float(place[3])])
        for name, place in found.items()
    }


def pictures(pdf: Any) -> list[bytes]:
    """Give the bytes of every picture that is in the file."""
    found = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
    return [one.read_raw_bytes() for one in found if one.get("/Subtype") == "/Image"]
