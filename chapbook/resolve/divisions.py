"""Cut the book into divisions: give each its identity, its number and its role."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import PurePosixPath

from chapbook.model import Chapter, Division, DivisionKind, Manuscript, Matter, Place
from chapbook.resolve.drafts import Draft
from chapbook.settings import Numbering
from chapbook.words import Words

# https://www.w3.org/TR/epub-ssv-11/
PAGE_ROLES = {
    "half-title": "halftitlepage",
    "title-page": "titlepage",
    "imprint": "copyright-page",
    "contents": "toc",
    "contents-short": "toc-brief",
    "figures-and-tables": "loi",
    "index": "index",
    "bibliography": "bibliography",
    "colophon": "colophon",
}
FILE_ROLES = {
    "about": "introduction",
    "acknowledgements": "acknowledgments",
    "acknowledgments": "acknowledgments",
    "afterword": "afterword",
    "appendix": "appendix",
    "bibliography": "bibliography",
    "conclusion": "conclusion",
    "dedication": "dedication",
    "epilogue": "epilogue",
    "foreword": "foreword",
    "glossary": "glossary",
    "index": "index",
    "introduction": "introduction",
    "preface": "preface",
    "prologue": "prologue",
    "references": "bibliography",
    "sources": "bibliography",
}

APPENDIX = "appendix"

ROMAN = (
    *(("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90), ("L", 50)),
    *(("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)),
)


def divide(
    manuscript: Manuscript, chapters: Mapping[str, tuple[Chapter, ...]], words: Words
) -> tuple[Draft, ...]:
    """Give the divisions in reading order, each part's opener before its first chapter."""
    return tuple(_divide(manuscript, chapters, words))


def _divide(
    manuscript: Manuscript, chapters: Mapping[str, tuple[Chapter, ...]], words: Words
) -> Iterator[Draft]:
    names = _Names()
    count = _Count(manuscript.settings.numbering)
    part, part_id = None, ""
    for place in manuscript.order:
        if place.part is not None and place.part != part:
            part = place.part
            part_id = names.take(f"part-{part + 1}")
            count.open_part()
            yield _part(manuscript, part, part_id)
        if place.page:
            yield _page(place, names, words)
        for chapter in chapters.get(place.source, ()):
            inside = part_id if place.part is not None else ""
            role = _role(place, chapter)
            label = count.label(chapter, role, place.matter)
            yield Draft(_chapter(place, chapter, names, inside, label, role), chapter)


def _part(manuscript: Manuscript, part: int, part_id: str) -> Draft:
    head = manuscript.parts[part]
    return Draft(
        Division(
            id=part_id,
            kind=DivisionKind.PART,
            matter=Matter.BODY,
            role="part",
            title=head.title,
            title_xhtml=escape(head.title, quote=False),
            short_title=head.title,
            label=roman(part + 1),
            summary=head.summary,
            at=head.at,
        ),
        called=head.id,
    )


def _page(place: Place, names: "_Names", words: Words) -> Draft:
    title = str(getattr(words, place.page.replace("-", "_"), place.page))
    return Draft(
        Division(
            id=names.take(place.page),
            kind=DivisionKind.PAGE,
            matter=place.matter,
            role=PAGE_ROLES.get(place.page, "chapter"),
            title=title,
            title_xhtml=escape(title, quote=False),
            short_title=title,
            page=place.page,
            at=place.at,
        )
    )


def _chapter(
    place: Place, chapter: Chapter, names: "_Names", part_id: str, label: str, role: str
) -> Division:
    matter = chapter.front_matter
    stem = PurePosixPath(place.source).stem
    return Division(
        id=names.take(slug(stem) or "chapter"),
        kind=DivisionKind.CHAPTER,
        matter=place.matter,
        role=role,
        title=chapter.title,
        title_xhtml=chapter.title_xhtml,
        short_title=matter.short_title or chapter.title,
        label=label,
        part=part_id,
        language=matter.lang,
        author=matter.author,
        epigraph=matter.epigraph,
        epigraph_source=matter.epigraph_source,
        xhtml=chapter.xhtml,
        headings=chapter.headings,
        notes=chapter.notes,
        passages=chapter.passages,
        citations=chapter.citations,
        at=chapter.at,
    )


def _role(place: Place, chapter: Chapter) -> str:
    if chapter.front_matter.appendix:
        return APPENDIX
    if place.matter is Matter.BODY:
        return "chapter"
    first, *_ = slug(PurePosixPath(place.source).stem).split("-") or [""]
    return FILE_ROLES.get(first, "chapter")


@dataclass(slots=True)
class _Names:
    """The ids given so far: each is taken once, a second comer gets a number."""

    taken: set[str] = field(default_factory=set)

    def take(self, wish: str) -> str:
        name, n = wish, 1
        while name in self.taken:
            n += 1
            name = f"{wish}-{n}"
        self.taken.add(name)
        return name


@dataclass(slots=True)
class _Count:
    """The running number of the chapters, and that of the appendices."""

    numbering: Numbering
    last: int = 0
    appendices: int = 0

    def open_part(self) -> None:
        if self.numbering.restart_chapters:
            self.last = 0

    def label(self, chapter: Chapter, role: str, matter: Matter) -> str:
        is_lettered = chapter.front_matter.appendix or self.numbering.appendices
        if not chapter.front_matter.numbered:
            return ""
        if role == APPENDIX and is_lettered:
            self.appendices += 1
            return letters(self.appendices)
        if matter is not Matter.BODY or not self.numbering.chapters:
            return ""
        self.last += 1
        return str(self.last)


def slug(stem: str) -> str:
    """Make an id out of a file's name: a letter first, then ASCII letters, digits and hyphens.

    Leading digits order the files and say nothing of the chapter; they go. What is not Latin
    leaves nothing.
    """
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"^[^a-z]+", "", plain)).strip("-")


def letters(number: int) -> str:
    """Write a whole number above 0 in capital letters: A to Z, then AA."""
    text = ""
    while number:
        number, place = divmod(number - 1, 26)
        text = chr(ord("A") + place) + text
    return text


def roman(number: int) -> str:
    """Write a whole number above 0 in capital roman numerals."""
    text = ""
    for sign, value in ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text
