"""The signs that we put into a text on its way through Markdown and take out again.

All are Unicode noncharacters, which are never meant to be interchanged
(https://www.unicode.org/faq/private_use.html#noncharacters). `legible` takes them out of a source
before anything else, so that no author can write one.
"""

import re

# A block that was taken out of the text: OPEN, one letter for its kind, its number, CLOSE.
OPEN = "\ufdd0"
CLOSE = "\ufdd1"
# Stands where a character was taken out, so that all others keep their places.
GONE = "\ufdd2"
# Characters that an author has escaped: smart punctuation leaves them alone, and `&` begins no
# entity.
PLAIN = {'"': "\ufdd3", "'": "\ufdd4", "-": "\ufdd5", ".": "\ufdd6", "&": "\ufdd9"}
# Around a line of HTML that brings its own element instead of a paragraph.
BARE = "\ufdd7"
# The first character of a class that is ours.
OURS = "\ufdd8"

STASHED = re.compile(f"{OPEN}([A-Z])([0-9]+){CLOSE}")
# Followed by the kind of what it belongs to.
CAPTION = f"{OURS}caption-"
# What has no place for its caption, followed by what that is.
STRAY = f"{OURS}stray-"
TO_DO = f"{OURS}to-do"
DONE = f"{OURS}done"
FIGURE = f"{OURS}figure"
# Followed by the number of the brace mark among all of the file.
BRACE = f"{OURS}brace-"
# Followed by the number of the citation among all citations of the file.
CITATION = f"{OURS}cite-"
# Followed by the number of the directive among all directives of the file.
DIRECTIVE = f"{OURS}directive-"
# Followed by the number of the formula among all formulas of the file.
FORMULA = f"{OURS}formula-"
# A table that Markdown made; a column's share of its width, in hundredths.
TABLE = f"{OURS}table"
WIDTH = f"{OURS}width-"
# A paragraph of notes under a table.
TABLE_NOTE = f"{OURS}table-note"
# Followed by the line, and after a colon the file, of a value that stands in another file.
AT = f"{OURS}at-"
# Kinds of box that are set in a form of their own (`shaping.boxes`).
SHAPES = frozenset(
    {"checklist", "dialogue", "epigraph", "letter", "pull-quote", "sidebar", "verse"}
)
# Followed by the number of the chart among all charts of the file.
CHART = f"{OURS}chart-"
# Words that we made and no one wrote.
MADE = f"{OURS}made"
# Followed by the number of the call among all calls of the file.
CALL = f"{OURS}call-"

_SIGN = re.compile(f"[{''.join(PLAIN.values())}]")
_RESTORE = str.maketrans({sign: char for char, sign in PLAIN.items()})


def stashed(kind: str, number: int) -> str:
    """Give the sign of a block that was taken out."""
    return f"{OPEN}{kind}{number}{CLOSE}"


def restore(text: str) -> str:
    """Put the escaped characters back in the place of their signs."""
    return text.translate(_RESTORE)


def is_signed(text: str) -> bool:
    """Whether such a sign stands in a text."""
    return not text.isascii() and _SIGN.search(text) is not None
