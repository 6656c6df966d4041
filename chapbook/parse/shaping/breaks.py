# ruff: noqa: RUF001  # the signs that look alike are the matter here
"""Line ends inside a paragraph: a space, but nothing between two characters of Chinese script."""

import re
from xml.etree.ElementTree import Element

from chapbook.parse.shaping.prose import Run, rows
from chapbook.parse.tree import inner_text

# Ideographs, kana and the punctuation of their writing. Korean parts its words with spaces.
CJK = re.compile(
    "[\u2e80-\u2fdf\u3000-\u30ff\u31c0-\u31ff\u3200-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)
# In Chinese and Japanese text these are as wide as an ideograph.
WIDE = re.compile("[—―…‥“”‘’]")
BREAK = re.compile(r"[ \t]*\n[ \t\n]*")


def join_lines(root: Element, language: str) -> None:
    """Take out the line ends that would part two ideographs."""
    if CJK.search(inner_text(root)) is None:
        return
    for row in rows(root, language):
        for place, run in enumerate(row):
            if "\n" in run.text and not run.sign:
                run.replace(_join(row, place, run))


def _join(row: list[Run], place: int, run: Run) -> str:
    text = run.text
    before = _last("".join(other.text for other in row[max(place - 3, 0) : place]))
    after = _first("".join(other.text for other in row[place + 1 : place + 4]))

    def replace(match: re.Match[str]) -> str:
        left = _last(text[: match.start()][-4:]) or before
        right = _first(text[match.end() :][:4]) or after
        return "" if _touch(left, right, run.language) else match.group()

    return BREAK.sub(replace, text)


def _touch(left: str, right: str, language: str) -> bool:
    if not left or not right:
        return False
    is_wide = language.partition("-")[0].lower() in ("ja", "zh")
    sides = [bool(CJK.match(side)) for side in (left, right)]
    return all(sides) or (
        is_wide and any(sides) and bool(WIDE.match(left if not sides[0] else right))
    )


def _last(text: str) -> str:
    return text.rstrip()[-1:]


def _first(text: str) -> str:
    return text.lstrip()[:1]
