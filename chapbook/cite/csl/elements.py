"""Elements of a style that the library sets otherwise than CSL says; each replaces its own.

https://docs.citationstyles.org/en/stable/specification.html
"""

import re
from collections.abc import Callable, Sequence
from functools import cmp_to_key
from typing import Any

from citeproc import model
from citeproc.source import VariableError

from chapbook.cite.csl.casing import recased
from chapbook.cite.csl.signs import bare

Key = Any
NUMERIC = re.compile(r"[A-Za-z]{0,3}[0-9]+[A-Za-z]{0,3}(?:\s*[-\u2013,&]\s*[0-9]+\w*)*")


class Watch:
    """Follows the first names that a cite sets, which are those of its author.

    `hides` takes them out; `stand_in` stands for them where they are the same as `before`.
    """

    def __init__(self, hides: bool = False, before: str = "", stand_in: str | None = None) -> None:
        """Begin with nothing seen."""
        self.hides, self.before, self.stand_in = hides, before, stand_in
        self.author = ""
        self.depth = 0

    def see(self, text: Any) -> Any:
        """Give what is to be set for these names; None for nothing."""
        if self.author or not text:
            return text
        self.author = str(text)
        if self.hides:
            return None
        is_same = self.stand_in is not None and self.author == self.before
        return self.stand_in if is_same else text


class Names(model.Names):
    """Tells the cite's watch of its names."""

    def render(self, item: Any, *args: Any, **named: Any) -> Any:
        """Set the names; those in a substitute are the whole's."""
        watch = item.get("watch")
        if watch is None or watch.depth or named.get("sort_options"):
            return super().render(item, *args, **named)
        watch.depth += 1
        try:
            text = super().render(item, *args, **named)
        finally:
            watch.depth -= 1
        return watch.see(text)


class Name(model.Name):
    """Takes options that hold for one cite alone."""

    def process(
        self, item: Any, variable: str, context: Any = None, sort_options: Any = None, **named: Any
    ) -> Any:
        """Set the names of a variable."""
        options = {**(sort_options or {}), **item["names"]} if item["names"] else sort_options
        form = self.get_option("form", context, options)
        if "subsequent" in item["position"] and not item["names"]:
            options = {**(options or {}), **self._subsequent(context)}
        for name in item.reference.get(variable, ()):
            name["is_short"] = form == "short"
        return super().process(item, variable, context, options, **named)

    def _subsequent(self, context: Any) -> dict[str, Any]:
        least = self.get_option("et-al-subsequent-min", context)
        first = self.get_option("et-al-subsequent-use-first", context)
        return {"et-al-min": least, "et-al-use-first": first} if least else {}


class Cased:
    """Cases as CSL has them; what is no title is in the style's language."""

    def case(self, text: Any, language: Any = None) -> Any:
        """Give the text in the case that the style wants; titles are cased in English alone."""
        element: Any = self
        how = element.get("text-case")
        language = language or element.get_root().get("default-locale")
        if not how or text is None or (how == "title" and not str(language).startswith("en")):
            return text
        return recased(text, how)


class Number(Cased, model.Number):
    """As the library has it, with these cases."""


class Text(Cased, model.Text):
    """Cases and quotation marks as CSL has them."""

    def quote(self, string: Any) -> Any:
        """Set in quotation marks; those inside become inner ones."""
        if self.get("quotes", "false") != "true":
            return string
        outer = [self.get_single_term(name=n) for n in ("open-quote", "close-quote")]
        inner = [self.get_single_term(name=n) for n in ("open-inner-quote", "close-inner-quote")]
        text = str(string).replace("“", str(inner[0])).replace("”", str(inner[1]))
        return outer[0] + text + outer[1]


class Date_Part(model.Date_Part):  # noqa: N801  # named as the library names it
    """Puts the letter of a year behind it, where the style does not place it."""

    def process(self, date: Any, context: Any = None) -> Any:
        """Set a part of a date."""
        text = super().process(date, context)
        suffix = date.get("letter") if self.get("name") == "year" else None
        return f"{text}{suffix}" if suffix else text


class Label(Cased, model.Label):
    """Is plural where a number of volumes or pages is more than one."""

    def _is_plural(self, item: Any) -> bool:
        variable = self.get("variable", "")
        if not variable.startswith("number-of"):
            return bool(super()._is_plural(item))
        value = str(item.reference.get(variable, ""))
        return value.isdecimal() and int(value) > 1


class If(model.If):
    """Knows where the cite stands, and whether it must be told apart."""

    def render(self, item: Any, *args: Any, **named: Any) -> Any:
        """Set what is inside; raises the library's own exception where that does not apply."""
        if "disambiguate" in self.attrib and not item.get("disambiguate"):
            raise model.ConditionFailed
        return super().render(item, *args, **named)

    def _position(self, item: Any, context: Any) -> list[bool]:  # noqa: ARG002
        return [name in item["position"] for name in self.get("position", "").split()]

    def _is_numeric(self, item: Any) -> list[bool]:
        names = self.get("is-numeric", "").split()
        return [_is_numeric(_variable(item, name)) for name in names]


class Else_If(If, model.Else_If):  # noqa: N801  # named as the library names it
    """As `If`."""


class Sort(model.Sort):
    """Sorts as people do: by the rules of the book's language; what has no key comes last."""

    collate: Callable[[str], Key] = str.casefold

    def sort(self, items: Any, context: Any) -> list[Any]:
        """Give the items in order."""
        keys = self.findall("cs:key", self.nsmap)
        columns = [(key.sort_keys(items, context), key.get("sort") == "descending") for key in keys]
        rows = list(zip(items, *(column for column, _ in columns), strict=True))
        falls = [is_falling for _, is_falling in columns]
        collate = type(self).collate

        def compare(one: tuple[Any, ...], two: tuple[Any, ...]) -> int:
            return _compare(one[1:], two[1:], falls, collate)

        return [row[0] for row in sorted(rows, key=cmp_to_key(compare))]


def _compare(
    one: Sequence[Any], two: Sequence[Any], falls: Sequence[bool], collate: Callable[[str], Key]
) -> int:
    for left, right, is_falling in zip(one, two, falls, strict=True):
        if left in (None, "") or right in (None, ""):
            if (left in (None, "")) != (right in (None, "")):
                return 1 if left in (None, "") else -1
            continue
        keys = [_sort_key(value, collate) for value in (left, right)]
        if keys[0] != keys[1]:
            is_less = keys[0] < keys[1] if keys[0][0] == keys[1][0] else keys[0][0] < keys[1][0]
            return 1 if is_less == is_falling else -1
    return 0


def _sort_key(value: Any, collate: Callable[[str], Key]) -> tuple[int, Any]:
    text = bare(str(value)).strip()
    if re.fullmatch(r"[0-9]+", text):
        return 0, int(text)
    return 1, collate(re.sub(r"^[^\w]+", "", text))


def _variable(item: Any, name: str) -> str:
    if name == "locator":
        return item.locator.identifier if item.has_locator else ""
    return str(item.reference.get(name.replace("-", "_"), ""))


def _is_numeric(text: str) -> bool:
    return NUMERIC.fullmatch(text) is not None


OWN = (Names, Name, Text, Number, Date_Part, Label, If, Else_If, Sort)
__all__ = ["OWN", "VariableError", "Watch"]
