"""Ruby: `{漢字|かん|じ}`, a reading for each character, or `{今日|きょう}`, one for all of them.

The characters count as those of https://www.w3.org/TR/jlreq/#ruby_and_emphasis_dots do; a reading
may be empty: `{食べ物|た||もの}`. Braces with nothing of Chinese or Japanese script stay text.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

_SIGN = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BASE = r"[^{}|\\:\n\x02\x03]{1,40}"
_READING = r"[^{}|\\\n\x02\x03]{0,60}"
# In the cell of a table a backslash stands before the line.
BAR = re.compile(r"\\?\|")
PATTERN = rf"(?<!\\)\{{(?=[^{{}}\n]{{0,300}}[{_SIGN}]){_BASE}(?:\\?\|{_READING}){{1,40}}\}}"
# What follows a character and belongs to it: marks, and the choice of a form.
CHARACTER = re.compile(
    "[^\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]"
    "[\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]*"
)

Found = re.Match[str]
Made = tuple[Element | str | None, int | None, int | None]
Stretch = tuple[int, int]


class Pair(NamedTuple):
    """Where some characters and their reading stand in a mark."""

    base: Stretch
    reading: Stretch


class Ruby(NamedTuple):
    """A mark taken apart; it does not fit where its readings are neither one nor as many as its
    characters, and is then read as if they were one.
    """

    pairs: tuple[Pair, ...]
    characters: int
    readings: int

    @property
    def fits(self) -> bool:
        """Whether the readings are one, or as many as the characters."""
        return self.readings in (1, self.characters)


def read_ruby(written: str) -> Ruby:
    """Take a mark apart that `PATTERN` fits."""
    edges = [0, *(edge for bar in BAR.finditer(written) for edge in bar.span()), len(written) - 1]
    base, *readings = _stretches(edges)
    characters = [match.span() for match in CHARACTER.finditer(written, *base)]
    if len(readings) > 1 and len(readings) == len(characters):
        pairs = tuple(map(Pair, characters, readings))
    else:
        pairs = (Pair(base, (readings[0][0], readings[-1][1])),)
    return Ruby(pairs, len(characters), len(readings))


def _stretches(edges: list[int]) -> list[Stretch]:
    """Give what stands between the brace, the lines and the other brace."""
    starts = [edges[0] + 1, *edges[2::2]]
    return list(zip(starts, edges[1::2], strict=True))


def _text(written: str, stretch: Stretch) -> str:
    return BAR.sub("", written[slice(*stretch)])


class RubyMarks(InlineProcessor):
    """Makes `<ruby>` of the marks, one for each word."""

    def handleMatch(self, m: Found, data: str) -> Made:  # type: ignore[override]  # noqa: ARG002, N802
        """Give what is to stand in the place of the match, and its bounds."""
        written = m.group()
        ruby = Element("ruby")
        last: Element | None = None
        for pair in read_ruby(written).pairs:
            base, reading = AtomicString(_text(written, pair.base)), _text(written, pair.reading)
            if last is None:
                ruby.text = base
            else:
                last.tail = base
            last = SubElement(ruby, "rt")
            last.text = AtomicString(reading)
        return ruby, m.start(), m.end()


class RubyExtension(Extension):
    """Registers the above behind code (190) and the marks with a word (187)."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds."""
        md.inlinePatterns.register(RubyMarks(PATTERN, md), "ruby", 186)


def letters_in_order(written: str) -> Iterator[Stretch]:
    """Give the stretches of a mark in the order in which they are read."""
    for pair in read_ruby(written).pairs:
        yield from pair
