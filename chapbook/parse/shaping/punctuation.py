# ruff: noqa: RUF001  # the signs that look alike are the matter here
"""Smart punctuation: quotes, apostrophes, dashes and dots, by the language of the text.

Japanese, Chinese, Korean and every language that has no marks here are left as they are.
"""

import re
from xml.etree.ElementTree import Element

from chapbook.parse.shaping.prose import Run, rows
from chapbook.parse.shaping.quotation import THIN, Quotes, elided, quotes_of

SIGNS = re.compile(r"[\"']|-{2,}|\.{3,}")
OPENERS = "([{<«„“‘‚‹¿¡—–-/=" + THIN
APOSTROPHE = "’"
DASHES = {2: "–", 3: "—"}
FRENCH = ((re.compile(r" (?=[;!?»])"), THIN), (re.compile(r" (?=:(?:\s|$))"), "\u00a0"))
FRENCH_OPEN = re.compile(r"(?<=«) ")


def set_punctuation(root: Element, language: str) -> None:
    """Set the punctuation of all text that is not code."""
    for row in rows(root, language):
        _Setter(row).set()


class _Setter:
    """Sets one row; remembers which quotes are open in it."""

    def __init__(self, row: list[Run]) -> None:
        self.row = row
        self.open: list[str] = []
        self.before = ""

    def set(self) -> None:
        for place, run in enumerate(self.row):
            if run.is_prose:
                self._set_run(place, run)
            self.before = run.text[-1:] or self.before

    def _set_run(self, place: int, run: Run) -> None:
        if SIGNS.search(run.text) and (quotes := quotes_of(run.language)) is not None:
            after = "".join(other.text for other in self.row[place + 1 : place + 3])
            run.replace(self._set(run.text, after, quotes, run.language))
        if run.language.lower().partition("-")[0] == "fr":
            run.replace(_space_french(run.text))

    def _set(self, text: str, after: str, quotes: Quotes, language: str) -> str:
        pieces: list[str] = []
        end = 0
        last = self.before
        for match in SIGNS.finditer(text):
            pieces.append(text[end : match.start()])
            last = pieces[-1][-1:] or last
            follows = text[match.end() : match.end() + 8] or after[:8]
            pieces.append(self._sign(match.group(), last, follows, quotes, language))
            last = pieces[-1][-1:]
            end = match.end()
        pieces.append(text[end:])
        return "".join(pieces)

    def _sign(self, sign: str, last: str, follows: str, quotes: Quotes, language: str) -> str:
        if sign[0] == "-":
            is_option = len(sign) == 2 and not last.strip() and follows[:1].isalnum()
            return sign if is_option else DASHES.get(len(sign), sign)
        if sign[0] == ".":
            return "…" if len(sign) == 3 else sign
        opens = (not last.strip() or last in OPENERS) and bool(follows[:1].strip())
        if sign == '"':
            return self._double(last, opens, quotes)
        return self._single(last, follows, opens, quotes, language)

    def _double(self, last: str, opens: bool, quotes: Quotes) -> str:
        if opens and not (self.open[-1:] == ['"'] and quotes.open == quotes.close):
            self.open.append('"')
            return quotes.open
        if '"' not in self.open:
            # Inches, or a mark that nothing opened.
            return '"' if last.isdigit() else quotes.close
        del self.open[self.open.index('"') :]
        return quotes.close

    def _single(self, last: str, follows: str, opens: bool, quotes: Quotes, language: str) -> str:
        if last.isalnum() and follows[:1].isalnum():
            return APOSTROPHE
        if opens:
            word = re.match(r"[^\W_]*", follows)
            start = word.group() if word else ""
            is_quoted = follows[len(start) : len(start) + 1] == "'" and len(start) > 1
            if start[:1].isdigit() or (start.lower() in elided(language) and not is_quoted):
                return APOSTROPHE
            self.open.append("'")
            return quotes.inner_open
        if "'" not in self.open:
            return "'" if last.isdigit() else APOSTROPHE
        del self.open[self.open.index("'") :]
        return quotes.inner_close


def _space_french(text: str) -> str:
    for pattern, space in FRENCH:
        text = pattern.sub(space, text)
    return FRENCH_OPEN.sub(THIN, text)
