"""What an author asked for and only the whole book can fill: contents, and pages for notes.

Both are neutral markup: a line of contents is a link as any other, so each edition prints or leads
as it does everywhere.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape

from chapbook.model import Division, Entry
from chapbook.words import Words

ASKED = re.compile(
    r"<div(?P<own>(?: [^\s=>]+=\"[^\"]*\")*?) data-directive=\"(?P<word>contents|notes page)\""
    r"(?: data-argument=\"(?P<argument>[^\"]*)\")? data-at=\"[^\"]*\"></div>"
)
# What a title holds that has its own place: there can not be two of it.
OF_PLACES = re.compile(r"<(?:a|img|br)\b|\s(?:id|data-[\w-]+)=")
CLASS = re.compile(r' class="([^"]*)"')
# Levels of headings that are listed, counted from the chapters; of a chapter's own, all are.
DEPTHS = {"short": 1, "": 2, "full": 3, "chapter": 9}


def fill_asked(
    divisions: tuple[Division, ...], contents: tuple[Entry, ...], words: Words
) -> tuple[Division, ...]:
    """Fill in every place where an author asked for the contents or for a page for notes."""
    return tuple(
        _fill(division, contents, words) if "data-directive=" in division.xhtml else division
        for division in divisions
    )


def _fill(division: Division, contents: tuple[Entry, ...], words: Words) -> Division:
    def fill(found: re.Match[str]) -> str:
        if found["word"] == "notes page":
            inside = f'<p class="heading">{escape(words.notes_page)}</p><div class="lines"></div>'
            return f"<div{_named(found['own'], 'notes-page')}>{inside}</div>"
        asked = found["argument"] or ""
        listed = _sections(contents, division.id) if asked == "chapter" else contents
        lines = _entries(listed, DEPTHS[asked], words) if listed else ""
        return f"<div{_named(found['own'], 'contents-here')}>{lines}</div>"

    return replace(division, xhtml=ASKED.sub(fill, division.xhtml))


def _sections(contents: Iterable[Entry], division: str) -> tuple[Entry, ...]:
    """Give the entries inside a division."""
    for entry in contents:
        if entry.division == division and not entry.anchor:
            return entry.children
        if found := _sections(entry.children, division):
            return found
    return ()


def _named(attributes: str, name: str) -> str:
    """Give an element's attributes with one more class."""
    own = CLASS.search(attributes)
    rest = CLASS.sub("", attributes)
    return f' class="{name}{f" {own[1]}" if own else ""}"{rest}'


def _entries(entries: Sequence[Entry], depth: int, words: Words) -> str:
    return f'<ol class="entries">{"".join(_lines(entries, depth, words))}</ol>'


def _lines(entries: Iterable[Entry], depth: int, words: Words) -> Iterator[str]:
    for entry in entries:
        below = depth if entry.kind == "part" else depth - 1
        inner = _entries(entry.children, below, words) if entry.children and below > 0 else ""
        yield f'<li class="{entry.kind} {entry.matter}">{_line(entry, words)}{inner}</li>'


def _line(entry: Entry, words: Words) -> str:
    anchor = f"#{entry.anchor}" if entry.anchor else ""
    address = escape(f"book:{entry.division}{anchor}")
    number = _number(entry, words)
    label = f'<span class="number">{escape(number)} </span>' if number else ""
    bare = "" if number else " unnumbered"
    plain = escape(entry.title, quote=False)
    title = plain if OF_PLACES.search(entry.title_xhtml) else entry.title_xhtml or plain
    return f'<a class="line{bare}" href="{address}">{label}<span class="title">{title}</span></a>'


def _number(entry: Entry, words: Words) -> str:
    """Give the number as the contents show it: bare, or in the form that the language wants."""
    if not entry.label or not words.language.startswith("ja"):
        return entry.label
    chapters = {"chapter": words.chapter_label, "appendix": words.appendix_label}
    patterns = {"part": words.part_label, **chapters}
    return patterns.get(entry.kind, "{label}").format(label=entry.label)
