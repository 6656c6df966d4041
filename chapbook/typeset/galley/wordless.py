"""Find the pictures that say nothing to those who listen."""

from typing import Any

from chapbook.diagnostics import Code, Diagnostic, warning
from chapbook.typeset.findings import Findings


def wordless_pictures(root: Any) -> Findings:
    """Tell of the pictures whose markup has no `alt` at all, not even empty."""
    sources = [one.get("src", "") for one in root.iter("img") if one.get("alt") is None]
    return tuple((_no_words(source), 1) for source in dict.fromkeys(sources))


def _no_words(source: str) -> Diagnostic:
    return warning(
        Code.MISSING_ALT,
        f"the picture {source!r} has no alt text, and is left out for those who listen",
        None,
        'let its template write alt="…", empty where the picture is mere ornament',
    )
