"""Tell where a line ends from the places of the letters in the whole text.

To end one line the engine has Pango set twice as many words as the line can hold, then those that
fit and one word more, then those with each part of that word. Here a text is set but once, in one
endless strip, and each line is measured along it. Where a word would fit or not by less than a
hair, and in any text that is not plainly Latin, the engine finds out for itself.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate
from typing import Any

import pyphen
from weasyprint.layout.percent import percentage
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, pango
from weasyprint.text.line_break import get_next_word_boundaries

# Letters that stand side by side in any text; no soft hyphen, no tab, no fixed space.
PLAIN = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2015\u2018-\u201f\u2020-\u2026\u2032\u2033]*"
)
SIMPLE_WORD = re.compile("([A-Za-z]{2,})[,.;:!?)]*")
HAIR = 0.1  # of the size of the type
AHEAD = 4  # letters in an em: the engine looks so far ahead, and no further
WORD = 3  # letters that tell the end of a word from its middle

PER_GLYPH = ffi.sizeof("PangoGlyphInfo") // ffi.sizeof("int")
_breaking = ffi.new("PangoLogAttr *", {"is_line_break": 1})
LINE_BREAK = ffi.cast("unsigned int *", _breaking)[0]


class Strip:
    """A text in one line: how far from its start each of its letters stands, in Pango's units."""

    def __init__(self, text: str, line: Any) -> None:
        """Measure a line that was set."""
        self.text = text
        self.places = _places(text, line.get_first_line()[0])
        self._breaks = _breaks(text, line)
        self._ends = [self.places[_end(text, place)] for place in self._breaks]

    def width(self, start: int, end: int) -> float:
        """Give the width of a part in pixels."""
        return (self.places[end] - self.places[start]) * FROM_UNITS

    def is_joined(self, place: int) -> bool:
        """Whether a letter is one with the letter before it, as in “ffi”."""
        return place < len(self.text) and self.places[place] == self.places[place + 1]

    def fitting(self, start: int, width: float, hair: float) -> tuple[int, int, float] | None:
        """Give the last break in so wide a line, that after it, and the space that is left.

        None where it is close.
        """
        edge = self.places[start] + width * TO_UNITS
        after = bisect_right(self._ends, edge)
        if not 0 < after < len(self._breaks):
            return None
        place = self._breaks[after - 1]
        space = (edge - self._ends[after - 1]) * FROM_UNITS
        is_close = space < hair or (self._ends[after] - edge) * FROM_UNITS < hair
        return None if is_close or place <= start else (place, self._breaks[after], space)


def _places(text: str, first: Any) -> list[int]:
    """Give the place of each letter, and of the end."""
    content = text.encode()
    widths = [0] * (len(content) + 1)
    run = first.runs
    while run != ffi.NULL:
        item, string = run.data.item, run.data.glyphs
        count = string.num_glyphs
        numbers = ffi.unpack(ffi.cast("int *", string.glyphs), count * PER_GLYPH)[1::PER_GLYPH]
        clusters = ffi.unpack(string.log_clusters, count)
        after = item.offset + 1
        if clusters == list(range(item.length)):
            widths[after : after + count] = numbers
        else:
            for cluster, width in zip(clusters, numbers, strict=True):
                widths[after + cluster] += width
        run = run.next
    places = list(accumulate(widths))
    if len(content) == len(text):
        return places
    starts = accumulate((len(letter.encode()) for letter in text), initial=0)
    return [places[start] for start in starts]


def _breaks(text: str, line: Any) -> list[int]:
    """Give each place where a line may end, the end of the text among them."""
    count = len(text)
    attributes = pango.pango_layout_get_log_attrs_readonly(line.layout, ffi.NULL)
    numbers = ffi.unpack(ffi.cast("unsigned int *", attributes), count)
    return [place for place in range(1, count) if numbers[place] & LINE_BREAK] + [count]


def _end(text: str, place: int) -> int:
    while place and text[place - 1] == " ":
        place -= 1
    return place


class Ending:
    """How a line of some text in a style ends, as the engine would end it.

    `cast` sets a text in one line, and gives (line, length, None, width, height, baseline).
    """

    def __init__(self, style: Any, context: Any, cast: Callable[[str], Any]) -> None:
        """Take the style, and the context for its dictionaries."""
        self._style = style
        self._context = context
        self._cast = cast
        self._hair: float = style["font_size"] * HAIR

    def find(self, strip: Strip, start: int, width: float) -> Any:
        """Give what `cast` gives of the line from a place in a strip, with its resume index.

        None where it is close.
        """
        found = strip.fitting(start, width, self._hair)
        if found is None:
            return None
        place, after, space = found
        text = strip.text
        ahead = start + int(width / self._style["font_size"] * AHEAD)
        words = text[start:place]
        if not words.strip(" ") or after + WORD > ahead < len(text):
            return None
        # The engine counts from the second letter, and so leaves out the last, mostly a space.
        word = text[place : after - 1] if after < len(text) else text[place:]
        before = strip.width(start, place) + self._hyphen - width
        for part in self._parts(word, space, width, strip, place, before):
            if not word.startswith(part) or strip.is_joined(place + len(part)):
                return None
            over = strip.width(place, place + len(part)) + before
            if abs(over) < self._hair:
                return None
            if over < 0:
                return self._hyphenated(words + part, width)
        line, length, _, *sizes = self._cast(words.rstrip(" "))
        return (line, length, len(words.encode()), *sizes) if sizes[0] <= width else None

    def _parts(
        self, word: str, space: float, width: float, strip: Strip, place: int, before: float
    ) -> list[str]:
        """Give what of a word may stand before a hyphen, the longest first."""
        style = self._style
        language = style["lang"] and pyphen.language_fallback(style["lang"])
        if style["hyphens"] != "auto" or not language or not word.strip(" "):
            return []
        least, left, right = style["hyphenate_limit_chars"]
        shortest = min(place + left, len(strip.text))
        if len(word) < least or strip.width(place, shortest) + before > self._hair:
            return []
        zone = percentage(style["hyphenate_limit_zone"], style, width)
        start, rest = 0, word
        while rest and (bounds := _word_in(rest, language)):
            begin, end = bounds
            if end - begin >= least and space > zone:
                before_it = word[: start + begin]
                dictionary = self._dictionary(language, left, right, least)
                return [before_it + part for part, _ in dictionary.iterate(rest[begin:end])]
            start, rest = start + end, rest[end:]
        return []

    def _dictionary(self, language: str, left: int, right: int, least: int) -> Any:
        dictionaries = self._context.dictionaries
        key = language, left, right, least
        if key not in dictionaries:
            dictionaries[key] = pyphen.Pyphen(lang=language, left=left, right=right)
        return dictionaries[key]

    @property
    def _hyphen(self) -> float:
        width: float = self._cast(self._style["hyphenate_character"])[3]
        return width

    def _hyphenated(self, words: str, width: float) -> Any:
        hyphen = self._style["hyphenate_character"]
        line, length, _, *sizes = self._cast(words + hyphen)
        if sizes[0] > width:
            return None
        return line, length - len(hyphen.encode()), len(words.encode()), *sizes


def _word_in(text: str, language: str) -> Any:
    """Give the start and the end of the first word in a text, as the engine sees them."""
    simple = SIMPLE_WORD.fullmatch(text)
    return simple.span(1) if simple else get_next_word_boundaries(text, language)
