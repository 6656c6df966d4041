"""The cases of CSL (https://docs.citationstyles.org/en/stable/specification.html#text-case)."""

import re

from citeproc.string import MixedString, NoCase, String

SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "down",
        "for",
        "from",
        "in",
        "into",
        "nor",
        "of",
        "on",
        "onto",
        "or",
        "over",
        "so",
        "the",
        "till",
        "to",
        "up",
        "via",
        "with",
        "yet",
    ]
)
WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")  # noqa: RUF001


def recased(text: object, how: str) -> String:
    """Give a text in another case; what is marked to keep its capitals keeps them."""
    pieces = list(text) if isinstance(text, MixedString) else [text]
    whole = "".join(map(str, pieces))
    kept = [isinstance(piece, NoCase) for piece in pieces for _ in str(piece)]
    if how in ("lowercase", "uppercase"):
        change = str.lower if how == "lowercase" else str.upper
        made = "".join(c if k else change(c) for c, k in zip(whole, kept, strict=True))
        return String(made)
    words = [m for m in WORD.finditer(whole) if not all(kept[m.start() : m.end()])]
    letters = list(whole)
    for place, word in enumerate(words):
        if word.group().islower() and _rises(words, place, whole, how):
            letters[word.start()] = word.group()[0].upper()
    if how == "sentence" and whole.isupper():
        start = words[0].start() + 1 if words else 0
        letters[start:] = [
            c if k else c.lower() for c, k in zip(letters[start:], kept[start:], strict=True)
        ]
    return String("".join(letters))


def _rises(words: list[re.Match[str]], place: int, whole: str, how: str) -> bool:
    word = words[place]
    if how in ("capitalize-first", "sentence"):
        return place == 0 and not WORD.search(whole, 0, word.start())
    if how == "capitalize-all":
        return True
    before = whole[: word.start()].rstrip()
    is_edge = place in (0, len(words) - 1) or before.endswith((":", ".", "?", "!"))
    return how == "title" and (is_edge or word.group() not in SMALL)
