"""End no line within a range of years, nor after a letter and its hyphen (e-book).

The engine may end one after every dash and hyphen, as the Unicode rules have it
(https://www.unicode.org/reports/tr14/#BA); a typesetter sends the whole to the next line.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import inline

from chapbook.typeset.galley.swap import swapped

# What a line would end with, and what the next would begin with.
ENDS = re.compile(r"(?:\d[-–]|(?<![^\W_])[^\W\d_]-)\Z")  # noqa: RUF001
BEGINS = re.compile(r"\w")
NUMBER = re.compile(r"\d")


@contextmanager
def whole_ranges() -> Iterator[None]:
    """While the block runs, send such a range to the next line, unless it is all of its line."""
    engine_split = inline.split_first_line

    def split(text: str, style: Any, context: Any, width: Any, *rest: Any, **named: Any) -> Any:
        """Give (layout, length, resume index, …) of what fits and ends well."""
        result = engine_split(text, style, context, width, *rest, **named)
        if result[2] is None or not (before := _before_parted(text, result[2])):
            return result
        words = engine_split(before.rstrip(" "), style, context, width, *rest, **named)
        if words[2] is not None:
            return result
        return *words[:2], len(before.encode()), *words[3:]

    with swapped((inline, "split_first_line", split)):
        yield


def _before_parted(text: str, end: int) -> str:
    """Give what stands before a range that the end of a line would part, '' where it parts none.

    `end` counts the bytes of the line.
    """
    line = text.encode()[:end].decode()
    ending = ENDS.search(line)
    if ending is None:
        return ""
    begins = (NUMBER if ending[0][0].isdigit() else BEGINS).match(text, len(line))
    blank = line.rfind(" ")
    return line[: blank + 1] if begins and line[:blank].strip() else ""
