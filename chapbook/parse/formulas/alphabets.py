"""The letters of mathematics that have signs of their own: bold, script, double-struck, …"""

import re
import unicodedata

NAMES = {
    "bold": "MATHEMATICAL BOLD",
    "italic": "MATHEMATICAL ITALIC",
    "bold-italic": "MATHEMATICAL BOLD ITALIC",
    "double-struck": "MATHEMATICAL DOUBLE-STRUCK",
    "script": "MATHEMATICAL SCRIPT",
    "bold-script": "MATHEMATICAL BOLD SCRIPT",
    "fraktur": "MATHEMATICAL FRAKTUR",
    "bold-fraktur": "MATHEMATICAL BOLD FRAKTUR",
    "sans-serif": "MATHEMATICAL SANS-SERIF",
    "bold-sans-serif": "MATHEMATICAL SANS-SERIF BOLD",
    "sans-serif-italic": "MATHEMATICAL SANS-SERIF ITALIC",
    "sans-serif-bold-italic": "MATHEMATICAL SANS-SERIF BOLD ITALIC",
    "monospace": "MATHEMATICAL MONOSPACE",
}
# The letters that Unicode had before it had whole alphabets.
OLDER = {
    "MATHEMATICAL DOUBLE-STRUCK": "DOUBLE-STRUCK",
    "MATHEMATICAL SCRIPT": "SCRIPT",
    "MATHEMATICAL FRAKTUR": "BLACK-LETTER",
}
LETTERS = re.compile("[\U0001d400-\U0001d7ff\u2102-\u2138]")
KINDS = {"LATIN CAPITAL LETTER": "CAPITAL", "LATIN SMALL LETTER": "SMALL"}
GREEK = {"GREEK CAPITAL LETTER": "CAPITAL", "GREEK SMALL LETTER": "SMALL"}


def in_alphabet(text: str, variant: str) -> str:
    """Give a text in the letters of a `mathvariant` of MathML 3, as far as there are any."""
    name = NAMES.get(variant, "")
    return "".join(_letter(char, name) for char in text) if name else text


def plain(text: str) -> str:
    """Give the usual letters that stand for those of an alphabet."""
    if text.isascii():
        return text
    return LETTERS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def _letter(char: str, alphabet: str) -> str:
    if char == "h" and alphabet == "MATHEMATICAL ITALIC":
        return "\u210e"
    full = unicodedata.name(char, "")
    for start, kind in (KINDS | GREEK).items():
        if full.startswith(f"{start} "):
            rest = f"{kind} {full.removeprefix(start).strip()}"
            return _lookup(f"{alphabet} {rest}") or _lookup(f"{OLDER.get(alphabet)} {rest}") or char
    if full.startswith("DIGIT "):
        return _lookup(f"{alphabet} {full}") or char
    return char


def _lookup(name: str) -> str:
    try:
        return unicodedata.lookup(name)
    except KeyError:
        return ""
