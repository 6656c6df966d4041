"""The list of works, as XHTML with its passages."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from chapbook.cite.csl.elements import Watch
from chapbook.cite.csl.items import Item
from chapbook.cite.csl.signs import to_xhtml
from chapbook.cite.occurrences import tree
from chapbook.cite.works import Shelf
from chapbook.model import Kind, Passage, Work

ADDRESS = re.compile(r"https?://[^\s<>\"“”«»]*[^\s<>\"“”«».,;:!?'’)\]]")  # noqa: RUF001
DOI = re.compile(r"(?i)\b(?:doi:\s*)(10\.[0-9]{4,9}/[^\s<>\"]*[^\s<>\".,;:)\]])")


@dataclass(slots=True)
class WorkList:
    """A list of works in a division; `ids` name their entries, `cited` where each is cited."""

    division: str
    ids: dict[str, str]
    cited: dict[str, list[str]] = field(default_factory=dict)

    def link(self, key: str) -> str:
        """Give the address of an entry, '' for a work that is not listed."""
        return f"book:{self.division}#{self.ids[key]}" if key in self.ids else ""


def name_works(works: Iterable[Work], taken: Iterable[str]) -> dict[str, str]:
    """Give each work an id that no other has and nothing in the division."""
    used = set(taken)
    ids: dict[str, str] = {}
    for work in works:
        name = wish = "work-" + (re.sub(r"[^A-Za-z0-9_.-]+", "-", work.key).strip("-") or "x")
        number = 1
        while name in used:
            number += 1
            name = f"{wish}-{number}"
        used.add(name)
        ids[work.key] = name
    return ids


def write_list(
    shelf: Shelf, listing: WorkList, works: dict[str, Work], back: str
) -> tuple[Element, list[Passage]]:
    """Give the list and the passages in it; `back` says what leads back to the text."""
    rows = Element("ul", {"class": "works"})
    passages = []
    before = ""
    for number, item in enumerate(shelf.items, 1):
        key = item["key"]
        watch = Watch(before=before, stand_in=shelf.style.stand_in)
        row = _row(shelf, item, watch)
        before = watch.author
        row.attrib = {"id": listing.ids[key], "data-block": f"{listing.ids[key]}.{number}"}
        words = " ".join("".join(row.itertext()).split())
        passages.append(Passage(row.attrib["data-block"], Kind.TEXT, words, works[key].at))
        _lead_back(row, listing.cited.get(key, ()), back)
        rows.append(row)
    if any(row.find("span[@class='work-number']") is not None for row in rows):
        rows.set("class", "works numbered")
    return rows, passages


def _row(shelf: Shelf, item: Item, watch: Watch) -> Element:
    label, text = shelf.style.entry(item, watch)
    xhtml = to_xhtml(text)
    row = tree(_linked(xhtml))
    row.tag = "li"
    if label:
        head = tree(f'<span class="work-number">{to_xhtml(label)}</span>')[0]
        head.tail, row.text = f" {row.text or ''}", None
        row.insert(0, head)
    return row


def _linked(xhtml: str) -> str:
    """Make links of the addresses in the text of a fragment."""

    def link(match: re.Match[str]) -> str:
        address = match.group()
        return f'<a href="{address}">{address}</a>'

    return ADDRESS.sub(link, xhtml)


def _lead_back(row: Element, places: Sequence[str], back: str) -> None:
    """Lead from an entry to each place that cites it."""
    several = len(places) > 1
    for number, place in enumerate(places, 1):
        last = row[-1] if len(row) else None
        if last is None:
            row.text = f"{row.text or ''} "
        else:
            last.tail = f"{last.tail or ''} "
        name = f"{back} {number}" if several else back
        link = Element("a", {"class": "way-back", "href": place, "title": name})
        link.text = f"↩{number}" if several else "↩"
        row.append(link)
