"""Set the quotation marks and dashes of what stands outside of the text: in book.toml, for one."""

import re
from dataclasses import replace

from chapbook.settings import BookSettings, FrontMatter

# What the setting of a text changes; most titles have none of it, and are not looked at.
SIGNS = re.compile(r"[\"']|--|\.\.\.|[«»]")


def set_book_words(settings: BookSettings) -> BookSettings:
    """Give what book.toml says with the signs of its language, where it is shown in the book.

    Its spaces stay, for titles are metadata too.
    """
    language = settings.language
    parts = tuple(
        replace(p, title=_signs(p.title, language), summary=_signs(p.summary, language))
        for p in settings.parts
    )
    return replace(
        settings,
        title=_signs(settings.title, language),
        subtitle=_signs(settings.subtitle, language),
        parts=parts,
        cover=replace(settings.cover, blurb=_signs(settings.cover.blurb, language)),
        imprint=replace(settings.imprint, note=_signs(settings.imprint.note, language)),
        colophon=replace(settings.colophon, note=_signs(settings.colophon.note, language)),
    )


def set_front_matter(matter: FrontMatter, language: str) -> FrontMatter:
    """Give what a chapter says of itself as it is shown."""
    return replace(
        matter,
        short_title=_signs(matter.short_title, language),
        author=_signs(matter.author, language),
        epigraph=_signs(matter.epigraph, language),
        epigraph_source=_signs(matter.epigraph_source, language),
    )


def _signs(text: str, language: str) -> str:
    if not SIGNS.search(text):
        return text
    # Imported here: a build in which nothing has changed needs none of it.
    from chapbook.parse.shaping.punctuation import set_signs

    return set_signs(text, language)
