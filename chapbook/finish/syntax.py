"""The syntax of PDF: values as bytes (ISO 32000-1, 7.3)."""

import re
from collections.abc import Callable, Iterable
from urllib.parse import quote

REFERENCE = re.compile(rb"(?<![\w.])(\d+) 0 R(?!\w)")
PRINTABLE = re.compile(r"[ -~]*")
SPECIAL = re.compile(r"([\\()])")
OF_ADDRESSES = "%!#$&'()*+,/:;=?@[]~"


def number(value: float) -> bytes:
    """Write a number; to a millionth, which is far less than any printer can place."""
    if value == int(value):
        return b"%d" % int(value)
    return (b"%.6f" % value).rstrip(b"0").rstrip(b".")


def numbers(values: Iterable[float]) -> bytes:
    """Write an array of numbers."""
    return b"[%b]" % b" ".join([number(value) for value in values])


def text(words: str, is_wide: bool = False) -> bytes:
    """Write a text string: as it is where all can print it, else, or if `is_wide`, in UTF-16."""
    if PRINTABLE.fullmatch(words) and not is_wide:
        return b"(%b)" % SPECIAL.sub(r"\\\1", words).encode("ascii")
    return b"<FEFF%b>" % words.encode("utf-16-be").hex().encode("ascii")


def address(uri: str) -> bytes:
    """Write an address; other letters than those of ASCII are escaped as RFC 3986 has it."""
    return text(quote(uri, safe=OF_ADDRESSES))


def references(objects: Iterable[int]) -> bytes:
    """Write an array of references."""
    return b"[%b]" % b" ".join([b"%d 0 R" % item for item in objects])


def referred(syntax: bytes) -> list[int]:
    """Give the number of every object that some syntax refers to."""
    return [int(found) for found in REFERENCE.findall(syntax)]


def renumber(syntax: bytes, number_of: Callable[[int], int]) -> bytes:
    """Let every reference lead to another number."""
    if b" 0 R" not in syntax:
        return syntax
    return REFERENCE.sub(lambda found: b"%d 0 R" % number_of(int(found[1])), syntax)


def extended(dictionary: bytes, *entries: bytes) -> bytes:
    """Put entries into a dictionary."""
    return b"%b%b>>" % (dictionary.rstrip()[:-2], b"".join(entries))
