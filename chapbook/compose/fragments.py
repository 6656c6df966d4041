"""What is named in a fragment of XHTML, found without making a tree of it.

Fragments hold elements and text alone, neither comments nor the like; so `<` begins a tag.
"""

import re
from collections.abc import Iterator
from html import unescape

from chapbook.model import Division

ID = re.compile(r"id\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
TAG_SO_FAR = re.compile(r"<[^\s<>/\"'=]+(?:\s+[^\s<>/\"'=]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*+\s+")
LINK = re.compile(r"book:(?:(?<=\"book:)([^\"<]*)|(?<='book:)([^'<]*))")
CALL = re.compile(r'data-note="([^"<]*)"')
IMAGE = re.compile(r"asset:(?:(?<=\"asset:)([^\"<]*)|(?<='asset:)([^'<]*))")


def texts_of(division: Division) -> tuple[str, ...]:
    """Give the fragments of a division, in order."""
    return (division.title_xhtml, division.xhtml, *(note.xhtml for note in division.notes))


def ids_in(xhtml: str) -> Iterator[str]:
    """Give the value of every `id`, in order; one in the text of a sample is none."""
    for match in ID.finditer(xhtml):
        start = max(xhtml.rfind("<", 0, match.start()), 0)
        if TAG_SO_FAR.fullmatch(xhtml, start, match.start()):
            yield _value(match)


def links_in(xhtml: str) -> Iterator[str]:
    """Give every target in the book, without `book:`; some may be no links after all."""
    return map(_value, LINK.finditer(xhtml))


def images_in(xhtml: str) -> Iterator[str]:
    """Give the path of every image, without `asset:`; some may be no images after all."""
    return map(_value, IMAGE.finditer(xhtml))


def calls_in(xhtml: str) -> Iterator[str]:
    """Give the key of every note that is called, in order."""
    return (unescape(match[1]) for match in CALL.finditer(xhtml))


def _value(match: re.Match[str]) -> str:
    return unescape(match[1] if match[1] is not None else match[2])
