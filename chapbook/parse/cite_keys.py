"""The keys of works as they are written: `@doe99`, `@{any sign but a space}`."""

import re
from collections.abc import Iterator

# Marks of punctuation stand in a key between letters or digits alone.
KEY_FORM = (
    r"@(?:\{(?P<braced>[^{}\s]+)\}"
    r"|(?P<key>[A-Za-z0-9_\u00c0-\u024f]+(?:[:.#$%&+?<>~/-][A-Za-z0-9_\u00c0-\u024f]+)*|[^\W\d]\w*))"
)
KEY = re.compile(KEY_FORM)


def key_of(match: re.Match[str]) -> str:
    """Give the key that a pattern with `KEY_FORM` in it has found."""
    return match["braced"] or match["key"]


def keys_in(text: str) -> Iterator[tuple[int, str]]:
    """Give where each key of a stretch of Markdown begins, and the key."""
    return ((match.start(), key_of(match)) for match in KEY.finditer(text))
