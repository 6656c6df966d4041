"""Which way the words on a spine run, and how signs of East Asia stand one below the other."""

import re
import unicodedata
from dataclasses import dataclass

from chapbook.print_shop import SpineText

# ISO 6357 lets titles run down, and so do books in English, Dutch and the languages of the north;
# most of the continent and of Latin America lets them run up
# (https://en.wikipedia.org/wiki/Bookbinding#Spine_orientation_and_titling). Italian and Portuguese
# houses do both, more of them up.
UPWARDS = frozenset(
    {"be", "bg", "bs", "ca", "cs", "de", "el", "es", "et", "eu", "fr", "gl", "hr", "hu", "it", "lt"}
    | {"lv", "mk", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "tr", "uk"}
)
STACKED = frozenset(("ja", "ko", "zh"))
LEAST_SPINE = 5.0  # millimetres: a fold may be off by one to either side

# https://www.unicode.org/reports/tr50/: what turns with the line, and what stands elsewhere in its
# square.
TURNED = frozenset("ー〜～‐‑–—―…‥：；＝→←「」『』（）()［］[]【】〔〕〈〉《》｛｝{}")  # noqa: RUF001
CORNERED = frozenset("、。，．")  # noqa: RUF001
SMALL = frozenset("ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ")
RUN = re.compile(r"[^\W\d_]+|\d+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one square, or along the line.

    `kind`: `upright` (a sign, or two or three digits abreast), `turned` (a sign lying on its side),
    `corner` and `small` (signs that stand right and high in their square), `run` (a word lying
    on its side), `gap`. `ems` is its length along the line.
    """

    kind: str
    text: str
    ems: float = 1.0


def spine_direction(asked: SpineText, language: str, text: str) -> SpineText | None:
    """Say which way the words run: `DOWN`, `UP` or `NONE`; None means upright, sign below sign.

    Upright they stand where nothing else is asked for, in a language that can be set so, and where
    the words have signs of that kind at all.
    """
    if asked is not SpineText.AUTO:
        return asked
    primary = language.split("-")[0].lower()
    if primary in STACKED and any(is_square(sign) for sign in text):
        return None
    return SpineText.UP if primary in UPWARDS else SpineText.DOWN


def runs_left(text: str) -> bool:
    """Whether a text is of a script that is read from right to left: its first letter tells."""
    kinds = (unicodedata.bidirectional(sign) for sign in text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


def is_square(sign: str) -> bool:
    """Whether a sign fills its square."""
    return unicodedata.east_asian_width(sign) in "WF"


def stack(text: str) -> tuple[Cell, ...]:
    """Set a text sign below sign."""
    cells: list[Cell] = []
    for piece in _pieces(text):
        if piece.isspace():
            cells.append(Cell("gap", " ", 0.5))
        elif piece in TURNED:
            cells.append(Cell("turned", piece))
        elif piece in CORNERED:
            cells.append(Cell("corner", piece))
        elif piece in SMALL:
            cells.append(Cell("small", piece))
        elif len(piece) == 1 or (piece.isdigit() and len(piece) < 3):
            cells.append(Cell("upright", piece))
        else:
            cells.append(Cell("run", piece, round(0.56 * len(piece) + 0.1, 2)))
    return tuple(cells)


def _pieces(text: str) -> list[str]:
    """Part a text into signs that fill a square, words, numbers and spaces."""
    pieces: list[str] = []
    for match in RUN.finditer(text):
        piece = match[0]
        pieces += _by_sign(piece) if any(is_square(s) for s in piece) else [piece]
    return pieces


def _by_sign(piece: str) -> list[str]:
    parts: list[str] = []
    narrow = ""
    for sign in piece:
        if is_square(sign) or unicodedata.combining(sign):
            parts += [narrow] if narrow else []
            narrow = ""
            if unicodedata.combining(sign) and parts:
                parts[-1] += sign
            else:
                parts.append(sign)
        else:
            narrow += sign
    return [*parts, narrow] if narrow else parts
