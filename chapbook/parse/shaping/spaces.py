# ruff: noqa: RUF001  # the signs that look alike are the matter here
"""Spaces at which no line ends: before units, after initials, inside guillemets, by language.

A space that the author wrote is made one of another kind; only where a language sets its signs off,
and in abbreviations that it parts, is one added.
"""

import re
from collections.abc import Callable, Iterable, Iterator
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
ANY_SPACE = f"[ \\n{NO_BREAK}{THIN}\u2009]"
DIGIT = r"\d"
LETTER = re.compile(r"[^\W\d_]{1,2}\.")
# Dashes between words, and one that begins what somebody says; dots for what is left out.
DASHES_AND_DOTS = (
    rf"(?<=\S{ROOM})(?=[–—](?:{ROOM}|$))",
    rf"(?<=\A[–—]{ROOM})(?=\S)",
    rf"(?<=[\w,;]{ROOM})(?=…(?:[\s.,;:!?»”’)\]]|$))",
)


class Edit(NamedTuple):
    """Other text in the place of a stretch of a row."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Spacing:
    """The rules of one language: `held` finds spaces, each group of it stands for one of `kinds`."""

    held: re.Pattern[str]
    kinds: tuple[str, ...]
    parted: re.Pattern[str] | None
    part: str
    signs: re.Pattern[str] | None
    before: dict[str, str]
    guillemets: re.Pattern[str] | None
    inside: str

    def edits(self, text: str) -> Iterator[Edit]:
        """Give all that is to be changed in a row."""
        for match in self.held.finditer(text):
            yield Edit(*match.span(), self.kinds[(match.lastindex or 1) - 1])
        for pattern, space in (
            (self.parted, lambda _: self.part),
            (self.signs, lambda match: self.before[match[2][0]]),
            (self.guillemets, lambda _: self.inside),
        ):
            yield from _spaced(pattern, space, text)


def _spaced(
    pattern: re.Pattern[str] | None, space: Callable[[re.Match[str]], str], text: str
) -> Iterator[Edit]:
    if pattern is not None:
        for match in pattern.finditer(text):
            yield Edit(*match.span(1), space(match))


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
            while waiting and waiting[0].start <= end:
                edit = waiting.pop(0)
                if done <= edit.start and edit.end <= end and edit.start >= start:
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
    rules = [rule for rule in _rules(language) if rule[0]]
    signs = "".join(re.escape(sign) for sign in language.before_signs)
    before = rf"(?<=[\w»”’›)\]%…{MASK}])({ANY_SPACE}?)([{signs}])(?=[;:!?]*(?:[\s»”’›)\],.…]|$))"
    inside = rf"(?:(?<=[«‹])|(?<=[^\s«‹])(?={ANY_SPACE}?[»›]))({ANY_SPACE}?)(?=\S)"
    return Spacing(
        held=re.compile(f"{ROOM}(?:{'|'.join(f'{pattern}()' for pattern, _ in rules)})"),
        kinds=tuple(kind for _, kind in rules),
        parted=_parted(language),
        part=language.abbreviation_space,
        signs=re.compile(before) if signs else None,
        before=dict(language.before_signs),
        guillemets=re.compile(inside) if language.inside_quotes else None,
        inside=language.inside_quotes,
    )


def _rules(language: Language) -> Iterator[tuple[str, str]]:
    """Give patterns of what is around a space that was just read, and what space it becomes."""
    digit = rf"(?<=\d{ROOM})"
    yield digit + _ahead(language.units), language.unit_space
    if language.after_numbers:
        yield digit + _ahead(language.after_numbers), NO_BREAK
    if language.thousands:
        groups = "|".join(rf"(?<=(?<![\d.,]){DIGIT * n}{ROOM})" for n in (1, 2, 3))
        yield rf"(?:{groups})(?=\d{{3}}(?!\d))", language.thousands
    yield from ((pattern, NO_BREAK) for pattern in _dates(language))
    yield _behind(language.before_numbers) + NUMBER, NO_BREAK
    yield _behind(language.before_names) + f"(?=[{CAPITAL}])", NO_BREAK
    for abbreviation in language.abbreviations:
        for before, after in _gaps(abbreviation):
            around = rf"(?<=(?<!\w){_loose(before)}{ROOM})(?={_loose(after)}(?!\w))"
            yield around, language.abbreviation_space
    if language.initials:
        yield rf"(?<=(?<!\w)[{CAPITAL}]\.{ROOM})(?=[{CAPITAL}][\w.’'-])", NO_BREAK
    if language.numerals:
        yield rf"(?<=[^\W\d_]{ROOM})(?=[IVX]{{2,}}(?!\w))", NO_BREAK
    if language.single_letters:
        yield rf"(?<=(?<![\w’'])[{language.single_letters}]{ROOM})(?=\S)", NO_BREAK
    yield from ((pattern, NO_BREAK) for pattern in DASHES_AND_DOTS)


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
    if not months:
        return
    endings = ["", *map(re.escape, language.day_endings)]
    days = [rf"(?<!\d){DIGIT * n}{ending}{ROOM}" for n in (1, 2) for ending in endings]
    day = "(?:" + "|".join(f"(?<={one})" for one in days) + ")"
    yield day + months
    for link in language.day_links:
        yield rf"{day}(?={re.escape(link)}{ROOM}{months})"
        yield rf"(?<=[\dº]{ANY_SPACE}{re.escape(link)}{ROOM}){months}"
    if language.month_first:
        yield _behind(language.months) + r"(?=\d{1,2}(?!\d))"


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
    return re.compile(f"({'|'.join(gaps)})")
