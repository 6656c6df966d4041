"""What in a style sheet can not be kept when the chapters of a book are laid out apart.

A rule for the pages (`@page`) is met by the linker, so only the other rules count.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import tinycss2

from chapbook.publication import PagedPublication

# A sibling that is more than one step away, or a place among siblings: of which element?
FAR = re.compile(r"~|:nth-|:last-of-type|:only-of-type|:first-of-type")
NAMED = re.compile(r"(?:^|[\s>+~(,])([a-z][a-z0-9-]*)[^\s>+~(,]*\s*(?:>\s*)?$", re.IGNORECASE)
INSIDE_HAS = re.compile(r":has\(\s*$")
OWN_STYLE = re.compile(r'\bstyle="([^"]*)"')
OWN_RULES = ("<style", "<link")
WHOLE = {
    "counter(page": re.compile(r"\bcounters?\(\s*pages?\b", re.IGNORECASE),
    "counter(footnote": re.compile(r"\bcounters?\(\s*footnote\b", re.IGNORECASE),
    "counter-increment": re.compile(r"\bcounter-(?:increment|reset|set)\s*:", re.IGNORECASE),
    "target-text": re.compile(r"\btarget-text\(", re.IGNORECASE),
    "target-counter of another counter than page": re.compile(
        r"\btarget-counters?\(\s*(?:\w+\([^)]*\)|\"[^\"]*\"|'[^']*')\s*,\s*+(?!page\b)",
        re.IGNORECASE,
    ),
    "position: fixed": re.compile(r"\bposition\s*:\s*fixed\b", re.IGNORECASE),
}
PAGES = {
    ":nth() of all pages": re.compile(r":nth\((?![^)]*\bof\b)", re.IGNORECASE),
    "counter-increment in @page": re.compile(
        r"\bcounter-(?:increment|reset|set)\s*:\s*+(?!page\b|none)", re.IGNORECASE
    ),
}


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the rules of a style sheet reach beyond one division.

    `whole` names the first that only a book in one piece can follow, '' where there is none;
    `is_far` tells whether one may look at other divisions than the neighbours of one.
    """

    whole: str
    is_far: bool


def reach_of(stylesheet: str) -> Reach:
    """Read how far the rules of a style sheet reach."""
    ordinary, pages = _parted(stylesheet)
    whole = _first_match(ordinary, WHOLE) or _first_match(pages, PAGES)
    return Reach(whole, _counts_siblings(stylesheet))


def own_rule(publication: PagedPublication) -> str:
    """Name the first rule in a section's own markup that needs the whole book, or ''."""
    for section in publication.sections:
        for tag in OWN_RULES:
            if tag in section.html:
                return f"{tag} in {section.id}"
        styles = OWN_STYLE.findall(section.html) if "style=" in section.html else ()
        for style in styles:
            if name := _first_match(style, WHOLE):
                return name
    return ""


def _first_match(text: str, patterns: Mapping[str, re.Pattern[str]]) -> str:
    return next((name for name, pattern in patterns.items() if pattern.search(text)), "")


def _counts_siblings(stylesheet: str) -> bool:
    for selectors in selectors_of(stylesheet):
        for found in FAR.finditer(selectors):
            element = NAMED.search(INSIDE_HAS.sub("", selectors[: found.start()]))
            if element is None or element[1].lower() in ("section", "div", "body"):
                return True
    return False


def _parted(stylesheet: str) -> tuple[str, str]:
    """Give the rules of the sheet without those of pages, and those of pages."""
    ordinary: list[str] = []
    pages: list[str] = []
    for rule in _rules(stylesheet):
        is_page = rule.type == "at-rule" and rule.lower_at_keyword == "page"
        (pages if is_page else ordinary).append(rule.serialize())
    return "\n".join(ordinary), "\n".join(pages)


@lru_cache(maxsize=2)
def selectors_of(stylesheet: str) -> tuple[str, ...]:
    """Give the selectors of every rule that is not for pages."""
    return tuple(_selectors(stylesheet))


def _selectors(stylesheet: str) -> Iterator[str]:
    for rule in _rules(stylesheet):
        if rule.type == "qualified-rule":
            yield tinycss2.serialize(rule.prelude).strip()
        elif rule.type == "at-rule" and rule.content and rule.lower_at_keyword != "page":
            yield from _selectors(tinycss2.serialize(rule.content))


def _rules(stylesheet: str) -> list[Any]:
    found = tinycss2.parse_stylesheet(stylesheet, skip_comments=True, skip_whitespace=True)
    return [rule for rule in found if rule.type in ("qualified-rule", "at-rule")]
