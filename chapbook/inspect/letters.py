"""Reduce text to what both sides of the comparison can be trusted on.

A page breaks words, joins ligatures, sets capitals and moves spaces; none of that loses a word.
So both the author's words and the page's are compared by their letters, digits, marks and
symbols alone, in the form NFKC (https://www.unicode.org/reports/tr15/), in one case.
"""

import re
import unicodedata

GAP = "\ufffc"
UNSEEN = "\ufffd"
PIECE_END = "\x1e"

# Written from right to left: a reader of PDF gives the letters of a line in an order of its own.
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
# Shaping puts these letters in another order and joins them, and a PDF can not say from which
# letters a joined sign was made.
_REORDERED = (
    "\u0900-\u109f\u1700-\u18af\u1950-\u1aaf\u1b00-\u1c4f\ua800-\ua8ff\ua930-\uaadf"
    "\U00011000-\U000117ff"
)
# Between any two of these a line may end, so each is a word of its own.
_UNSPACED = "\u2e80-\u312f\u31a0-\ua4cf\uf900-\ufaff\uff66-\uff9f\U0001f000-\U0003ffff"

RIGHT_TO_LEFT = re.compile(f"[{_RIGHT_TO_LEFT}]")
REORDERED = re.compile(f"[{_REORDERED}]")
SHAPED = re.compile(f"[{_RIGHT_TO_LEFT}{_REORDERED}]+")
UNSPACED = re.compile(f"[{_UNSPACED}]+")

# One sign of a font may serve two characters, and a PDF remembers one of them. Those which share
# theirs with a punctuation mark count as one.
_TWINS = {"\u2206": "δ", "ð": "đ", "\u0131": "i"} | dict.fromkeys("~=\u02bb\u02bc\u2044\u2215", " ")
# Capitals lose them in Greek, and they may be drawn before their letter.
_ACCENTS = range(0x300, 0x370)
_GREEK = (range(0x370, 0x400), range(0x1F00, 0x2000))
_BOXES = "☐☑☒"


class _Kept(dict[int, str | int | None]):
    """Which characters stay; learns each on first sight."""

    def __missing__(self, code: int) -> str | int | None:
        character = chr(code)
        category = unicodedata.category(character)
        kept: str | int | None = " "
        if character in _TWINS:
            kept = _TWINS[character]
        elif any(code in block for block in _GREEK):
            kept = ord(unicodedata.normalize("NFD", character)[0])
        elif (
            category == "Cf"
            or code in _ACCENTS
            or 0xFE00 <= code <= 0xFE0F
            or 0xE0100 <= code <= 0xE01EF
        ):
            kept = None
        elif category[0] in "LNM" or category in ("Sm", "Sc", "So"):
            kept = " " if character in _BOXES else code
        self[code] = kept
        return kept


_KEPT = _Kept({ord(GAP): " ", ord(UNSEEN): " ", ord(PIECE_END): PIECE_END})


def spaced_letters(text: str) -> str:
    """Give the letters of `text`, with spaces where anything else but `PIECE_END` stood."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return text.casefold().translate(_KEPT)


def letters(text: str) -> str:
    """Give the letters of `text` without a gap."""
    return "".join(spaced_letters(text).replace(PIECE_END, " ").split())


def base_letters(text: str) -> str:
    """Give the letters and digits of `text` alone, without the marks above and below them."""
    return "".join(c for c in letters(text) if unicodedata.category(c)[0] in "LN")
