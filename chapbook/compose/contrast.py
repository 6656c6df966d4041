"""Compute whether text can be read on its ground, by day and by night.

A reader may turn the page dark: text of a fixed colour then stands on black, and a fixed ground
under white text. So a rule that sets but one of the two must do on both.
https://www.w3.org/TR/WCAG22/#contrast-minimum
"""

import re
from collections.abc import Iterator, Mapping

ENOUGH = 4.5
Colour = tuple[float, float, float, float]  # red, green, blue, how opaque; 0 to 1

WHITE: Colour = (1.0, 1.0, 1.0, 1.0)
BLACK: Colour = (0.0, 0.0, 0.0, 1.0)
# https://www.w3.org/TR/css-color-4/#named-colors, those of HTML 4.
NAMED = {
    "black": "#000", "silver": "#c0c0c0", "gray": "#808080", "grey": "#808080", "white": "#fff",
    "maroon": "#800000", "red": "#f00", "purple": "#800080", "fuchsia": "#f0f", "green": "#008000",
    "lime": "#0f0", "olive": "#808000", "yellow": "#ff0", "navy": "#000080", "blue": "#00f",
    "teal": "#008080", "aqua": "#0ff", "orange": "#ffa500",
}  # fmt: skip
LEFT_TO_THE_READER = frozenset(
    {"inherit", "initial", "unset", "revert", "currentcolor", "transparent", "none", "canvas"}
    | {"canvastext", "linktext"}
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
NOT_TEXT = re.compile(r"(?:^|[\s>+~])(?:img|svg|hr|picture)(?:[.:#\[][^\s>+~]*)?$")
HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
RGB = re.compile(r"rgba?\(([^()]*)\)")
FIXED_SIZE = re.compile(r"(?:^|[\s:])\.?\d[\d.]*(?:px|pt|pc|cm|mm|in|q)\b")
SIZES = ("font-size", "line-height", "font")


def faults_of_style(style: str) -> tuple[str, ...]:
    """Name the rules of a style sheet under which text may not be read, each with its figure."""
    return tuple(
        fault
        for selector, declarations in _rules(style)
        for fault in faults_of_rule(selector, declarations)
    )


def faults_of_rule(selector: str, declarations: str) -> Iterator[str]:
    """Judge one rule; what cannot be computed counts as a fault."""
    said = _declared(declarations)
    subjects = [one.strip() for one in selector.split(",")]
    if all(NOT_TEXT.search(subject) for subject in subjects):
        return
    text = said.get("color") or said.get("-webkit-text-fill-color")
    ground = said.get("background-color") or said.get("background")
    shown = " ".join(selector.split())
    try:
        contrast = _contrast(text and read_colour(text), ground and read_colour(ground))
    except ValueError as fault:
        yield f"{shown}: the colour “{fault}” cannot be judged"
        return
    if contrast < ENOUGH:
        yield f"{shown}: the contrast of text and ground can be {contrast:.1f}, less than {ENOUGH}"


def yields(style: str) -> bool:
    """Whether the reader's own size of type and colours hold: no rule fixes any of them."""
    return not any(
        (name == "color" and value not in LEFT_TO_THE_READER)
        or (name in SIZES and FIXED_SIZE.search(value))
        or (name in (*SIZES, "color", "background") and "!important" in value)
        for _, declarations in _rules(style)
        for name, value in _declared(declarations).items()
    )


def contrast(one: Colour, other: Colour) -> float:
    """Give the ratio of two opaque colours, from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def read_colour(written: str) -> Colour | None:
    """Read a colour of CSS; None where it is left to the reader. Raises ValueError with others."""
    value = written.removesuffix("!important").strip()
    if value in LEFT_TO_THE_READER:
        return None
    value = NAMED.get(value, value)
    if found := HEX.fullmatch(value):
        digits = found[1] if len(found[1]) > 4 else "".join(2 * digit for digit in found[1])
        parts = [int(digits[at : at + 2], 16) / 255 for at in range(0, len(digits), 2)]
        return _opaque(parts)
    if found := RGB.fullmatch(value):
        given = [part for part in re.split(r"[\s,/]+", found[1].strip()) if part]
        if len(given) in (3, 4) and all(re.fullmatch(r"\d*\.?\d+%?", part) for part in given):
            return _opaque([_share(part, at) for at, part in enumerate(given)])
    raise ValueError(written)


def _opaque(parts: list[float]) -> Colour:
    red, green, blue, alpha = (*parts, 1.0)[:4]
    return red, green, blue, alpha


def _share(part: str, place: int) -> float:
    if part.endswith("%"):
        return float(part[:-1]) / 100
    return float(part) / (255 if place < 3 else 1)


def _contrast(text: Colour | str | None, ground: Colour | str | None) -> float:
    """Give the least contrast, whether the page is white or black."""
    least = 21.0
    for paper, ink in ((WHITE, BLACK), (BLACK, WHITE)):
        under = _over(ground, paper) if isinstance(ground, tuple) else paper
        above = _over(text, under) if isinstance(text, tuple) else ink
        least = min(least, contrast(above, under))
    return least


def _over(colour: Colour, ground: Colour) -> Colour:
    red, green, blue = (
        colour[3] * a + (1 - colour[3]) * b for a, b in zip(colour[:3], ground[:3], strict=True)
    )
    return red, green, blue, 1.0


def _luminance(colour: Colour) -> float:
    """Compute it as https://www.w3.org/TR/WCAG22/#dfn-relative-luminance says."""
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rules(style: str) -> Iterator[tuple[str, str]]:
    """Give selector and declarations of each rule, also of those inside an at-rule."""
    for found in RULE.finditer(COMMENT.sub(" ", style)):
        selector = found[1].rpartition(";")[2].strip()
        if not selector.startswith("@"):
            yield selector, found[2]


def _declared(declarations: str) -> Mapping[str, str]:
    pairs = (one.partition(":") for one in declarations.split(";"))
    return {name.strip().lower(): " ".join(value.lower().split()) for name, _, value in pairs}
