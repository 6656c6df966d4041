"""The works that are cited: their order, their numbers, and how those that look alike differ."""

from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

from chapbook.cite.csl.items import Described, Item
from chapbook.cite.csl.signs import bare
from chapbook.cite.csl.style import Style
from chapbook.model import Work

LETTERS = "abcdefghijklmnopqrstuvwxyz"
MOST_NAMES = 12


class Shelf:
    """The works of one list: sorted, numbered, and told apart.

    `names` are the options by which the names of a work are set so that it is told apart.
    """

    def __init__(self, style: Style, works: Iterable[Work]) -> None:
        """Put the works in order; they are given in the order of their first citation."""
        self.style = style
        self.described = {work.key: Described(work) for work in works}
        items = [Item(one, number=number) for number, one in enumerate(self.described.values(), 1)]
        self.items = style.sorted_works(items) if style.is_listing else items
        self.names: dict[str, dict[str, Any]] = {}
        self._number()
        self._tell_apart()

    def _number(self) -> None:
        self.numbers = {item["key"]: number for number, item in enumerate(self.items, 1)}
        for item in self.items:
            item["number"] = self.numbers[item["key"]]

    def _tell_apart(self) -> None:
        style = self.style
        if style.option("disambiguate-add-names") == "true":
            for alike in self._alike():
                self._try(alike, [{"et-al-min": n + 1, "et-al-use-first": n}
                                  for n in range(2, MOST_NAMES)])  # fmt: skip
        if style.option("disambiguate-add-givenname") == "true":
            for alike in self._alike():
                self._try(alike, [{"form": "long"}])
        if style.option("disambiguate-add-year-suffix") == "true":
            for alike in self._alike():
                self._letter(alike)

    def _alike(self) -> list[list[str]]:
        """Group the works that a cite would not tell apart, in the order of the list."""
        groups: dict[str, list[str]] = {}
        for item in self.items:
            groups.setdefault(self._cited(item["key"], {}), []).append(item["key"])
        return [group for text, group in groups.items() if len(group) > 1 and text]

    def _cited(self, key: str, names: Mapping[str, Any]) -> str:
        names = {**self.names.get(key, {}), **names}
        item = Item(self.described[key], number=self.numbers[key], names=names)
        return bare(self.style.cite(item))

    def _try(self, alike: list[str], options: list[dict[str, Any]]) -> None:
        """Take the first option by which the most of them differ, if by any more do."""
        best, most = None, 1
        for option in options:
            kinds = len({self._cited(key, option) for key in alike})
            if kinds > most:
                best, most = option, kinds
        if best is not None:
            for key in alike:
                self.names[key] = {**self.names.get(key, {}), **best}

    def _letter(self, alike: list[str]) -> None:
        for number, key in enumerate(alike):
            letter = _letters(number)
            work = self.described[key]
            if self.style.has_own_letters:
                dict.update(work, {"year_suffix": letter, "year-suffix": letter})
            elif "issued" in work and "year" in work["issued"]:
                work["issued"]["letter"] = letter


def _letters(number: int) -> str:
    """Give a, b, … z, aa, ab …"""
    for length in count(1):
        if number < 26**length:
            break
        number -= 26**length
    letters = ""
    for _ in range(length):
        number, place = divmod(number, 26)
        letters = LETTERS[place] + letters
    return letters
