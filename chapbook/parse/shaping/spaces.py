# ruff: noqa: RUF001  # the signs that look alike are the matter here
"""Spaces at which no line ends: before units, after initials, inside guillemets, by language.

A space that the author wrote is made one of another kind; only where a language sets its signs off,
and in abbreviations that it parts, is one added.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from chapbook.parse.languages import SPACES, Language, language_of
from chapbook.parse.shaping.prose import Run

CAPITAL = "A-ZÀ-ÖØ-ÞĄĆČĐĘĚĞİŁŃŇŐŒŘŚŠŤŮŰŹŻŽΑ-ΩА-Я"
MASK = "\ufffc"
ROOM = "[ \\n]"
NO_BREAK, THIN = SPACES["no-break"], SPACES["thin"]
NUMBER = r"(?=\d|[IVXLC]+(?!\w)|[ivxlc]+(?!\w))"
OPENING, CLOSING = "«‹", "»›"
BLANKS = (" ", "\n", NO_BREAK, THIN, "\u2009")
# After these, as after words, a sign is set off where its author left no space.
AFTER_WORDS = "»”’›)%…\ufffc"
ANY_SPACE = f"[ \\n{NO_BREAK}{THIN}\u2009]"
# A number, or one such as "19." or "XIXe".
COUNTED = rf"(?:(?<=[\dIVX]{ROOM})|(?<=\d\.{ROOM})|(?<=[IVX]e{ROOM}))"
DIGIT = r"\d"
LETTER = re.compile(r"[^\W\d_]{1,2}\.")
# Dashes between words, and one that begins what somebody says; dots for what is left out.
DASHES_AND_DOTS = (
    rf"(?=[–—](?:{ROOM}|$))(?<=\S{ROOM})",
    rf"(?<=\A[–—]{ROOM})(?=\S)",
    rf"(?=…(?:[\s.,;:!?»”’)\]]|$))(?<=[\w,;]{ROOM})",
)


class Edit(NamedTuple):
    """Other text in the place of a stretch of a row."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Spacing:
    """The rules of one language: `held` finds spaces, each group of it stands for one of `kinds`.

    `parted` finds the ends of the first parts of an abbreviation; `signs` and `marks` what is set
    off by spaces, those that open among them behind them.
    """

    held: re.Pattern[str]
    kinds: tuple[str, ...]
    parted: re.Pattern[str] | None
    part: str
    signs: re.Pattern[str] | None
    before: Mapping[str, str]
    inside: str

    def edits(self, text: str) -> Iterator[Edit]:
        """Give all that is to be changed in a row."""
        for match in self.held.finditer(text):
            yield Edit(*match.span(), self.kinds[(match.lastindex or 1) - 1])
        if self.parted is not None:
            for match in self.parted.finditer(text):
                yield Edit(match.end(), match.end(), self.part)
        if self.signs is not None:
            for match in self.signs.finditer(text):
                yield from self._set_off(text, match.start())

    def _set_off(self, text: str, place: int) -> Iterator[Edit]:
        sign = text[place]
        if sign in OPENING:
            end = place + 1 + (text[place + 1 : place + 2] in BLANKS)
            if text[end : end + 1].strip():
                yield Edit(place + 1, end, self.inside)
            return
        start = place - (text[place - 1 : place] in BLANKS)
        before = text[max(start - 1, 0) : start]
        if before in OPENING or not before.strip():
            return
        if sign in CLOSING:
            yield Edit(start, place, self.inside)
        elif start < place or before.isalnum() or before in AFTER_WORDS:
            yield Edit(start, place, self.before[sign])


def set_spaces(row: list[Run]) -> None:
    """Set the spaces of a row of runs, each by its own language."""
    languages = dict.fromkeys(run.language for run in row if run.is_prose and run.text)
    for language in languages:
        spacing = spacing_of(language)
        if spacing is not None:
            text = "".join(_seen(run) for run in row)
            _apply(row, language, dict.fromkeys(spacing.edits(text)))


def _seen(run: Run) -> str:
    """Give the text of a run, and of one that is no prose only its length."""
    return run.text if run.is_prose or run.sign else MASK * len(run.text)


def _apply(row: list[Run], language: str, edits: Iterable[Edit]) -> None:
    """Change the runs of a language; the first edit of a place counts."""
    waiting = sorted(edits, key=lambda edit: (edit.start, edit.end))
    start = 0
    for run in row:
        end = start + len(run.text)
        if run.is_prose and run.language == language:
            pieces, done = [], start
            while waiting and waiting[0].end <= end:
                edit = waiting.pop(0)
                if max(done, start) <= edit.start:
                    pieces += [run.text[done - start : edit.start - start], edit.text]
                    done = edit.end
            if pieces:
                run.replace("".join([*pieces, run.text[done - start :]]))
        while waiting and waiting[0].start < end:
            waiting.pop(0)
        start = end


