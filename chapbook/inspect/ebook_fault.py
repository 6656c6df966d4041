"""Something that is broken in an e-book, and the element it is broken at."""

from typing import NamedTuple
from xml.etree.ElementTree import Element


class Fault(NamedTuple):
    """What is wrong, and where: '' and None where it is of the whole.

    `line` and `column` stand for the element where a file has none: it is not well-formed.
    """

    message: str
    file: str = ""
    element: Element | None = None
    line: int = 0
    column: int = 0
