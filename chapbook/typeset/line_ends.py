"""Let a line end where it is full, where the engine would end it after its first word.

The engine does so where all the words before an element in the line fit, but not the space
between them and it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import inline

COLLAPSING = frozenset({"normal", "nowrap", "pre-line"})
MOST_IN_AN_EM = 8  # letters; what is longer is more than a line in any case


@contextmanager
def full_lines() -> Iterator[None]:
    """While the block runs, measure such words without the space."""
    engine_split = inline.split_first_line

    def split(text: str, style: Any, context: Any, width: Any, *rest: Any, **named: Any) -> Any:
        """Give (layout, length, resume index, …) of what fits; no index where all does."""
        result = engine_split(text, style, context, width, *rest, **named)
        if result[2] is None or not _may_fit(text, style, width):
            return result
        words = engine_split(text.rstrip(" "), style, context, width, *rest, **named)
        return words if words[2] is None else result

    inline.split_first_line = split
    try:
        yield
    finally:
        inline.split_first_line = engine_split


def _may_fit(text: str, style: Any, width: float | None) -> bool:
    return (
        width is not None
        and text.endswith(" ")
        and bool(text.strip(" "))
        and style["white_space"] in COLLAPSING
        and len(text) * style["font_size"] <= width * MOST_IN_AN_EM
    )
