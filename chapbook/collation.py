"""How words are sorted in a language, and under which letter: by ICU, which knows each one's rules.

https://www.unicode.org/reports/tr10/ says how, and the locale data of Unicode say it of each
language. The same version of ICU gives the same order on every machine.
"""

from functools import lru_cache
from typing import Any

# The scripts whose letters head a group in any book, beside those of its own language.
OTHERS = ("en", "el", "ru", "ja")


class Collation:
    """The order of one language."""

    def __init__(self, language: str) -> None:
        """Take the rules of `language` (BCP 47), or of the next wider one that has any."""
        # Imported here: few books have anything to sort.
        import icu

        locale = icu.Locale.forLanguageTag(language)
        self._collator: Any = icu.Collator.createInstance(locale)
        index = icu.AlphabeticIndex(locale)
        for other in OTHERS:
            index.addLabels(icu.Locale(other))
        self._index: Any = index.buildImmutableIndex()

    def key(self, text: str) -> bytes:
        """Give what sorts a text among others; texts that differ have different keys."""
        return bytes(self._collator.getSortKey(text)) + text.encode("utf-8", "replace")

    def letter(self, text: str) -> str:
        """Give the letter that heads the group of a text, '' for signs, digits and Han."""
        label, kind = self._index.getBucket(self._index.getBucketIndex(text))[:2]
        return "" if kind else str(label)


@lru_cache(maxsize=8)
def collation_of(language: str) -> Collation:
    """Give the order of a language."""
    return Collation(language)
