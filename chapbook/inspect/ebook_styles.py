"""What in a style sheet takes the page out of a reader's hands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
FIXED = re.compile(r"\d(px|pt|pc|cm|mm|in|q)\b", re.IGNORECASE)
NEGATIVE = re.compile(r"(^|\s)-\.?\d")
TEXT_SIZES = frozenset({"font", "font-size", "line-height"})
SPACES = ("margin", "padding", "line-height")
AT_RULES = ("@font-face", "@page")


@dataclass(frozen=True, slots=True)
class CssFault:
    """A declaration that shops mind, whose it is, and what to write in its place."""

    selector: str
    declaration: str
    hint: str


def faults_of_style(sheet: str) -> Iterator[CssFault]:
    """Give what is fixed, negative, or placed by hand in a style sheet."""
    for rule in RULE.finditer(COMMENT.sub("", sheet)):
        selector = " ".join(rule[1].split())
        if selector.startswith(AT_RULES):
            continue
        declared = [one.partition(":")[::2] for one in rule[2].split(";") if ":" in one]
        pairs = [(name.strip().lower(), value.strip()) for name, value in declared]
        names = {name for name, _ in pairs}
        for name, value in pairs:
            if hint := _hint(name, value, names):
                yield CssFault(selector, f"{name}: {value}", hint)


def _hint(name: str, value: str, names: set[str]) -> str:
    if name in TEXT_SIZES and FIXED.search(value):
        return "readers choose the size: write it in em or %"
    if name.startswith(SPACES) and NEGATIVE.search(value):
        return "what is negative is cut off: write 0 or more"
    if name == "text-indent" and NEGATIVE.search(value):
        is_held = any(one.startswith(("padding", "margin")) for one in names)
        return "" if is_held else "give it a padding-left as wide"
    if name == "position" and value.lower() in ("absolute", "fixed", "sticky"):
        return "let the text flow"
    return ""
