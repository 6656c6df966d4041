"""The lines of the contents and of the lists, as templates show them."""

from collections.abc import Iterable
from dataclasses import replace

from markupsafe import Markup

from chapbook.compose.rewriting import plain_title
from chapbook.model import Entry
from chapbook.words import Words


def list_entries(entries: Iterable[Entry], depth: int) -> tuple[Entry, ...]:
    """Keep the entries down to `depth` (1 chapters, 2 sections, …); parts do not count.

    `title_xhtml` becomes markup that a list can hold.
    """
    return tuple(_listed(entry, depth) for entry in entries)


def _listed(entry: Entry, depth: int) -> Entry:
    below = depth if entry.kind == "part" else depth - 1
    children = list_entries(entry.children, below) if below > 0 else ()
    title = plain_title(entry.title_xhtml) if entry.title_xhtml else Markup.escape(entry.title)
    return replace(entry, title_xhtml=Markup(title), children=children)


def name_entry(entry: Entry, words: Words) -> Markup:
    """Name an entry where its number has no column of its own: "3. What kinds of values"."""
    return Markup(_pattern(entry, words)).format(label=entry.label, title=Markup(entry.title_xhtml))


def name_plainly(entry: Entry, words: Words) -> str:
    """Name an entry without markup."""
    return _pattern(entry, words).format(label=entry.label, title=entry.title)


def _pattern(entry: Entry, words: Words) -> str:
    if not entry.label:
        return "{title}" if entry.title else "{label}"
    if not entry.title:
        return "{label}"
    divisions = {
        "part": words.part_entry,
        "chapter": words.chapter_entry,
        "appendix": words.appendix_entry,
    }
    return divisions.get(entry.kind, words.caption_entry)
