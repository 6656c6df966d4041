"""Gather the marks of the index into a tree of terms, and tell what is wrong with them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from chapbook.apparatus import Entered, IndexMark, Leading
from chapbook.diagnostics import Code, Diagnostic, Location, warning
from chapbook.model import Division
from chapbook.resolve.drafts import Draft
from chapbook.resolve.spelling import nearest

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that the index leads to: a division, an anchor in it, and what the place is called.

    An `anchor` of '' is the division's beginning. `section` is that of the heading above, '' for
    the division's own.
    """

    division: Division
    anchor: str
    section: str
    title: str


@dataclass(frozen=True, slots=True)
class Locator:
    """What stands behind a term: a place, or a stretch up to another; `order` counts the marks."""

    order: int
    start: Spot
    end: Spot | None = None
    is_main: bool = False


@dataclass(slots=True)
class Term:
    """A term of the index with all that is said of it; `at` is its first mark."""

    entered: Entered
    path: Path
    at: Location
    sort: str = ""
    locators: list[Locator] = field(default_factory=list)
    see: list[tuple[IndexMark, Path]] = field(default_factory=list)
    children: dict[str, "Term"] = field(default_factory=dict)


class IndexTree:
    """The terms of a book, in the order in which they are first marked."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        """Gather the marks of these drafts, in reading order."""
        self.terms: dict[str, Term] = {}
        self.diagnostics: list[Diagnostic] = []
        self._open: dict[Path, list[tuple[int, IndexMark, Spot]]] = {}
        self._count = 0
        for draft in drafts:
            if draft.chapter is not None and draft.chapter.apparatus.index:
                spots = spots_of(draft)
                for mark in draft.chapter.apparatus.index:
                    self._add(mark, spots.get(mark.anchor))
        self._close()
        for term in self.all():
            term.locators.sort(key=lambda locator: locator.order)
        self.diagnostics += [found for term in self.all() for found in self._check(term)]

    def all(self) -> Iterator[Term]:
        """Give every term, each before its sub-terms."""
        yield from _walk(self.terms)

    def find(self, path: Path) -> Term | None:
        """Give the term of a path, or None."""
        found, terms = None, self.terms
        for name in path:
            found = terms.get(name)
            if found is None:
                return None
            terms = found.children
        return found

    def _add(self, mark: IndexMark, spot: Spot | None) -> None:
        term = self._term(mark)
        self._count += 1
        if mark.leading in (Leading.SEE, Leading.SEE_ALSO):
            term.see.append((mark, tuple(one.text for one in mark.see)))
        elif spot is None:
            return
        elif mark.leading is Leading.BEGIN:
            self._open.setdefault(term.path, []).append((self._count, mark, spot))
        elif mark.leading is Leading.END:
            self._end(term, mark, spot)
        else:
            term.locators.append(Locator(self._count, spot, None, mark.is_main))

    def _term(self, mark: IndexMark) -> Term:
        terms = self.terms
        path: Path = ()
        term = None
        for entered in mark.terms:
            path = (*path, entered.text)
            term = terms.setdefault(entered.text, Term(entered, path, mark.at))
            term.sort = term.sort or entered.sort
            terms = term.children
        assert term is not None
        return term

    def _end(self, term: Term, mark: IndexMark, spot: Spot) -> None:
        begun = self._open.get(term.path)
        if not begun:
            message = f"the stretch of “{_name(term.path)}” ends here and begins nowhere"
            hint = "write the same mark with | begin where it begins"
            self.diagnostics.append(warning(Code.INDEX_RANGE, message, mark.at, hint))
            term.locators.append(Locator(self._count, spot, None, mark.is_main))
            return
        order, first, start = begun.pop()
        term.locators.append(Locator(order, start, spot, first.is_main or mark.is_main))

    def _close(self) -> None:
        """Report stretches that never end; they count as places."""
        for path, begun in self._open.items():
            for order, mark, spot in begun:
                message = f"the stretch of “{_name(path)}” begins here and never ends"
                hint = "write the same mark with | end where it ends"
                self.diagnostics.append(warning(Code.INDEX_RANGE, message, mark.at, hint))
                term = self.find(path)
                if term is not None:
                    term.locators.append(Locator(order, spot, None, mark.is_main))

    def _check(self, term: Term) -> Iterator[Diagnostic]:
        for mark, path in term.see:
            if path == term.path:
                message = f"“{_name(path)}” refers to itself"
                yield warning(Code.INDEX_SEE, message, mark.at, "name another term")
            elif self.find(path) is None:
                names = (_name(one.path) for one in self.all() if one.path != term.path)
                near = nearest(_name(path), names, 0.5)
                hint = f"did you mean “{near}”?" if near else f"mark “{_name(path)}” somewhere"
                message = f"the index has no “{_name(path)}” to refer to"
                yield warning(Code.INDEX_SEE, message, mark.at, hint)


def spots_of(draft: Draft) -> dict[str, Spot]:
    """Give the place of each anchor of a chapter; what is in a note belongs to the chapter."""
    chapter = draft.chapter
    assert chapter is not None
    heads = {heading.anchor: heading.title for heading in chapter.headings}
    inside = {one for note in chapter.notes for one in _ids(note.xhtml)}
    section, title = "", chapter.title
    spots = {}
    for anchor in chapter.ids:
        if anchor in heads:
            section, title = anchor, heads[anchor]
        if anchor in inside:
            spots[anchor] = Spot(draft.division, anchor, "", chapter.title)
        else:
            spots[anchor] = Spot(draft.division, anchor, section, title)
    return {**spots, chapter.anchor: Spot(draft.division, "", "", chapter.title)}


def _ids(xhtml: str) -> Iterator[str]:
    yield from (piece.partition('"')[0] for piece in xhtml.split(' id="')[1:])


def _walk(terms: dict[str, Term]) -> Iterator[Term]:
    for term in terms.values():
        yield term
        yield from _walk(term.children)


def _name(path: Path) -> str:
    return " > ".join(path)
