"""Markup on its way through the library: a sign for each tag, so that no tag is taken for text.

All signs are Unicode noncharacters, which no text of a work holds.
"""

import re
from html import escape

from citeproc.string import MixedString, NoCase, String

# The sign that opens, the sign that closes, the tag in XHTML.
TAGS = {
    "i": ("\ufdd0", "\ufdd1", "<i>", "</i>"),
    "b": ("\ufdd2", "\ufdd3", "<b>", "</b>"),
    "sup": ("\ufdd4", "\ufdd5", "<sup>", "</sup>"),
    "sub": ("\ufdd6", "\ufdd7", "<sub>", "</sub>"),
    "sc": ("\ufdd8", "\ufdd9", '<span class="small-caps">', "</span>"),
    "u": ("\ufdda", "\ufddb", "<u>", "</u>"),
}
LINK, LINK_END = "\ufddc", "\ufddd"
SIGN = "[\ufdd0-\ufdef]"
OPENING = {opens: (closes, start, end) for opens, closes, start, end in TAGS.values()}
CLOSING = {closes for _, closes, _, _ in TAGS.values()}

_RICH = re.compile(
    r"<(?P<tag>i|b|sup|sub)>|</(?P<end>i|b|sup|sub)>|<span class=\"nocase\">(?P<kept>[^<]*)</span>"
    r"|<span style=\"font-variant: ?small-caps;?\">(?P<small>[^<]*)</span>"
)
# A tag, or straight quotation marks around words.
_STRAIGHT = re.compile(r"(<[a-z/][^<>]*>)|(?<![\w\"])\"(?=\S)((?:<[^<>]*>|[^\"<])*)\"")


def rich(text: str) -> MixedString:
    """Read a field of CSL-JSON: its markup becomes signs, what keeps its capitals is `NoCase`."""
    text = _STRAIGHT.sub(lambda m: m[1] or f"“{m[2]}”", re.sub(SIGN, "", text))
    text = text.replace("...", "…").replace("'", "’")  # noqa: RUF001
    made = MixedString()
    end = 0
    for match in _RICH.finditer(text):
        made = _with(made, text[end : match.start()], String)
        if match["tag"]:
            made = _with(made, TAGS[match["tag"]][0], NoCase)
        elif match["end"]:
            made = _with(made, TAGS[match["end"]][1], NoCase)
        elif match["small"] is not None:
            made = _with(made, f"{TAGS['sc'][0]}{match['small']}{TAGS['sc'][1]}", NoCase)
        else:
            made = _with(made, match["kept"], NoCase)
        end = match.end()
    return _with(made, text[end:], String)


def _with(made: MixedString, text: str, kind: type[String]) -> MixedString:
    # The library's own sum would drop spaces and stops at the seam.
    text = text.replace("&lt;", "<").replace("&gt;", ">")
    return MixedString([*list(made), kind(text)]) if text else made


class Formatter:
    """What the library marks text with."""

    @staticmethod
    def preformat(text: object) -> str:
        """Give text as it is: it is escaped at the end."""
        return str(text)

    @staticmethod
    def _wrap(tag: str, text: object) -> String:
        return String(f"{TAGS[tag][0]}{text}{TAGS[tag][1]}")

    def Italic(self, text: object) -> String:  # noqa: N802
        """Mark as italic."""
        return self._wrap("i", text)

    Oblique = Italic

    def Bold(self, text: object) -> String:  # noqa: N802
        """Mark as bold."""
        return self._wrap("b", text)

    def Light(self, text: object) -> String:  # noqa: N802
        """Leave as it is."""
        return String(text)

    def Underline(self, text: object) -> String:  # noqa: N802
        """Mark as underlined."""
        return self._wrap("u", text)

    def Superscript(self, text: object) -> String:  # noqa: N802
        """Mark as raised."""
        return self._wrap("sup", text)

    def Subscript(self, text: object) -> String:  # noqa: N802
        """Mark as lowered."""
        return self._wrap("sub", text)

    def SmallCaps(self, text: object) -> String:  # noqa: N802
        """Mark as small capitals."""
        return self._wrap("sc", text)


def bare(text: str) -> str:
    """Give a text without its signs."""
    return re.sub(SIGN, "", text)


def to_xhtml(text: str, addresses: tuple[str, ...] = ()) -> str:
    """Write a text with its signs as XHTML; each link in it leads to the next of the addresses."""
    pieces: list[str] = []
    open_: list[tuple[str, str]] = []
    left = list(addresses)
    for part in re.split(f"({SIGN})", text):
        if part in OPENING:
            closes, start, end = OPENING[part]
            open_.append((closes, end))
            pieces.append(start)
        elif part == LINK:
            address = left.pop(0) if left else ""
            open_.append((LINK_END, "</a>" if address else ""))
            if address:
                pieces.append(f'<a class="biblioref" href="{escape(address)}">')
        elif part in CLOSING or part == LINK_END:
            pieces += _close(part, open_)
        else:
            pieces.append(escape(part, quote=False))
    return "".join((*pieces, *(end for _, end in reversed(open_))))


def _close(sign: str, open_: list[tuple[str, str]]) -> list[str]:
    """Close what a sign ends, and all that was opened in it."""
    if sign not in [closes for closes, _ in open_]:
        return []
    pieces = []
    while open_:
        closes, end = open_.pop()
        pieces.append(end)
        if closes == sign:
            break
    return pieces
