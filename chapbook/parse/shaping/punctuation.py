# ruff: noqa: RUF001  # the signs that look alike are the matter here
"""Smart punctuation: quotes, apostrophes, primes, dashes and dots, by the language of the text.

Where a language's file says that its text is to be left alone, it is.
"""

import re
from xml.etree.ElementTree import Element

from chapbook.parse.languages import Language, language_of
from chapbook.parse.shaping.prose import Run, rows
from chapbook.parse.shaping.spaces import set_spaces

SIGNS = re.compile(r"[\"']|-{2,}|\.{3,}")
OPENERS = "([{<«„“‘‚‹¿¡—–-/=\u202f\u00a0"
APOSTROPHE = "’"
PRIMES = {"'": "′", '"': "″"}
DASHES = {2: "–", 3: "—"}


def set_punctuation(root: Element, language: str) -> None:
    """Set the punctuation of all text that is not code."""
    for row in rows(root, language):
        _Setter(row).set()
        set_spaces(row)


def set_signs(text: str, language: str) -> str:
    """Set the signs of a text of its own, and leave its spaces."""
    root = Element("div")
    root.text = text
    for row in rows(root, language):
        _Setter(row).set()
    return root.text


class _Setter:
    """Sets one row; remembers which quotes are open in it, and what closes each."""

    def __init__(self, row: list[Run]) -> None:
        self.row = row
        self.open: list[tuple[str, str]] = []
        self.before = ""

    def set(self) -> None:
        for place, run in enumerate(self.row):
            if run.is_prose:
                self._set_run(place, run)
            self.before = run.text[-1:] or self.before

    def _set_run(self, place: int, run: Run) -> None:
        if SIGNS.search(run.text) and (language := language_of(run.language)) is not None:
            after = "".join(other.text for other in self.row[place + 1 : place + 3])
            run.replace(self._set(run.text, after, language))

    def _set(self, text: str, after: str, language: Language) -> str:
        pieces: list[str] = []
        end = 0
        last = self.before
        for match in SIGNS.finditer(text):
            pieces.append(text[end : match.start()])
            last = pieces[-1][-1:] or last
            follows = text[match.end() : match.end() + 8] or after[:8]
            pieces.append(self._sign(match.group(), last, follows, language))
            last = pieces[-1][-1:]
            end = match.end()
        pieces.append(text[end:])
        return "".join(pieces)

    def _sign(self, sign: str, last: str, follows: str, language: Language) -> str:
        if sign[0] == "-":
            is_option = len(sign) == 2 and not last.strip() and follows[:1].isalnum()
            return sign if is_option else DASHES.get(len(sign), sign)
        if sign[0] == ".":
            return "…" if len(sign) == 3 else sign
        opens = (not last.strip() or last in OPENERS) and bool(follows[:1].strip())
        # Behind what is elided a quotation may begin: l'"amore".
        opens = opens or (last == APOSTROPHE and sign == '"' and follows[:1].isalnum())
        if sign == '"':
            return self._double(last, opens, language)
        return self._single(last, follows, opens, language)

    def _double(self, last: str, opens: bool, language: Language) -> str:
        quotes = language.quotes
        is_open = any(sign == '"' for sign, _ in self.open)
        if opens:
            # One in another is an inner one; where none is closed, the next paragraph goes on.
            marks = (
                (quotes.inner_open, quotes.inner_close) if is_open else (quotes.open, quotes.close)
            )
            self.open.append(('"', marks[1]))
            return marks[0]
        return self._close('"', last, quotes.close)

    def _single(self, last: str, follows: str, opens: bool, language: Language) -> str:
        after = follows[:1]
        if last.isalnum() and after.isalnum() and not (last.isdigit() and after.isdigit()):
            return APOSTROPHE
        if opens:
            word = re.match(r"[^\W_]*", follows)
            start = word.group() if word else ""
            is_quoted = follows[len(start) : len(start) + 1] == "'" and len(start) > 1
            if start[:1].isdigit() or (start.lower() in language.elided and not is_quoted):
                return APOSTROPHE
            self.open.append(("'", language.quotes.inner_close))
            return language.quotes.inner_open
        return self._close("'", last, APOSTROPHE)

    def _close(self, sign: str, last: str, alone: str) -> str:
        """Close the last mark of this sign and all in it; feet and inches close none."""
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == sign:
                mark = self.open[place][1]
                del self.open[place:]
                return mark
        return PRIMES[sign] if last.isdigit() else alone
