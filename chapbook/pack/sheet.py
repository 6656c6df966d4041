"""The specification as it is printed: words and values, in groups. The same as plain text."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

INDENT = "  "
RULE = "_" * 48


@dataclass(frozen=True, slots=True)
class Fact:
    """What a printer asks for, and what holds: a line each where it is more than one thing."""

    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Facts that belong together."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class SpecSheet:
    """All that the sheet says.

    `contact` are lines to write to; where there are none, they are left to be written by hand.
    `findings` are what the checks found, `no_findings` says that it is nothing. `more` stands for
    those that are only in the text.
    """

    kind: str
    title: str
    subtitle: str
    authors: str
    groups: tuple[Group, ...]
    contact_title: str
    contact: tuple[str, ...]
    findings_title: str
    findings: tuple[str, ...]
    no_findings: str
    more: str = ""

    def shortened(self, most: int) -> "SpecSheet":
        """Give the sheet with at most so many findings; `more` holds how many others there are."""
        others = len(self.findings) - most
        if others <= 0:
            return replace(self, more="")
        more = self.more.replace("{count}", str(others))
        return replace(self, findings=self.findings[:most], more=more)


def write_text(sheet: SpecSheet) -> str:
    """Write the whole sheet as lines of plain text, `label: value`."""
    return "\n".join(_lines(sheet)).rstrip() + "\n"


def _lines(sheet: SpecSheet) -> Iterator[str]:
    yield sheet.kind
    yield from (line for line in (sheet.title, sheet.subtitle, sheet.authors) if line)
    for group in sheet.groups:
        yield from ("", group.title)
        for fact in group.facts:
            first, *others = fact.values
            yield f"{INDENT}{fact.label}: {first}"
            yield from (f"{INDENT * 2}{other}" for other in others)
    yield from ("", sheet.contact_title)
    yield from (f"{INDENT}{line}" for line in sheet.contact or (RULE, RULE))
    yield from ("", sheet.findings_title)
    yield from (f"{INDENT}{line}" for line in sheet.findings or (sheet.no_findings,))