@cache
def spacing_of(tag: str) -> Spacing | None:
    """Give the rules of the language of a tag, or None where its text is left alone."""
    language = language_of(tag)
    if language is None:
        return None
    rules = list(_rules(language))
    signs = "".join(re.escape(sign) for sign in language.before_signs)
    found = [rf"(?<![;:!?])[{signs}](?=[;:!?]*(?:[\s»”’›)\],.…]|$))"] if signs else []
    found += [f"[{OPENING}{CLOSING}]"] if language.inside_quotes else []
    return Spacing(
        held=re.compile(f"{ROOM}(?:{'|'.join(f'{pattern}()' for pattern, _ in rules)})"),
        kinds=tuple(kind for _, kind in rules),
        parted=_parted(language),
        part=language.abbreviation_space,
        signs=re.compile("|".join(found)) if found else None,
        before=language.before_signs,
        inside=language.inside_quotes,
    )


def _rules(language: Language) -> Iterator[tuple[str, str]]:
    """Give patterns of what is around a space that was just read, and what space it becomes.

    Each asks first for the sign before or after it: most spaces of a text are of no interest.
    """
    digit, stop = rf"(?<=\d{ROOM})", rf"(?<=\.{ROOM})"
    yield digit + _ahead(language.units), language.unit_space
    if language.after_numbers:
        yield f"{_ahead(language.after_numbers)}{COUNTED}", NO_BREAK
    if language.thousands:
        groups = "|".join(rf"(?<=(?<![\d.,]){DIGIT * n}{ROOM})" for n in (1, 2, 3))
        yield rf"(?=\d{{3}}(?!\d))(?:{groups})", language.thousands
    if language.months:
        yield from ((pattern, NO_BREAK) for pattern in _dates(language))
    yield NUMBER + _behind(language.before_numbers), NO_BREAK
    for is_short in (True, False):
        names = [name for name in language.before_names if name.endswith(".") is is_short]
        yield f"(?=[{CAPITAL}]){stop if is_short else ''}{_behind(names)}", NO_BREAK
    if language.abbreviations:
        yield stop + _abbreviated(language), language.abbreviation_space
    if language.initials:
        yield rf"{stop}(?<=(?<!\w)[{CAPITAL}]\.{ROOM})(?=[{CAPITAL}][\w.’'-])", NO_BREAK
    if language.numerals:
        yield rf"(?=[IVX]{{2,}}(?!\w))(?<=[^\W\d_]{ROOM})", NO_BREAK
    if language.single_letters:
        yield rf"(?<=(?<![\w’'])[{language.single_letters}]{ROOM})(?=\S)", NO_BREAK
    yield from ((pattern, NO_BREAK) for pattern in DASHES_AND_DOTS)


def _abbreviated(language: Language) -> str:
    """Give a pattern for the spaces in abbreviations."""
    gaps = [
        rf"(?<=(?<!\w){_loose(before)}{ROOM})(?={_loose(after)}(?!\w))"
        for abbreviation in language.abbreviations
        for before, after in _gaps(abbreviation)
    ]
    return f"(?=\\w)(?:{'|'.join(gaps)})"


def _gaps(abbreviation: str) -> Iterator[tuple[str, str]]:
    """Give what stands before and after each space of an abbreviation."""
    parts = abbreviation.split(" ")
    for place in range(1, len(parts)):
        yield " ".join(parts[:place]), " ".join(parts[place:])


def _loose(words: str) -> str:
    """Give a pattern for words whose spaces may have been set before."""
    return re.escape(words).replace("\\ ", ANY_SPACE)


def _dates(language: Language) -> Iterator[str]:
    months = _ahead(language.months)
    ends = "".join(sorted({re.escape(ending[-1]) for ending in language.day_endings}))
    endings = ["", *map(re.escape, language.day_endings)]
    days = [rf"(?<=(?<!\d){DIGIT * n}{ending}{ROOM})" for n in (1, 2) for ending in endings]
    day = rf"(?<=[\d{ends}]{ROOM})(?:{'|'.join(days)})"
    yield day + months
    for link in map(re.escape, language.day_links):
        yield rf"(?={link}{ROOM}){day}(?={link}{ROOM}{months})"
        yield rf"(?<=[\d{ends}]{ANY_SPACE}{link}{ROOM}){months}"
    if language.month_first:
        yield r"(?=\d{1,2}(?!\d))" + _behind(language.months)


def _ahead(words: Iterable[str]) -> str:
    """Give a pattern that looks for one of some words behind a place, '' where there is none."""
    longest = sorted(map(re.escape, words), key=len, reverse=True)
    return rf"(?=(?:{'|'.join(longest)})(?!\w))" if longest else ""


def _behind(words: Iterable[str]) -> str:
    """Give a pattern that looks for one of some words before the space that was just read."""
    by_length: dict[int, list[str]] = {}
    for word in words:
        by_length.setdefault(len(word), []).append(re.escape(word))
    each = [rf"(?<=(?<![\w.])(?:{'|'.join(some)}){ROOM})" for some in by_length.values()]
    return f"(?:{'|'.join(each)})" if each else "(?!)"


def _parted(language: Language) -> re.Pattern[str] | None:
    """Find the gaps of abbreviations that are written without a space: "z.B."."""
    if language.abbreviation_space != THIN:
        return None
    gaps = [
        rf"(?<=(?<![\w.]){re.escape(before.replace(' ', ''))})"
        rf"(?={re.escape(after.replace(' ', ''))}(?!\w))"
        for abbreviation in language.abbreviations
        if all(LETTER.fullmatch(part) for part in abbreviation.split(" "))
        for before, after in _gaps(abbreviation)
    ]
    return re.compile(rf"\.(?={LETTER.pattern})(?:{'|'.join(gaps)})")
