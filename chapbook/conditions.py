"""What is shown in one edition or one language alone, and how that is marked on its way.

An element with a class `only-print` is met in the print edition alone; with several such classes,
in each of these. In the text of a `Passage` a sign stands before such words, and one after them.
"""

import re
from collections.abc import Iterable

from chapbook.settings import Edition

# What a condition may name, and the editions that it is met in; a booklet shows the print pages.
SHOWN_IN = {
    "print": frozenset({Edition.PRINT}),
    "screen": frozenset({Edition.SCREEN}),
    "epub": frozenset({Edition.EPUB}),
    "pdf": frozenset({Edition.PRINT, Edition.SCREEN}),
}
CLASS = "only-"
LANGUAGE = "only-lang-"
NOWHERE = "only-none"
# Unicode noncharacters, which no source can hold: one for each set of the three editions.
_FIRST, END = 0xFDE0, "\ufdef"
_BITS = {Edition.PRINT: 1, Edition.SCREEN: 2, Edition.EPUB: 4}
SIGN = re.compile("[\ufde0-\ufde7\ufdef]")


def is_condition(name: str) -> bool:
    """Whether a class is a condition on the edition."""
    return name == NOWHERE or (name.startswith(CLASS) and name.removeprefix(CLASS) in SHOWN_IN)


def editions_of(classes: Iterable[str]) -> frozenset[Edition] | None:
    """Give the editions that classes confine an element to; None where they do not."""
    names = [name for name in classes if is_condition(name)]
    if not names:
        return None
    return frozenset().union(*(SHOWN_IN.get(name.removeprefix(CLASS), ()) for name in names))


def sign_of(editions: Iterable[Edition]) -> str:
    """Give the sign that stands before words for these editions alone."""
    return chr(_FIRST + sum(_BITS[edition] for edition in editions))


def shown_as(edition: Edition) -> Edition:
    """Give the edition whose conditions hold: a booklet and a cover are print."""
    return edition if edition in _BITS else Edition.PRINT


def words_for(text: str, edition: Edition) -> str:
    """Give what an edition shows of the text of a passage."""
    if not SIGN.search(text):
        return text
    bit = _BITS[shown_as(edition)]
    kept: list[str] = []
    shown: list[bool] = []
    start = 0
    for sign in SIGN.finditer(text):
        if all(shown):
            kept.append(text[start : sign.start()])
        if sign.group() != END:
            shown.append(bool((ord(sign.group()) - _FIRST) & bit))
        elif shown:
            shown.pop()
        start = sign.end()
    kept.append(text[start:])
    return " ".join("".join(kept).split())


def speaks(language: str, wanted: Iterable[str]) -> bool:
    """Whether a language is one of those wanted: `en-GB` is `en` (RFC 4647, basic filtering)."""
    own = language.casefold()
    asked = [each.casefold() for name in wanted for each in name.split(",") if each]
    return any(own == each or own.startswith(f"{each}-") for each in asked)
