"""Works as the library knows them."""

import json
import re
import unicodedata
from typing import Any

from citeproc import DATES, NAMES
from citeproc.source import CitationItem, Date, DateRange, LiteralDate, Locator, Name, Reference

from chapbook.cite.csl.signs import bare, rich
from chapbook.model import Cite, Work

PARTICLES = ("dropping-particle", "non-dropping-particle")
PLAIN = frozenset({"page", "page_first", "DOI", "ISBN", "ISSN", "URL", "PMID", "PMCID", "language"})


class ScriptName(Name):
    """A name in a script in which the family name comes first, and nothing between the two."""

    def parts(self) -> tuple[str | None, str, None, None, None]:
        """Give the whole as one part, or the family name where just that is asked for."""
        family, given = self["family"], self.get("given", "")
        whole = family if self.get("is_short") else f"{family}{given}"
        return None, whole, None, None, None


class Described(Reference):
    """A work with all that is known of it, under its names with hyphens and without."""

    def __init__(self, work: Work) -> None:
        """Read the work; what the library could not bear is left out."""
        csl = json.loads(work.csl)
        fields = {"key": work.key, "type": csl.pop("type", "document")}
        for name, value in csl.items():
            variable = name.replace("-", "_")
            if read := _read(variable, value):
                fields[variable] = read
                fields[name] = read
        if "page" in fields and "page_first" not in fields:
            fields["page_first"] = re.split("[-–,&]", fields["page"])[0].strip()  # noqa: RUF001
        dict.__init__(self, fields)


class Locators(Locator):
    """A place in a work; two are the same where they say the same."""

    def __eq__(self, other: object) -> bool:
        """Compare kind and place."""
        return isinstance(other, Locator) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]


class Item(CitationItem):
    """A work at one place; what is beside it decides how it is set.

    `position` holds the positions of CSL that fit; `watch` follows the name of its author.
    """

    def __init__(self, described: Described, cite: Cite | None = None, **named: Any) -> None:
        """Cite a work, or list it."""
        fields: dict[str, Any] = {"key": described["key"], "described": described}
        fields |= {"position": frozenset(), "number": 0, "watch": None, "names": {}, **named}
        if cite is not None and cite.locator:
            fields["locator"] = Locators(cite.label or "page", cite.locator)
        dict.__init__(self, fields)

    @property
    def reference(self) -> Any:
        """What is known of the work."""
        return self["described"]

    @property
    def number(self) -> int:
        """The number of the work in the list."""
        return int(self["number"])

    def get_field(self, field: str) -> Any:
        """Give a variable as text."""
        value = self.reference.get(field)
        return None if value is None else str(value)

    def is_bad(self) -> bool:
        """Whether the work is not known: none such is ever made."""
        return False


def _read(variable: str, value: Any) -> Any:
    if variable in NAMES:
        return [_name(one) for one in value] if isinstance(value, list) else None
    if variable in DATES:
        return _date(value) if isinstance(value, dict) else None
    if not isinstance(value, str):
        return None
    if variable in PLAIN:
        return bare(value).strip()
    return rich(value.strip())


def _name(parts: dict[str, str]) -> Name:
    if "literal" in parts:
        return Name(literal=bare(parts["literal"]))
    known = {k: bare(v).replace("'", "’") for k, v in parts.items()  # noqa: RUF001
             if k in ("family", "given", "suffix", *PARTICLES)}  # fmt: skip
    if "family" not in known:
        return Name(literal=known.get("given", ""))
    both = known["family"] + known.get("given", "")
    return ScriptName(**known) if _has_no_order(both) else Name(**known)


def _has_no_order(text: str) -> bool:
    """Whether a name is in a script that writes the family name first, without a space."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and all(unicodedata.east_asian_width(c) in "WF" for c in letters)


def _date(value: dict[str, Any]) -> Any:
    circa = bool(value.get("circa"))
    days = [dict(zip(("year", "month", "day"), one, strict=False))
            for one in value.get("date-parts", [])]  # fmt: skip
    if not days:
        literal = LiteralDate(bare(str(value.get("literal", ""))), circa=circa)
        return literal if literal["text"] else None
    if "season" in value:
        days[0]["season"] = value["season"]
    if len(days) == 1:
        return Date(circa=circa, **days[0])
    return DateRange(begin=Date(**days[0]), end=Date(**days[1]), circa=circa)
