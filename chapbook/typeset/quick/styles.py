"""Look up what a style says of most properties, where nothing but the default is said."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from weasyprint import css
from weasyprint.css import ComputedStyle, computed_values, units
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.layout import inline
from weasyprint.text import line_break

from chapbook.typeset.galley.swap import swapped

# These the engine computes in ways of their own.
SPECIAL = frozenset({"display", "float", "page", "position"})
PROPAGATED = "text_decoration_"


def _names_of(key: str) -> tuple[str, ...]:
    """Give the names that a property goes by in a style sheet: margin_left, margin_inline_start."""
    logical = PHYSICAL_FUNCTIONS.get(key)
    if logical is None:
        return (key,)
    return (key, *{logical(block="ttb", inline=inline): None for inline in ("ltr", "rtl")})


def _common(keys: Any) -> Mapping[str, tuple[str, ...]]:
    """Give the names of each property whose default needs no computing."""
    return {
        key: _names_of(key)
        for key in sorted(keys)
        if key not in SPECIAL and not key.startswith(PROPAGATED)
    }


PASSED_ON = _common(INHERITED)
INITIAL = _common(INITIAL_VALUES.keys() - INHERITED - INITIAL_NOT_COMPUTED)


@contextmanager
def quick_styles() -> Iterator[None]:
    """While the block runs, look up defaults so; and measure the line of a style once."""
    engine_missing = ComputedStyle.__missing__
    engine_strut = line_break.strut
    struts: dict[int, tuple[Any, Any]] = {}

    def missing(style: Any, key: str) -> Any:
        """Give the computed value of a property that was not asked for before."""
        names = INITIAL.get(key)
        if names is not None:
            if style.cascaded.keys().isdisjoint(names):
                value = style[key] = INITIAL_VALUES[key]
                return value
        elif (names := PASSED_ON.get(key)) is not None:
            parent = style.parent_style
            if parent is not None and style.cascaded.keys().isdisjoint(names):
                value = parent[key]
                if not check_math(value):
                    style[key] = value
                    return value
        return engine_missing(style, key)

    def strut(style: Any) -> Any:
        """Give (height, baseline) of an empty line in a style."""
        known = struts.get(id(style))
        if known is None:
            known = struts[id(style)] = style, engine_strut(style)
        return known[1]

    with swapped(
        (css.ComputedStyle, "__missing__", missing),
        (line_break, "strut", strut),
        (inline, "strut", strut),
        (units, "strut", strut),
        (computed_values, "strut", strut),
    ):
        yield
