"""Find a sign of a text by its number, as `PageStart` counts signs."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from chapbook.compose.markup import classes
from chapbook.compose.notes import INLINE

# Blanks, and what may stand between signs without being seen.
NO_SIGN = re.compile(r"[\s\u00ad\u200b\u2060\ufeff]+")
SIGNS = re.compile(r"[^\s\u00ad\u200b\u2060\ufeff]+")
UNCOUNTED = frozenset({"rt", "rp", "math", "svg"})
# What stands between two signs and belongs to neither word.
WITHIN_WORD = INLINE - {"br", "rp", "rt"}
JOINING = "\u00ad\u2060\u200d'\u2019"
# Scripts that are written without blanks between words: of South-East Asia, by code points.
UNSPACED = (("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"), ("\u1950", "\u19df"))
HANGUL = (("\u1100", "\u11ff"), ("\u3130", "\u318f"), ("\uac00", "\ud7af"))


@dataclass(frozen=True, slots=True)
class Run:
    """Some text as it stands: in an element, or (`is_tail`) after it.

    `is_parted`: something stands before it that ends a word.
    """

    holder: Element
    is_tail: bool
    text: str
    is_parted: bool


@dataclass(slots=True)
class Stretch:
    """A text in runs: that of one block, or all of a section that stands in no block."""

    runs: list[Run] = field(default_factory=list)

    def find(self, before: int) -> tuple[Run, int] | None:
        """Give the run, and the offset in it, of the word whose sign has so many before it.

        None where the text has no such sign.
        """
        for place, run in enumerate(self.runs):
            offset = _offset(run.text, before)
            if offset is not None:
                return self._word(place, offset)
            before -= len(NO_SIGN.sub("", run.text))
        return None

    def _word(self, place: int, offset: int) -> tuple[Run, int]:
        """Go back to where the word begins, which may be in a run before."""
        run = self.runs[place]
        found = place, offset
        following = self._letter(place, offset)
        while True:
            while offset == 0:
                if run.is_parted or place == 0:
                    return self.runs[found[0]], found[1]
                place -= 1
                run = self.runs[place]
                offset = len(run.text)
            offset -= 1
            sign = run.text[offset]
            if sign in JOINING:
                continue
            if not in_one_word(sign, following):
                return self.runs[found[0]], found[1]
            found, following = (place, offset), sign

    def _letter(self, place: int, offset: int) -> str:
        """Give the first sign from a place on that does more than join others, '.' for none."""
        for later, run in enumerate(self.runs[place:]):
            if later and run.is_parted:
                break
            for sign in run.text[0 if later else offset :]:
                if sign not in JOINING:
                    return sign
        return "."


def in_one_word(before: str, after: str) -> bool:
    """Whether a page can not begin between two signs but by parting a word."""
    return _is_lettered(before) and _is_lettered(after)


def _is_lettered(sign: str) -> bool:
    if unicodedata.category(sign)[0] not in "LMN" or _is_in(sign, UNSPACED):
        return False
    return unicodedata.east_asian_width(sign) not in "WF" or _is_in(sign, HANGUL)


def _is_in(sign: str, ranges: tuple[tuple[str, str], ...]) -> bool:
    return any(first <= sign <= last for first, last in ranges)


def _offset(text: str, before: int) -> int | None:
    """Give where in a text the sign stands that has so many before it."""
    for found in SIGNS.finditer(text):
        if before < found.end() - found.start():
            return found.start() + before
        before -= found.end() - found.start()
    return None


def stretches(section: Element) -> Mapping[str, Stretch]:
    """Give the text of each block of a section, and under '' what stands in no block."""
    found: dict[str, Stretch] = {}
    parted: set[str] = set()
    for block, run in _runs(section):
        if run is None:
            parted.add(block)
            continue
        known = Run(run.holder, run.is_tail, run.text, run.is_parted or block in parted)
        found.setdefault(block, Stretch()).runs.append(known)
        parted.discard(block)
    return found


def _runs(section: Element) -> Iterator[tuple[str, Run | None]]:
    """Give each piece of text with its block; None for what parts words there."""
    stack: list[tuple[Element, str, bool]] = [(section, "", False)]
    while stack:
        element, block, is_tail = stack.pop()
        if is_tail:
            if element.tag not in WITHIN_WORD or not _counts(element):
                yield block, None
            if element.tail:
                yield block, Run(element, True, element.tail, False)
            continue
        outer = block
        if element is not section:
            stack.append((element, outer, True))
            if not _counts(element):
                continue
            block = element.get("data-block") or block
        if element.tag not in WITHIN_WORD:
            yield block, None
        if element.text:
            yield block, Run(element, False, element.text, False)
        stack.extend((kid, block, False) for kid in reversed(element))


def _counts(element: Element) -> bool:
    names = classes(element)
    # In print, the number of a page stands for the name of a place.
    is_call = "note-call" in names or "place-name" in names
    return not is_call and element.tag not in UNCOUNTED and element.get("role") != "doc-backlink"


def is_first_in(parent: Element, element: Element) -> bool:
    """Whether an element stands in another with nothing before it."""
    return parent[0] is element and not (parent.text or "").strip()
