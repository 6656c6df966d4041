"""Reads the order of a book from a `SUMMARY.md`.

The format is https://rust-lang.github.io/mdBook/format/summary.html.
"""

import posixpath
import re
from dataclasses import replace
from urllib.parse import unquote

from chapbook.diagnostics import Location
from chapbook.folder import locate
from chapbook.model import Matter, PartHead, Place
from chapbook.read.listing import Listing, in_book
from chapbook.read.order import Order

_FILE_NAMES = ("SUMMARY.md", "src/SUMMARY.md")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LINE = re.compile(
    r"(?P<item>[ \t]*(?:[-*+]|\d+[.)])[ \t]+)?"
    r"\[(?:\\.|[^\\\]]|\[[^\]]*\])*\]\(\s*(?P<target><[^>\n]*>|[^)\s]*)[^)\n]*\)"
    r"|\#+[ \t]+(?P<heading>[^\n]*?)[ \t#]*$",
    re.MULTILINE,
)


def find_summary(listing: Listing, folder: str = "") -> str:
    """Give the path of the summary, in this folder if it has one; empty where there is none."""
    names = (in_book(posixpath.join(folder, _FILE_NAMES[0])), *_FILE_NAMES)
    return next((name for name in names if name in listing), "")


def summary_order(path: str, text: str) -> Order:
    """Give the order that the links of a summary make.

    Links in lists are chapters, at every depth; a heading between lists begins a part, and the
    first heading is the summary's own. Links outside of lists are front matter before the first
    list, and back matter after it. A link without a file is a draft, and is left out.
    """
    text = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    front: list[Place] = []
    body: list[Place] = []
    back: list[Place] = []
    parts: list[PartHead] = []
    has_title = False
    for line in _LINE.finditer(text):
        at = locate(path, text, line.start())
        if line["heading"]:
            if has_title or front or body:
                parts.append(PartHead(_plain(line["heading"]), "", at))
            has_title = True
        elif target := _target(path, line["target"]):
            place = Place(Matter.BODY, source=target, at=_column(at, line))
            part = len(parts) - 1 if parts else None
            if line["item"]:
                body.append(replace(place, part=part))
            elif body:
                back.append(replace(place, matter=Matter.BACK))
            else:
                front.append(replace(place, matter=Matter.FRONT))
    return _without_empty_parts(Order(tuple(front), tuple(body), tuple(back), tuple(parts)))


def _target(path: str, target: str) -> str:
    bare = unquote(target.strip("<>").partition("#")[0])
    return in_book(posixpath.join(posixpath.dirname(path), bare)) if bare else ""


def _column(at: Location, line: re.Match[str]) -> Location:
    return replace(at, column=at.column + len(line["item"] or ""))


def _plain(heading: str) -> str:
    return re.sub(r"[*_`]+|\\(?=[^\w\s])", "", heading)


def _without_empty_parts(order: Order) -> Order:
    """Drop headings that no chapter follows, such as one before the back matter."""
    used = sorted({place.part for place in order.body if place.part is not None})
    number = {part: index for index, part in enumerate(used)}
    body = tuple(
        place if place.part is None else replace(place, part=number[place.part])
        for place in order.body
    )
    return replace(order, body=body, parts=tuple(order.parts[part] for part in used))
