"""Measure the narrowest a text can be without setting the whole of it for each of its words.

The engine needs this for the cells of tables. It asks for the first line of what is left, again
and again, and each time sets all that is left: a cell of a thousand words takes minutes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import preferred

from chapbook.typeset.galley.swap import swapped

AHEAD = 48  # letters: the first line, which is a word, does not depend on what comes after them


@contextmanager
def narrow_measures() -> Iterator[None]:
    """While the block runs, look only so far ahead."""
    engine_split = preferred.split_first_line

    def split(text: str, style: Any, context: Any, width: Any, *rest: Any, **named: Any) -> Any:
        """Give (layout, length, resume index, …) of the first line, as the engine would."""
        if width == 0 and len(text) > 2 * AHEAD:
            end = text.find(" ", AHEAD, 2 * AHEAD)
            near = text[: end if end > 0 else 2 * AHEAD]
            result = engine_split(near, style, context, width, *rest, **named)
            if result[2] is not None and result[2] <= len(text[: AHEAD // 2].encode()):
                return result
        return engine_split(text, style, context, width, *rest, **named)

    with swapped((preferred, "split_first_line", split)):
        yield
