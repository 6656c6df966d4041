# ruff: noqa: RUF001  # the signs that look alike are the matter here
"""The quotation marks of each language, by its tag.

Double and single marks as https://cldr.unicode.org gives them; the singles of Spanish, French,
Italian and Polish are the marks that stand inside others.
"""

from typing import NamedTuple

THIN = "\u202f"


class Quotes(NamedTuple):
    """Opening and closing marks for `"` and for `'`."""

    open: str
    close: str
    inner_open: str
    inner_close: str


ENGLISH = Quotes("“", "”", "‘", "’")
GUILLEMETS = Quotes("«", "»", "“", "”")

QUOTES = {
    "en": ENGLISH,
    "en-gb": ENGLISH,
    "de": Quotes("„", "“", "‚", "‘"),
    "de-ch": Quotes("«", "»", "‹", "›"),
    "es": GUILLEMETS,
    "es-419": ENGLISH,
    "es-mx": ENGLISH,
    "fr": Quotes(f"«{THIN}", f"{THIN}»", "“", "”"),
    "it": GUILLEMETS,
    "nl": ENGLISH,
    "pl": Quotes("„", "”", "«", "»"),
    "pt": ENGLISH,
    "pt-pt": GUILLEMETS,
    "sv": Quotes("”", "”", "’", "’"),
}
# Words that begin with an apostrophe.
ELIDED = {
    "en": ("tis", "twas", "til", "till", "em", "cause", "bout", "round", "n"),
    "nl": ("s", "t", "n", "k", "m"),
    "de": ("s", "ne", "nen", "n"),
}


def quotes_of(language: str) -> Quotes | None:
    """Give the marks of a language, or None where the text is to be left alone."""
    tag = language.lower()
    return QUOTES.get(tag) or QUOTES.get(tag.partition("-")[0])


def elided(language: str) -> tuple[str, ...]:
    """Give the words of a language that begin with an apostrophe."""
    return ELIDED.get(language.lower().partition("-")[0], ())
