"""Read the marks of the index and the glossary, the terms defined, and the abbreviations."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element, SubElement

from chapbook.apparatus import (
    Abbreviation,
    Apparatus,
    Entered,
    IndexMark,
    Leading,
    TermDefinition,
    TermUse,
)
from chapbook.diagnostics import Code, Diagnostic, Location, warning
from chapbook.parse.dialect.braces import Brace, Braces
from chapbook.parse.dialect.directives import directives_in, settle
from chapbook.parse.places import Places
from chapbook.parse.positions import Positions
from chapbook.parse.shaping.glossaries import GLOSSARY_LIST
from chapbook.parse.shaping.punctuation import set_punctuation
from chapbook.parse.slugs import Ids, slug
from chapbook.parse.tree import (
    classes,
    inner_text,
    is_block,
    remove,
    squeeze,
    with_parents,
    write_inside,
)
from chapbook.parse.walk import Mark

DEEPEST = 3
LEVEL = re.compile(r"(?<!\\)>")
INLINE = re.compile(
    r"\\(?P<sign>[!-/:-@\[-`{-~])|`(?P<code>[^`]+)`|(?P<e>[*_])(?P<em>[^*_]+)(?P=e)"
)


@dataclass(slots=True)
class ApparatusReader:
    """Reads the marks of one file; what it found is kept by the element of each mark."""

    braces: Braces
    language: str
    ids: Ids
    text: str
    places: Places
    index: dict[int, IndexMark] = field(default_factory=dict)
    uses: dict[int, TermUse] = field(default_factory=dict)
    definitions: dict[int, TermDefinition] = field(default_factory=dict)
    placed: set[str] = field(default_factory=set)

    @classmethod
    def of(
        cls, braces: Braces, language: str, roots: Iterable[Element], main: Positions
    ) -> "ApparatusReader":
        """Make one for a file, of whose trees these are the roots."""
        given = {e.attrib["id"] for root in roots for e in root.iter() if "id" in e.attrib}
        return cls(braces, language, Ids(given), main.text, main.places)

    def read(self, positions: Positions, root: Element) -> Iterator[Diagnostic]:
        """Read one tree of the file, and make of its marks what the later stages know."""
        marks = [mark for mark in positions.walk.marks if mark.brace >= 0]
        parents = {child: parent for parent, child in with_parents(root)} if marks else {}
        for mark in marks:
            brace = self.braces.taken[mark.brace]
            at = positions.of_written(mark, brace.written)
            mark.element.attrib.clear()
            self.placed.add(brace.written)
            for message, hint in brace.faults:
                yield warning(Code.BAD_MARK, message, at, hint)
            if brace.argument and brace.word == "index":
                yield from self._index(mark.element, parents[mark.element], brace, at)
            elif brace.word == "term":
                self._term(mark.element, brace, at, parents)
            elif brace.word == "warichu":
                mark.element.tag = "small"
                mark.element.set("class", brace.word)
            elif brace.word == "sort":
                yield from _sort(parents[mark.element], brace, at)
            if not mark.element.attrib and not inner_text(mark.element):
                remove(parents[mark.element], mark.element)
        self._define(positions, root)
        for directive in directives_in(root, "glossary"):
            line, _, column = directive.get("data-at", "0:0").partition(":")
            at = Location(self.places.path, int(line), int(column))
            yield _bad(
                "no list below [glossary] explains a term", at, "write “Graft” and “:   A shoot”"
            )
            settle(directive)

    def unplaced(self) -> Iterator[Diagnostic]:
        """Report the marks that came to stand nowhere, such as those in the words of an image."""
        for brace in self.braces.taken:
            if brace.written not in self.placed:
                self.placed.add(brace.written)
                place = max(self.text.find(brace.written), 0)
                hint = "set it before or behind what it stands in"
                at = self.places.locate(place)
                yield _bad("this mark stands where there can be none, and was left out", at, hint)

    def lift(self, title: Element | None, anchor: str) -> None:
        """Let the marks in the title of a chapter stand for its beginning."""
        for element in title.iter() if title is not None else ():
            mark = self.index.get(id(element))
            if mark is not None and element.attrib.pop("id", ""):
                self.index[id(element)] = replace(mark, anchor=anchor)

    def gather(self, marks: Iterable[Mark], elements: Iterable[Element]) -> Apparatus:
        """Give what these marks and elements, those of one chapter, give to the lists."""
        found = [id(mark.element) for mark in marks]
        inside = list(elements)
        return Apparatus(
            index=tuple(self.index[one] for one in found if one in self.index),
            uses=tuple(self.uses[one] for one in found if one in self.uses),
            definitions=tuple(self.definitions[id(e)] for e in inside if id(e) in self.definitions),
            abbreviations=tuple(self._abbreviations(inside)),
        )

    # the index

    def _index(
        self, element: Element, parent: Element, brace: Brace, at: Location
    ) -> Iterator[Diagnostic]:
        path = [part.strip() for part in LEVEL.split(brace.argument)]
        sorts = _sorts(brace)
        if not all(path):
            yield _bad("a term of the index is empty", at, "write {index: apple > Cox}")
            path = [part for part in path if part]
        if len(path) > DEEPEST:
            message = f"the index has {DEEPEST} levels at most, and this term has {len(path)}"
            yield _bad(message, at, "name fewer terms, with fewer “>”")
            path[DEEPEST - 1 :] = [", ".join(path[DEEPEST - 1 :])]
        if sorts and len(sorts) != len(path):
            message = f"terms here: {len(path)}; words to sort them by: {len(sorts)}"
            yield _bad(message, at, "give one for each, with “>” between")
            sorts = []
        if path:
            terms = self._terms(path, sorts)
            yield from self._mark(element, parent, brace, terms, at)

    def _terms(self, path: list[str], sorts: list[str]) -> tuple[Entered, ...]:
        wanted = sorts or [""] * len(path)
        return tuple(
            _entered(part, sort, self.language) for part, sort in zip(path, wanted, strict=True)
        )

    def _mark(
        self,
        element: Element,
        parent: Element,
        brace: Brace,
        terms: tuple[Entered, ...],
        at: Location,
    ) -> Iterator[Diagnostic]:
        kinds = [Leading(name) for name in ("see", "see-also") if name in brace.options]
        kinds += [Leading(name) for name in ("begin", "end") if name in brace.flags]
        if len(kinds) > 1:
            names = " and ".join(f"“{kind.value}”" for kind in kinds)
            yield _bad(f"a mark of the index cannot have {names}", at, "make two marks of it")
        kind = kinds[0] if kinds else Leading.PLACE
        see: tuple[Entered, ...] = ()
        if kind in (Leading.SEE, Leading.SEE_ALSO):
            path = [part.strip() for part in LEVEL.split(brace.options[kind.value])]
            see = self._terms([part for part in path if part], [])
        else:
            element.set("id", self.ids.take("index-mark", "index-mark"))
            _trim(element, parent)
        anchor = element.get("id", "")
        is_main = "main" in brace.flags
        self.index[id(element)] = IndexMark(terms, kind, anchor, at, see, is_main)

    # the glossary

    def _term(
        self, element: Element, brace: Brace, at: Location, parents: dict[Element, Element]
    ) -> None:
        term = brace.options.get("of") or squeeze(inner_text(element))
        holds_link = any(inner.tag == "a" for inner in element.iter())
        if not term or holds_link or _is_linked(element, parents):
            element.tag = "span"
            return
        element.tag = "a"
        element.attrib.update({"class": "term", "data-term": term})
        self.uses[id(element)] = TermUse(term, at)

    def _define(self, positions: Positions, root: Element) -> None:
        lists = [e for e in root.iter("dl") if GLOSSARY_LIST in classes(e)]
        if not lists:
            return
        drafts = {id(draft.owner): draft for draft in reversed(positions.walk.drafts)}
        for term in (child for one in lists for child in one if child.tag == "dt"):
            words = squeeze(inner_text(term))
            if not words:
                continue
            if "id" not in term.attrib:
                term.set("id", self.ids.take(f"term-{slug(words)}", "term"))
            inner = next((drafts[id(e)] for e in term.iter() if id(e) in drafts), None)
            at = positions.of_draft(inner) if inner else Location(positions.places.path)
            self.definitions[id(term)] = TermDefinition(words, term.attrib["id"], at)

    def _abbreviations(self, elements: Iterable[Element]) -> Iterator[Abbreviation]:
        seen = set()
        for element in elements:
            short, meaning = squeeze(inner_text(element)), squeeze(element.get("title", ""))
            if element.tag != "abbr" or not short or not meaning or (short, meaning) in seen:
                continue
            seen.add((short, meaning))
            defined = re.search(rf"^[ \t]*\*\[{re.escape(short)}\]", self.text, re.MULTILINE)
            at = self.places.locate(defined.start()) if defined else Location(self.places.path)
            yield Abbreviation(short, meaning, at)


def _trim(element: Element, parent: Element) -> None:
    """Take the blank away behind a mark that begins its block."""
    before = list(parent)[: list(parent).index(element)]
    if (parent.text or "").strip() or any(inner_text(e) or (e.tail or "").strip() for e in before):
        return
    if is_block(parent) and element.tail:
        element.tail = element.tail.lstrip()


def _sorts(brace: Brace) -> list[str]:
    given = next((brace.options[n] for n in ("sort", "よみ", "yomi") if n in brace.options), "")
    return [part.strip() for part in LEVEL.split(given)] if given else []


def _sort(parent: Element, brace: Brace, at: Location) -> Iterator[Diagnostic]:
    if parent.tag == "dt" or (parent.tag == "p" and brace.argument):
        parent.set("data-sort", brace.argument)
    if parent.tag != "dt":
        message = "a word to sort by is of use only in a term of the glossary"
        yield _bad(message, at, "delete it; in a mark of the index write | sort=…")
        parent.attrib.pop("data-sort", None)


def _is_linked(element: Element, parents: dict[Element, Element]) -> bool:
    above = parents.get(element)
    while above is not None:
        if above.tag == "a":
            return True
        above = parents.get(above)
    return False


def _entered(written: str, sort: str, language: str) -> Entered:
    """Read a term: emphasis and code are all that it may hold."""
    root = Element("span")
    root.text, end = "", 0
    for match in [*INLINE.finditer(written), None]:
        _add(root, written[end : match.start() if match else len(written)])
        if match is None:
            break
        end = match.end()
        if match["sign"]:
            _add(root, match["sign"])
        else:
            SubElement(root, "code" if match["code"] else "em").text = match["code"] or match["em"]
    set_punctuation(root, language)
    return Entered(squeeze(inner_text(root)), write_inside(root).strip(), sort)


def _add(root: Element, text: str) -> None:
    if len(root):
        root[-1].tail = (root[-1].tail or "") + text
    else:
        root.text = (root.text or "") + text


def _bad(message: str, at: Location, hint: str) -> Diagnostic:
    return warning(Code.BAD_MARK, message, at, hint)
