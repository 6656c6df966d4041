# ruff: noqa: RUF001  # the signs that look alike are the matter here
"""Turns the LaTeX in the fields of BibTeX into text with the markup of CSL-JSON."""

import re
import unicodedata

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331",
}  # fmt: skip
SIGNS = {
    "ss": "ß", "SS": "ẞ", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø",
    "aa": "å", "AA": "Å", "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð",
    "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "S": "§", "P": "¶",
    "pounds": "£", "euro": "€", "copyright": "©", "dots": "…", "ldots": "…", "textellipsis": "…",
    "textendash": "\u2013", "textemdash": "—", "textquoteright": "\u2019", "quotedblbase": "„",
    "textquotedblleft": "“", "textquotedblright": "”", "textbackslash": "\\",
    "textasciitilde": "~", "textunderscore": "_", "guillemotleft": "«", "guillemotright": "»",
    "LaTeX": "LaTeX", "TeX": "TeX", "textregistered": "®", "texttrademark": "™", "textdegree": "°",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "mu": "μ", "times": "×", "pi": "π",
}  # fmt: skip
MARKUP = {
    "emph": "i", "textit": "i", "textsl": "i", "mkbibemph": "i", "textbf": "b", "mkbibbold": "b",
    "textsuperscript": "sup", "textsubscript": "sub",
}  # fmt: skip
QUOTING = {"enquote", "mkbibquote"}
SMALL_CAPS = '<span style="font-variant:small-caps;">'
NO_CASE = '<span class="nocase">'
TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]+)[ \t\n]*|\\(?P<sign>[^A-Za-z])|(?P<open>\{)|(?P<close>\})|(?P<math>\$)"
    r"|(?P<text>[^\\{}$]+|\\)"
)
LIGATURES = (("---", "—"), ("--", "\u2013"), ("``", "“"), ("''", "”"), ("~", "\u00a0"))
DEEPEST = 50


def plain(latex: str) -> str:
    """Give the text without any markup."""
    return re.sub(r"<[^<>]*>", "", marked(latex)).replace("&lt;", "<").replace("&gt;", ">")


def marked(latex: str) -> str:
    """Give the text with the tags of CSL-JSON; what stands in braces keeps its capitals.

    What looks like a tag is none: its brackets are `&lt;` and `&gt;`.
    """
    text = _Reader(latex.replace("<", "\ufdd0").replace(">", "\ufdd1")).read(0)
    text = unicodedata.normalize("NFC", text)
    return " ".join(text.split(" ")).replace("\ufdd0", "&lt;").replace("\ufdd1", "&gt;").strip()


class _Reader:
    def __init__(self, latex: str) -> None:
        self.tokens = list(TOKEN.finditer(" ".join(latex.split())))
        self.here = 0

    def read(self, depth: int) -> str:
        """Read up to the brace that closes, or to the end."""
        pieces: list[str] = []
        while self.here < len(self.tokens):
            token = self.tokens[self.here]
            self.here += 1
            if token["close"]:
                if depth:
                    break
            elif token["open"]:
                pieces.append(self._group(depth))
            elif token["text"] is not None:
                pieces.append(_ligatures(token["text"]))
            elif not token["math"]:
                pieces.append(self._command(token["word"] or "", token["sign"] or "", depth))
        return "".join(pieces)

    def _group(self, depth: int) -> str:
        if depth >= DEEPEST:
            return ""
        first = self.tokens[self.here] if self.here < len(self.tokens) else None
        is_accent = first is not None and (first["word"] or first["sign"]) is not None
        inside = self.read(depth + 1)
        is_kept = not is_accent and any(c.isupper() for c in inside) and "<" not in inside
        return f"{NO_CASE}{inside}</span>" if is_kept and not depth else inside

    def _argument(self, depth: int) -> str:
        """Read what a command works on: a group, a command, or one character."""
        if self.here >= len(self.tokens) or depth >= DEEPEST:
            return ""
        token = self.tokens[self.here]
        if token["open"]:
            self.here += 1
            return self.read(depth + 1)
        if token["text"] is not None:
            return self._character(token["text"].lstrip())
        if token["word"] or token["sign"]:
            self.here += 1
            return self._command(token["word"] or "", token["sign"] or "", depth + 1)
        return ""

    def _character(self, text: str) -> str:
        rest = TOKEN.match(text[1:])
        if rest is None:
            self.here += 1
        else:
            self.tokens[self.here] = rest
        return text[:1]

    def _command(self, word: str, sign: str, depth: int) -> str:
        if (word or sign) in ACCENTS:
            return _accented(self._argument(depth), ACCENTS[word or sign])
        if sign:
            return {"-": "", "/": "", "\\": " ", " ": " "}.get(sign, sign)
        if word in SIGNS:
            return SIGNS[word]
        if word in MARKUP:
            return f"<{MARKUP[word]}>{self._argument(depth)}</{MARKUP[word]}>"
        if word in QUOTING:
            return f"“{self._argument(depth)}”"
        if word == "textsc":
            return f"{SMALL_CAPS}{self._argument(depth)}</span>"
        if word == "href":
            self._argument(depth)
        return ""


def _accented(base: str, accent: str) -> str:
    base = {"ı": "i", "ȷ": "j"}.get(base, base)
    return unicodedata.normalize("NFC", base[:1] + accent + base[1:])


def _ligatures(text: str) -> str:
    for written, sign in LIGATURES:
        text = text.replace(written, sign)
    return text
