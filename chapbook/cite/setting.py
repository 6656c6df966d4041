"""Set one citation after the other: where it stands, its author in the sentence, its numbers."""

import re
from collections import deque
from collections.abc import Callable, Iterable

from chapbook.cite.csl.elements import Watch
from chapbook.cite.csl.items import Item
from chapbook.cite.csl.signs import TAGS
from chapbook.cite.csl.style import Style
from chapbook.cite.works import Shelf
from chapbook.model import Citation, Cite

NEAR = 5  # notes, where the style does not say
# The space between a short word and a number, as in “p. 12”.
SHORT = re.compile(r"(?<=\.) (?=[0-9])")
EMPHASIS = ("*", "_")


class Setter:
    """Sets the citations of one list of works, in the order of reading.

    `link` gives the address of a work's entry, '' where it has none.
    """

    def __init__(self, style: Style, shelf: Shelf, link: Callable[[str], str]) -> None:
        """Begin where nothing has been cited."""
        self.style, self.shelf, self.link = style, shelf, link
        near = style.option("near-note-distance")
        self._near: deque[frozenset[str]] = deque(maxlen=int(near) if near.isdecimal() else NEAR)
        self._seen: set[str] = set()
        self._last: tuple[Cite, ...] = ()
        self.addresses: tuple[str, ...] = ()

    def open_chapter(self) -> None:
        """Take note that a chapter begins: no “ibid.” points back into another."""
        self._last = ()
        self._near.clear()

    def set(self, citation: Citation, is_in_note: bool) -> tuple[str, str]:
        """Give the author that is a word of the sentence, or '', and the citation, with signs.

        `is_in_note`: it stands in a note of the author's own. `addresses` then has where its links
        lead.
        """
        cites = self._known(citation.cites)
        items = [self._item(cite, cites[:place], is_in_note) for place, cite in enumerate(cites)]
        written = dict(zip(map(id, items), cites, strict=True))
        author = self._author(items[0]) if citation.is_in_text and items else ""
        hidden = items[:1] if author and not self.style.is_notes else []
        hidden += [item for item in items if written[id(item)].is_bare]
        order = items if citation.is_in_text else self.style.sorted_cites(items)
        self.addresses = ()
        text = self._join(order, written, hidden, is_in_note)
        self._remember(cites)
        return author, text

    def _known(self, cites: Iterable[Cite]) -> tuple[Cite, ...]:
        return tuple(cite for cite in cites if cite.key in self.shelf.described)

    def _item(self, cite: Cite, before: tuple[Cite, ...], is_in_note: bool) -> Item:
        key = cite.key
        position = self._position(cite, before)
        if is_in_note:  # in the midst of the author's own words
            position -= {"ibid", "ibid-with-locator"}
        names = {} if "subsequent" in position else self.shelf.names.get(key, {})
        return Item(
            self.shelf.described[key],
            cite,
            number=self.shelf.numbers[key],
            position=position,
            names=names,
        )

    def _position(self, cite: Cite, before: tuple[Cite, ...]) -> frozenset[str]:
        """Name every position of CSL that a cite has."""
        if cite.key not in self._seen and all(cite.key != one.key for one in before):
            return frozenset({"first"})
        found = {"subsequent"}
        if any(cite.key in keys for keys in self._near) or any(cite.key == b.key for b in before):
            found.add("near-note")
        last = before[-1:] or (self._last if len(self._last) == 1 else ())
        if last and last[0].key == cite.key:
            place = (cite.label or "page", cite.locator)
            other = (last[0].label or "page", last[0].locator)
            if cite.locator and place != other:
                found |= {"ibid", "ibid-with-locator"}
            elif cite.locator or not last[0].locator:
                found.add("ibid")
        return frozenset(found)

    def _remember(self, cites: tuple[Cite, ...]) -> None:
        self._seen |= {cite.key for cite in cites}
        self._near.append(frozenset(cite.key for cite in cites))
        self._last = cites

    def _author(self, item: Item) -> str:
        """Give the name by which a sentence speaks of a work's author."""
        watch = Watch()
        plain = Item(item["described"], number=item.number, names=item["names"])
        self.style.cite(plain, watch)
        if watch.author and not self.style.is_notes:
            return watch.author
        people = item.reference.get("author") or item.reference.get("editor") or ()
        families = [" ".join(filter(None, (name.parts()[3], name.parts()[1]))) for name in people]
        if not families:
            return watch.author or str(item.reference.get("title", ""))
        if len(families) > 3:
            return f"{families[0]} {self.style.term('et-al')}"
        joined = ", ".join(families[:-1])
        return f"{joined} {self.style.term('and')} {families[-1]}" if joined else families[0]

    def _join(
        self, items: list[Item], written: dict[int, Cite], hidden: list[Item], is_plain: bool
    ) -> str:
        """Set the cites one after the other; the years of one author, and numbers, are joined."""
        collapse = self.style.option("collapse")
        set_: list[tuple[str, str]] = []
        addresses: list[str] = []
        before = ""
        for item in items:
            cite = written[id(item)]
            watch = Watch(hides=item in hidden)
            text = _held(self.style.cite(item, watch))
            is_same = watch.author == before and bool(before) and not cite.prefix
            between = ""
            if collapse.startswith("year") and is_same and not watch.hides:
                text = _held(self.style.cite(item, Watch(hides=True)))
                between = self.style.option("cite-group-delimiter") or ", "
            if "ibid" in item["position"] and (cite.prefix or set_):
                ibid = self.style.term("ibid")
                text = text.replace(ibid[:1].upper() + ibid[1:], ibid, 1)
            before = "" if cite.suffix else watch.author
            addresses.append(self.link(cite.key))
            set_.append((between, _around(cite, self.style.linked(text))))
        if collapse == "citation-number":
            set_, addresses = _ranges(set_, addresses, [item.number for item in items], written)
        self.addresses = tuple(addresses)
        return self.style.join(set_, is_plain)


def _ranges(
    cites: list[tuple[str, str]],
    addresses: list[str],
    numbers: list[int],
    written: dict[int, Cite],
) -> tuple[list[tuple[str, str]], list[str]]:
    """Join three numbers or more that follow each other: [1-3]."""
    plain = [not (c.prefix or c.suffix or c.locator) for c in written.values()]
    kept, left = [], []
    start = 0
    while start < len(cites):
        end = start
        while end + 1 < len(cites) and all(plain) and numbers[end + 1] == numbers[end] + 1:
            end += 1
        run = range(start, end + 1) if end - start < 2 else (start, end)
        for place in run:
            between = "–" if end - start >= 2 and place == end else cites[place][0]  # noqa: RUF001
            kept.append((between, cites[place][1]))
            left.append(addresses[place])
        start = end + 1
    return kept, left


def _held(text: str) -> str:
    """Keep the number of a page on the line of its word."""
    return SHORT.sub("\u00a0", text)


def _around(cite: Cite, text: str) -> str:
    """Put the author's own words around a cite."""
    before, after = _emphasised(cite.prefix), _emphasised(cite.suffix)
    if before:
        before = f"{before} "
    if after and after[0] not in " ,.;:)":
        after = f" {after}"
    return f"{before}{text}{after}"


def _emphasised(words: str) -> str:
    """Set words between `*` in italics."""
    opens, closes, *_ = TAGS["i"]
    for sign in EMPHASIS:
        pieces = words.split(sign)
        if len(pieces) > 2 and len(pieces) % 2:
            words = "".join(
                f"{opens}{piece}{closes}" if n % 2 else piece for n, piece in enumerate(pieces)
            )
    return words.replace("'", "’")  # noqa: RUF001
