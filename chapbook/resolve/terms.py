"""Lead from the terms in the text to the glossary, and put the glossary in order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from xml.etree.ElementTree import Element, fromstring, tostring

from chapbook.apparatus import TermDefinition, TermUse
from chapbook.collation import Collation
from chapbook.diagnostics import Code, Diagnostic, Location, error, warning
from chapbook.model import Division, Passage
from chapbook.resolve.drafts import Draft
from chapbook.resolve.spelling import nearest

USE = re.compile(r'<a (?:[^>]*? )?data-term="(?P<term>[^"]*)"[^>]*>(?P<words>.*?)</a>', re.DOTALL)
GLOSSARY_LIST = "glossary-list"
BLOCK = re.compile(r'data-block="([^"]*)"')


class Glossary:
    """The terms of a book, each defined once."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        """Gather the definitions of these drafts."""
        self.diagnostics: list[Diagnostic] = []
        self.defined: dict[str, tuple[Division, TermDefinition]] = {}
        self.used: set[str] = set()
        for draft in drafts:
            for definition in draft.chapter.apparatus.definitions if draft.chapter else ():
                self._define(draft.division, definition)

    def _define(self, division: Division, definition: TermDefinition) -> None:
        key = definition.term.casefold()
        first = self.defined.setdefault(key, (division, definition))[1]
        if first is not definition:
            message = f"the term “{definition.term}” is defined twice"
            hint = f"first at {first.at}"
            self.diagnostics.append(warning(Code.DUPLICATE_TERM, message, definition.at, hint))

    def link(self, division: Division, draft: Draft) -> Division:
        """Link the first use of each term in a division; in the glossary itself, every one."""
        chapter = draft.chapter
        if chapter is None or not chapter.apparatus.uses:
            return division
        page = _Uses(self, list(chapter.apparatus.uses), bool(chapter.apparatus.definitions))
        page.note_all()
        return replace(
            division,
            xhtml=USE.sub(page.settle, division.xhtml),
            notes=tuple(replace(n, xhtml=USE.sub(page.settle, n.xhtml)) for n in division.notes),
        )

    def unused(self) -> Iterator[Diagnostic]:
        """Report terms that are explained and stand nowhere."""
        if not self.used:
            return
        for key, (_, definition) in self.defined.items():
            if key not in self.used:
                message = f"the glossary explains “{definition.term}”, which no mark uses"
                hint = f"write {{term: {definition.term}}} where it is used"
                yield warning(Code.UNUSED_TERM, message, definition.at, hint)


@dataclass(slots=True)
class _Uses:
    """The uses of terms in one chapter."""

    glossary: Glossary
    left: list[TermUse]
    links_all: bool
    met: set[str] = field(default_factory=set)

    def note_all(self) -> None:
        """Count every use, and report those of terms that are not explained."""
        for use in self.left:
            self.glossary.used.add(use.term.casefold())
            if use.term.casefold() not in self.glossary.defined:
                self.glossary.diagnostics.append(_unknown(use, self.glossary))

    def settle(self, match: re.Match[str]) -> str:
        """Write a use as a link, or as the words alone."""
        key = unescape(match["term"]).casefold()
        found = self.glossary.defined.get(key)
        if found is None or (key in self.met and not self.links_all):
            return match["words"]
        self.met.add(key)
        division, definition = found
        return f'<a class="term" href="book:{division.id}#{definition.anchor}">{match["words"]}</a>'


def _unknown(use: TermUse, glossary: Glossary) -> Diagnostic:
    if not glossary.defined:
        hint = "write [glossary], and a list of definitions below it, in a file of the book"
    else:
        names = {key: pair[1].term for key, pair in glossary.defined.items()}
        near = nearest(use.term.casefold(), names, 0.5)
        hint = f"did you mean “{names[near]}”?" if near else "explain it in the glossary"
    return error(Code.UNKNOWN_TERM, f"the glossary has no “{use.term}”", use.at, hint)


def sort_glossary(
    division: Division, collation: Collation, language: str
) -> tuple[Division, list[Diagnostic]]:
    """Sort the lists of terms in a division, and the passages with them."""
    root = fromstring(f"<div>{division.xhtml}</div>")
    unread: list[str] = []
    for one in root.iter("dl"):
        if GLOSSARY_LIST in one.get("class", "").split():
            unread += _sort(one, collation)
    xhtml = _inside(root)
    passages = _in_order(division.passages, BLOCK.findall(xhtml))
    is_japanese = language.lower().startswith("ja")
    findings = [_unread(words, division) for words in unread] if is_japanese else []
    return replace(division, xhtml=xhtml, passages=passages), findings


def _sort(listed: Element, collation: Collation) -> list[str]:
    """Sort one list; give the terms that could not be put under a letter."""
    groups: list[list[Element]] = []
    for child in list(listed):
        listed.remove(child)
        is_new = child.tag == "dt" and not (groups and groups[-1][-1].tag == "dt")
        if is_new or not groups:
            groups.append([])
        groups[-1].append(child)
    keys = {id(group): _reading(group[0]) for group in groups}
    for group in sorted(groups, key=lambda group: collation.key(keys[id(group)])):
        listed.extend(group)
    for child in listed:
        child.attrib.pop("data-sort", None)
    return [key for key in keys.values() if key and not collation.letter(key)]


def _reading(term: Element) -> str:
    """Give what a term is sorted by: its reading, where it has one."""
    return term.get("data-sort") or " ".join(_read(term).split())


def _read(element: Element) -> str:
    if element.tag == "ruby":
        return "".join("".join(rt.itertext()) for rt in element.iter("rt"))
    inside = (_read(child) + (child.tail or "") for child in element)
    return (element.text or "") + "".join(inside)


def _inside(root: Element) -> str:
    whole = tostring(root, encoding="unicode")
    return whole[whole.index(">") + 1 : whole.rindex("</")]


def _in_order(passages: tuple[Passage, ...], blocks: list[str]) -> tuple[Passage, ...]:
    """Put the passages of these blocks in their order; all others keep their places."""
    order = {block: place for place, block in enumerate(blocks)}
    moved = sorted((p for p in passages if p.block in order), key=lambda p: order[p.block])
    sorted_passages = iter(moved)
    return tuple(next(sorted_passages) if p.block in order else p for p in passages)


def _unread(words: str, division: Division) -> Diagnostic:
    found = next((p.at for p in division.passages if p.text.startswith(words)), division.at)
    at = found or Location("")
    message = f"nothing says how “{words}” is read, so it is sorted last"
    return warning(Code.MISSING_READING, message, at, "add {sort: …} behind the term")
