"""What in a style sheet can not be kept when the chapters of a book are laid out apart.

A rule for the pages (`@page`) is met by the linker, so mostly the other rules count.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chapbook.publication import PagedPublication
from chapbook.settings import Edition
from chapbook.typeset.selectors import Step, paths_of, rules_of, selectors_of

# Elements that a section of a book can be.
ROOTS = frozenset({"section", "div", "article", "aside", "main", "nav", "header", "footer"})
PLACES = frozenset(
    {"nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type",
     "first-of-type", "last-of-type", "only-of-type"}
)  # fmt: skip
# What asks for the neighbours of a neighbour.
ENDS = re.compile(r"[+~]|:(?:first|last|only)-child\b", re.IGNORECASE)
CONTENT = re.compile(r":has\(|:empty\b", re.IGNORECASE)
ROOT_TAG = re.compile(r"<([a-zA-Z][\w-]*)")
OWN_STYLE = re.compile(r'\bstyle="([^"]*)"')
OWN_RULES = re.compile(r"<(?:style|link)\b", re.IGNORECASE)
WHOLE = {
    "counter(page": re.compile(r"\bcounters?\(\s*pages?\b", re.IGNORECASE),
    "counter(footnote": re.compile(r"\bcounters?\(\s*(?:foot)?note\b", re.IGNORECASE),
    "counter-increment": re.compile(r"\bcounter-(?:increment|reset|set)\s*:", re.IGNORECASE),
    "target-text": re.compile(r"\btarget-text\(", re.IGNORECASE),
    "target-counter of another counter than page": re.compile(
        r"\btarget-counters?\(\s*(?:\w+\([^)]*\)|\"[^\"]*\"|'[^']*')\s*,\s*+(?!page\b)",
        re.IGNORECASE,
    ),
    "position: fixed": re.compile(r"\bposition\s*:\s*(?:fixed\b|note\()", re.IGNORECASE),
}
PAGES = {
    ":nth() of all pages": re.compile(r":nth\((?![^)]*\bof\b)", re.IGNORECASE),
    "counter-increment in @page": re.compile(
        r"\bcounter-(?:increment|reset|set)\s*:\s*+(?!page\b|none)", re.IGNORECASE
    ),
    "target-counter in @page": re.compile(r"\btarget-(?:text|counters?)\(", re.IGNORECASE),
}
QUOTES = re.compile(r"\b(?:no-)?(open|close)-quote\b", re.IGNORECASE)


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
    paths = [path for selectors in selectors_of(stylesheet) for path in paths_of(selectors)]
    whole = (
        _first_match(ordinary, WHOLE)
        or _first_match(pages, PAGES)
        or _running_on(ordinary)
        or next((found for path in paths if (found := _looks_into_others(path))), "")
    )
    return Reach(whole, any(map(_counts_divisions, paths)))


def own_rule(publication: PagedPublication) -> str:
    """Name the first thing in a section's own markup that needs the whole book, or ''."""
    for section in publication.sections:
        if found := OWN_RULES.search(section.html):
            return f"{found[0]} in {section.id}"
        root = ROOT_TAG.match(section.html)
        if root and root[1].lower() not in ROOTS:
            return f"<{root[1]}> as {section.id}"
        for style in OWN_STYLE.findall(section.html):
            if name := _first_match(style, WHOLE):
                return name
    return ""


def _first_match(text: str, patterns: Mapping[str, re.Pattern[str]]) -> str:
    return next((name for name, pattern in patterns.items() if pattern.search(text)), "")


def _running_on(ordinary: str) -> str:
    """Name what goes on from chapter to chapter without a rule that says so."""
    if "@import" in ordinary.lower():
        return "@import"
    signs = QUOTES.findall(ordinary.lower())
    return "open-quote" if signs.count("open") != signs.count("close") else ""


def _looks_into_others(path: Sequence[Step]) -> str:
    """Give the step by which a rule asks for what is in another division, '' where none does."""
    for place, step in enumerate(path):
        if not CONTENT.search(step.text) or not _may_be(path, place):
            continue
        beside = path[place + 1 :] and path[place + 1].combinator in "+~"
        beside = beside and _may_be(path, place + 1)
        is_around = step.element in ("html", "body") or ":root" in step.text.lower()
        is_around = is_around or step.text.startswith((":has(", "*:has("))
        if is_around or beside or (place and step.combinator in "+~"):
            return step.text
    return ""


def _counts_divisions(path: Sequence[Step]) -> bool:
    """Whether a rule may ask for the place of a division, or for one that is not next to it."""
    for place, step in enumerate(path):
        if not _may_be(path, place):
            continue
        if PLACES & set(step.pseudo) or step.combinator == "~":
            return True
        is_after = step.combinator == "+"
        is_before = _may_be(path, place + 1) and path[place + 1].combinator == "+"
        asks_on = ENDS.search(step.text) is not None
        if (is_after and is_before) or (asks_on and (is_after or is_before)):
            return True
    return False


def _may_be(path: Sequence[Step], place: int) -> bool:
    """Whether a step may mean the root of a division, or what is around it."""
    if place >= len(path):
        return False
    step = path[place]
    if step.element in ("html", "body"):
        return True
    if step.element and step.element not in ROOTS:
        return False
    if not place:
        return True
    if step.combinator in "+~":
        return _may_be(path, place - 1)
    around = path[place - 1]
    return around.element in ("html", "body") or not (around.element or _has_name(around))


def _has_name(step: Step) -> bool:
    """Whether a step asks for a class or an id that `<body>` has not."""
    return step.text[0] in ".#" and step.text.split(":")[0].lstrip(".") not in set(Edition)


def _parted(stylesheet: str) -> tuple[str, str]:
    """Give the rules of the sheet without those of pages, and those of pages."""
    ordinary: list[str] = []
    pages: list[str] = []
    for rule in rules_of(stylesheet):
        is_page = rule.type == "at-rule" and rule.lower_at_keyword == "page"
        (pages if is_page else ordinary).append(rule.serialize())
    return "\n".join(ordinary), "\n".join(pages)
