"""What stands twice where the pieces of a reference meet, and where stops stand beside quotes."""

import re

from chapbook.cite.csl.signs import SIGN

S = f"(?:{SIGN})*"
RULES = (
    (re.compile(rf"([.!?…])({S}[”’»]?{S})\.(?!\.)"), r"\1\2"),  # noqa: RUF001
    (re.compile(rf"([,;:])({S})\1"), r"\1\2"),
    (re.compile(rf"([,;:])({S})\."), r".\2"),
    (re.compile(rf" +({S})(?=[,.;:!?)\]](?:\s|$|{SIGN}|[)\]]))"), r"\1"),
    (re.compile(rf"([(\[])({S}) +"), r"\1\2"),
    (re.compile(rf" ({S}) +"), r" \1"),
    (re.compile(rf"\({S}\)|\[{S}\]"), ""),
)  # fmt: skip


def tidy(text: str, closing: tuple[str, str] | None = None) -> str:
    """Tidy a text; stops come inside of the `closing` marks, outer and inner, where they are given.

    An inner one alone may be an apostrophe, and is left.
    """
    if closing is not None:
        outer, inner = map(re.escape, closing)
        run = f"(?:{inner}{S})?{outer}"
        text = re.sub(rf"([,.])?({S})({run})({S})([,.])", _inside, text)
    for pattern, better in (*RULES, *RULES):  # what one rule leaves, another may mend
        text = pattern.sub(better, text)
    return text.strip()


def _inside(match: re.Match[str]) -> str:
    stop = match[1] or match[5]
    return f"{stop}{match[2]}{match[3]}{match[4]}"
