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


def tidy(text: str, closing: str = "") -> str:
    """Tidy a text; `closing` are the quotation marks that stops stand inside of, '' for none."""
    if closing:
        marks = "|".join(map(re.escape, closing))
        text = re.sub(rf"([,.])?((?:{SIGN})*)({marks})({S})([.,])", _inside, text)
    for pattern, better in (*RULES, *RULES):  # what one rule leaves, another may mend
        text = pattern.sub(better, text)
    return text.strip()


def _inside(match: re.Match[str]) -> str:
    stop = match[1] or match[5]
    return f"{stop}{match[2]}{match[3]}{match[4]}"
