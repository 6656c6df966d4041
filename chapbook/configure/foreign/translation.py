"""Keys of another tool, turned into ours one by one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from chapbook.diagnostics import Code, Diagnostic, Location, warning
from chapbook.origin import Origin
from chapbook.toml_source import KeyPath, Places

DATES = ("%Y-%m-%d", "%Y/%m/%d", "%m/%d/%Y", "%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%d %b %Y")


@dataclass(slots=True)
class Translation:
    """The table of a book as it grows, and the places of its keys in a foreign file."""

    origin: Origin
    theirs: Places
    table: dict[str, object] = field(default_factory=dict)
    places: dict[KeyPath, Location] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Let what has no place of its own be at the beginning of the file."""
        self.places.setdefault((), Location(self.origin.file))

    def take(self, key: str, value: object, theirs: KeyPath) -> None:
        """Note a value under our key; `theirs` is where it was written."""
        path = tuple(key.split("."))
        table = self.table
        for name in path[:-1]:
            table = table.setdefault(name, {})  # type: ignore[assignment]
        table[path[-1]] = value
        self.places[path] = self.place(theirs)

    def take_text(self, key: str, value: object, theirs: KeyPath) -> None:
        """Note a text; anything else is not understood."""
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            if text := " ".join(str(value).split()):
                self.take(key, text, theirs)
        else:
            self.pass_over(theirs)

    def take_authors(self, value: object, theirs: KeyPath) -> None:
        """Note a name, a list of them, or a list of tables that have names."""
        people = value if isinstance(value, list) else [value]
        names = [(_name(each), place) for place, each in enumerate(people)]
        known = self.table.setdefault("contributors", [])
        for name, place in names:
            if name and isinstance(known, list):
                at = self.place((*theirs, str(place)))
                self.places["contributors", str(len(known))] = at
                self.places["contributors", str(len(known)), "name"] = at
                known.append({"name": name})
            elif not name:
                self.pass_over(theirs)

    def take_date(self, value: object, theirs: KeyPath) -> None:
        """Note a day in one of its usual forms."""
        day = value.isoformat()[:10] if isinstance(value, date) else _day(str(value))
        if day:
            self.take("date", day, theirs)
        else:
            self.pass_over(theirs, f"“{value}” is no day that is known")

    def take_language(self, value: object, theirs: KeyPath) -> None:
        """Note a language tag, which some write with an underscore."""
        self.take_text("language", str(value).replace("_", "-"), theirs)

    def take_list(self, key: str, value: object, theirs: KeyPath) -> None:
        """Note a list of texts, or a text for a list of one."""
        values = value if isinstance(value, list) else re.split(r",\s*", str(value))
        texts = [str(each) for each in values if isinstance(each, str) and each]
        if texts:
            self.take(key, texts, theirs)
            for place in range(len(texts)):
                self.places[*key.split("."), str(place)] = self.place(theirs)

    def pass_over(self, theirs: KeyPath, why: str = "") -> None:
        """Report a key that was not understood."""
        name = ".".join(key for key in theirs if not key.isdigit())
        message = f"“{name}” of {self.origin.tool} was passed over"
        at = self.place(theirs)
        self.findings.append(
            warning(Code.NOT_UNDERSTOOD, f"{message}: {why}" if why else message, at)
        )

    def pass_over_rest(
        self, table: Mapping[str, object], known: Iterable[str], at: KeyPath
    ) -> None:
        """Report every key of a table that is not known."""
        for name in table:
            if name not in known:
                self.pass_over((*at, name))

    def place(self, theirs: KeyPath) -> Location:
        """Give the place of a key of theirs, or of what it stands in."""
        while theirs and theirs not in self.theirs:
            theirs = theirs[:-1]
        return self.theirs.get(theirs) or Location(self.origin.file)


def _name(person: object) -> str:
    if isinstance(person, dict):
        name = person.get("name", "")
        if isinstance(name, dict):
            name = name.get("literal") or " ".join(
                str(name[key]) for key in ("given", "family") if name.get(key)
            )
        return " ".join(str(name).split())
    return " ".join(person.split()) if isinstance(person, str) else ""


def _day(written: str) -> str:
    for form in DATES:
        try:
            return datetime.strptime(written.strip(), form).date().isoformat()
        except ValueError:
            continue
    return ""
