"""References that say on which page something stands, unless that is in sight."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote

CLASS = "on-page"
IN_SIGHT = "in-sight"


def references_in(roots: Iterable[Any]) -> Mapping[Any, int]:
    """Number the references in the elements of some sections, in order."""
    links = (link for root in roots for link in root.iter("a"))
    found = (link for link in links if CLASS in _classes(link) and _target(link))
    return {link: number for number, link in enumerate(found)}


def targets_of(references: Mapping[Any, int]) -> tuple[str, ...]:
    """Give the anchor that each of them means."""
    return tuple(_target(link) for link in references)


def leave_pages_out(references: Mapping[Any, int], near: Iterable[int]) -> None:
    """Tell the style sheet, by a class, which of them are to leave their page out."""
    wanted = set(near)
    for link, number in references.items():
        if number in wanted:
            link.set("class", " ".join([*_classes(link), IN_SIGHT]))


def _classes(link: Any) -> list[str]:
    return str(link.get("class", "")).split()


def _target(link: Any) -> str:
    address = str(link.get("href", ""))
    return unquote(address[1:]) if address.startswith("#") else ""
