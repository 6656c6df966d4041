"""Let a line end where it is full, where the engine would end it elsewhere.

It ends a line after its first word where all the words before an element in the line fit, but not
the space between them and it. And it ends none at all before elements that begin with a full stop
or the like, such as the names in “`.map`, `.filter`, `.take`”: it follows the Unicode rule that no
line begins so, even after a space (https://www.unicode.org/reports/tr14/#LB13).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import inline

from chapbook.typeset.galley.swap import swapped

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

    engine_can_break = inline.can_break_text

    def can_break(text: str, language: str) -> Any:
        """Whether a line may end between the two signs of `text`, where an element begins."""
        return (len(text) == 2 and text[0] == " ") or engine_can_break(text, language)

    with swapped((inline, "split_first_line", split), (inline, "can_break_text", can_break)):
        yield


def _may_fit(text: str, style: Any, width: float | None) -> bool:
    return (
        width is not None
        and text.endswith(" ")
        and bool(text.strip(" "))
        and style["white_space"] in COLLAPSING
        and len(text) * style["font_size"] <= width * MOST_IN_AN_EM
    )
