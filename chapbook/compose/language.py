"""Say where the house does not speak the language of the book."""

from chapbook.diagnostics import Code, Diagnostic, warning
from chapbook.settings import BookSettings
from chapbook.words import Words

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def primary(language: str) -> str:
    """Give the primary subtag."""
    return language.split("-")[0].lower()


def direction(language: str) -> str:
    """Give `rtl` for a language whose usual script runs from right to left, else ''."""
    return "rtl" if primary(language) in RIGHT_TO_LEFT else ""


def is_bound_at_right(settings: BookSettings) -> bool:
    """Whether the spine is at the right of the front: a Japanese book may be bound so too."""
    asked = settings.booklet.right_to_left
    return direction(settings.language) == "rtl" if asked is None else asked


def missing_words(settings: BookSettings, words: Words) -> tuple[Diagnostic, ...]:
    """Warn where the words of the house come in another language than the book's."""
    wanted = primary(settings.language)
    if wanted == primary(words.language):
        return ()
    message = f"the house has no words in “{settings.language}”; “{words.contents}” stands in them"
    hint = f"write templates/words/{wanted}.toml in the book's folder"
    return (warning(Code.MISSING_WORDS, message, settings.locations.get("language"), hint),)
