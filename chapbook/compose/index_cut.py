"""Leave out of an index the terms that lead only to what an edition does not show."""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from xml.etree.ElementTree import Element

from chapbook.compose.markup import classes, parse_fragment, write_xhtml
from chapbook.model import Division

ENTRY = "index-entry"
SHELLS = frozenset({"index-group", "index-entries"})


def cut_index(division: Division, gone: AbstractSet[str]) -> Division:
    """Give a division without such terms; `gone` holds the addresses that lead nowhere here.

    A term that others refer to, or that refers to others, stays.
    """
    if ENTRY not in division.xhtml:
        return division
    root = parse_fragment(division.xhtml)
    blocks: set[str] = set()
    _cut(root, gone, blocks)
    if not blocks:
        return division
    passages = tuple(one for one in division.passages if one.block not in blocks)
    return replace(division, xhtml=write_xhtml(root), passages=passages)


def _cut(element: Element, gone: AbstractSet[str], blocks: set[str]) -> None:
    for child in list(element):
        _cut(child, gone, blocks)
        name = child.get("class", "")
        if name == ENTRY and _is_gone(child, gone):
            blocks.add(child[0].get("data-block", ""))
            element.remove(child)
        elif name in SHELLS and not any(one.get("class") == ENTRY for one in child.iter()):
            element.remove(child)


def _is_gone(entry: Element, gone: AbstractSet[str]) -> bool:
    links = [one for one in entry.iter("a") if "href" in one.attrib]
    leads = all("locator" in classes(one) for one in links)
    is_alone = not any(one.get("class") == ENTRY for one in entry.iter() if one is not entry)
    return (
        bool(links)
        and leads
        and is_alone
        and "id" not in entry.attrib
        and all(one.get("href", "") in gone for one in links)
    )
