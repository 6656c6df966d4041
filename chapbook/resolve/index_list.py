"""Write the index: its terms by the rules of the language, what each leads to, in neutral markup.

An entry is an `<li class="index-entry">`. `<span class="locators">` holds what a term leads to, in
reading order: `<a class="locator">`, or two of them in `<span class="range">`; each link is called
by its place, and `data-place` names that place, `data-matter` the part of the book it stands in.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from chapbook.collation import Collation
from chapbook.diagnostics import Code, Diagnostic, warning
from chapbook.model import Kind, Passage
from chapbook.resolve.index_tree import IndexTree, Locator, Path, Spot, Term
from chapbook.words import Words

SIGN = "\ufffc"
DASH = "\u2013"
UNSORTED = re.compile(r"^[\W_]+(?=\w)")
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


@dataclass(slots=True)
class IndexWriter:
    """Writes the index of a book for one division; `level` is that of the letters' headings.

    The ids and blocks in it begin with `name`.
    """

    tree: IndexTree
    collation: Collation
    words: Words
    division: str
    level: int = 2
    name: str = "index"
    passages: list[Passage] = field(default_factory=list)
    _targets: dict[Path, str] = field(default_factory=dict)

    def write(self) -> str:
        """Give the markup; what it must show is in `passages` then."""
        named = {path for term in self.tree.all() for _, path in term.see}
        wanted = [term.path for term in self.tree.all() if term.path in named]
        self._targets = {path: f"{self.name}-term-{n}" for n, path in enumerate(wanted, 1)}
        terms = self._sorted(list(self.tree.terms.values()))
        groups = groupby(terms, lambda term: self.collation.letter(sort_text(term)))
        inside = "".join(self._group(letter, list(group)) for letter, group in groups)
        continued = escape(self.words.index_continued)
        return f'<div class="index-list" data-continued="{continued}">{inside}</div>'

    def _sorted(self, terms: Sequence[Term]) -> list[Term]:
        return sorted(terms, key=lambda term: self.collation.key(sort_text(term)))

    def _group(self, letter: str, terms: Sequence[Term]) -> str:
        shown = escape(letter or self.words.index_symbols)
        head = f'<h{self.level} class="letter">{shown}</h{self.level}>'
        return f'<div class="index-group">{head}{self._entries(terms)}</div>'

    def _entries(self, terms: Sequence[Term]) -> str:
        inside = "".join(self._entry(term) for term in terms)
        return f'<ul class="index-entries">{inside}</ul>'

    def _entry(self, term: Term) -> str:
        block = f"{self.name}-{len(self.passages) + 1}"
        target = self._targets.get(term.path)
        name = f' id="{target}"' if target else ""
        locators = ", ".join(self._locator(one) for one in term.locators)
        led = f', <span class="locators">{locators}</span>' if locators else ""
        see = list(self._see(term, bool(locators)))
        seen = "".join(f" {SIGN} {_said(path)}" for _, path in term.see)
        said = f"{term.entered.text}{seen}"
        self.passages.append(Passage(block, Kind.TEXT, said, term.at))
        words = f'<span class="index-term">{term.entered.xhtml}</span>{led}{"".join(see)}'
        below = self._entries(self._sorted(list(term.children.values()))) if term.children else ""
        return f'<li class="index-entry"{name}><p data-block="{block}">{words}</p>{below}</li>'

    def _locator(self, locator: Locator) -> str:
        start = _link(locator.start, locator.is_main)
        if locator.end is None:
            return start
        return f'<span class="range">{start}{DASH}{_link(locator.end, locator.is_main)}</span>'

    def _see(self, term: Term, is_led: bool) -> Iterator[str]:
        sign = ";" if is_led else ","
        for mark, path in term.see:
            pattern = self.words.index_see if mark.leading == "see" else self.words.index_see_also
            before, _, after = pattern.partition("{term}")
            words = ", ".join(one.xhtml for one in mark.see)
            target = self._targets.get(path)
            if target:
                href = f'href="book:{self.division}#{target}"'
                words = f'<a class="{mark.leading}" {href}>{words}</a>'
            sign = sign if before[:1].isalpha() else ""  # an arrow parts by itself
            yield f"{sign} {_spoken(before)}{words}{_spoken(after)}"
            sign = ";"


def unread(tree: IndexTree, collation: Collation, language: str) -> Iterator[Diagnostic]:
    """Report Japanese terms whose reading is not given: by it they are sorted."""
    if not language.lower().startswith("ja"):
        return
    for term in tree.all():
        if HAN.search(sort_text(term)) and not collation.letter(sort_text(term)):
            message = f"nothing says how “{term.entered.text}” is read, so it is sorted last"
            yield warning(Code.MISSING_READING, message, term.at, "add | よみ=… to the mark")


def sort_text(term: Term) -> str:
    """Give what a term is sorted by: signs at its beginning do not count."""
    return term.sort or UNSORTED.sub("", term.entered.text)


def _link(spot: Spot, is_main: bool) -> str:
    name = escape(f"{spot.division.id}#{spot.section}")
    href = escape(f"book:{spot.division.id}#{spot.anchor}".removesuffix("#"))
    kind = "locator main" if is_main else "locator"
    matter = spot.division.matter.value
    places = f'data-place="{name}" data-matter="{matter}"'
    return f'<a class="{kind}" href="{href}" {places}>{escape(spot.title, quote=False)}</a>'


def _said(path: Path) -> str:
    return ", ".join(path)


def _spoken(words: str) -> str:
    """Set the words of the house apart from those of the author."""
    bare = words.strip()
    return words.replace(bare, f'<i class="see-word">{escape(bare)}</i>') if bare else words
