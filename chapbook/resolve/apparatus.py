"""Make the index, the glossary and the list of abbreviations, and put them where they belong."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from chapbook.collation import Collation, collation_of
from chapbook.diagnostics import Code, Diagnostic, Location, warning
from chapbook.model import Division, Matter, Passage
from chapbook.resolve.abbreviations import SpeltOut, abbreviations_of, list_abbreviations
from chapbook.resolve.drafts import Draft
from chapbook.resolve.index_list import IndexWriter, unread
from chapbook.resolve.index_tree import IndexTree
from chapbook.resolve.terms import Glossary, sort_glossary
from chapbook.settings import BookSettings
from chapbook.words import Words

DIRECTIVE = re.compile(
    r'<div(?P<before>[^>]*?) data-directive="(?P<word>index|abbreviations)"[^>]*?(?:/>|></div>)'
)
HEADING = re.compile(r"<h([2-5])[ >]")
BLOCK = re.compile(r'data-block="([^"]*)"')


class ApparatusMaker:
    """Makes what the drafts of a book ask for, in divisions whose links are settled."""

    def __init__(self, drafts: Sequence[Draft], settings: BookSettings, words: Words) -> None:
        """Make it in the words of the house, sorted as the book's language is."""
        self.drafts = drafts
        self.settings = settings
        self.words = words
        self.diagnostics: list[Diagnostic] = []
        self._shows_index = False
        self._index_at: Location | None = None

    def complete(self, divisions: Sequence[Division]) -> tuple[Division, ...]:
        """Give the divisions with all lists made and all terms linked."""
        glossary = Glossary(self.drafts)
        spelt = SpeltOut(self.settings.abbreviations.spell_out)
        pairs = zip(divisions, self.drafts, strict=True)
        done = [self._fill(spelt.spell(glossary.link(one, draft))) for one, draft in pairs]
        self.diagnostics += [*glossary.diagnostics, *glossary.unused()]
        self._check_index()
        return tuple(self._sorted(division) for division in done)

    def _sorted(self, division: Division) -> Division:
        if "glossary-list" not in division.xhtml:
            return division
        division = _called(division, "glossary")
        language = division.language or self.settings.language
        made, findings = sort_glossary(division, collation_of(language), language)
        self.diagnostics += findings
        return made

    # what is asked for in the text, or as a page of its own

    def _fill(self, division: Division) -> Division:
        if division.page in ("index", "abbreviations"):
            xhtml, passages = self._list(division.page, division, 2)
            return replace(division, xhtml=xhtml, passages=tuple(passages))
        made = 0
        while match := DIRECTIVE.search(division.xhtml):
            made += 1
            before = division.xhtml[: match.start()]
            levels = [int(level) for level in HEADING.findall(before)]
            level = min(levels[-1] + 1, 6) if levels else 2
            name = f"index-{made}" if made > 1 else "index"
            xhtml, passages = self._list(match["word"], division, level, name)
            if match["word"] == "index":
                division = _called(division, "index")
            place = _place(division.passages, BLOCK.findall(before))
            division = replace(
                division,
                xhtml=f"{before}<div{match['before']}>{xhtml}</div>{division.xhtml[match.end() :]}",
                passages=(*division.passages[:place], *passages, *division.passages[place:]),
            )
        return division

    def _list(
        self, word: str, division: Division, level: int, name: str = "index"
    ) -> tuple[str, list[Passage]]:
        if word == "abbreviations":
            return list_abbreviations(abbreviations_of(self.drafts, self._collation))
        self._shows_index, self._index_at = True, division.at
        writer = IndexWriter(self._tree, self._collation, self.words, division.id, level, name)
        return writer.write(), writer.passages

    @cached_property
    def _collation(self) -> Collation:
        return collation_of(self.settings.language)

    @cached_property
    def _tree(self) -> IndexTree:
        return IndexTree(self.drafts)

    def _check_index(self) -> None:
        marks = [mark for draft in self.drafts if draft.chapter for mark in _marks(draft)]
        if not marks:
            if self._shows_index:
                message = "the book shows an index, and nothing is marked for it"
                hint = "write {index: apple} where readers should find it"
                self.diagnostics.append(warning(Code.NO_INDEX, message, self._index_at, hint))
            return
        self.diagnostics += self._tree.diagnostics
        if self._shows_index:
            language = self.settings.language
            self.diagnostics += unread(self._tree, self._collation, language)
            return
        message = "the text has marks for an index, and no place shows one"
        hint = "write [index] alone in a file, or name “index” in back of book.toml"
        self.diagnostics.append(warning(Code.NO_INDEX, message, marks[0], hint))


def _called(division: Division, role: str) -> Division:
    """Give a division of the back matter the role of what is listed in it."""
    is_plain = division.role == "chapter" and division.matter is Matter.BACK
    return replace(division, role=role) if is_plain else division


def _marks(draft: Draft) -> Iterable[Location]:
    return (mark.at for mark in draft.chapter.apparatus.index) if draft.chapter else ()


def _place(passages: Sequence[Passage], before: Sequence[str]) -> int:
    """Give where among the passages those belong that come after these blocks."""
    earlier = {"title", "author", "epigraph", "epigraph-source", *before}
    places = [place for place, passage in enumerate(passages) if passage.block in earlier]
    return places[-1] + 1 if places else 0
