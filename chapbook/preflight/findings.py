"""What a check finds on one page, and how findings on many pages become one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from chapbook.diagnostics import Code, Diagnostic, Location, Severity
from chapbook.preflight.sides import Side

WORST = 5
_TO = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, in words that hold for every page that has it.

    `page` counts from 1, 0 for the whole file. Of a code with many findings only those with the
    greatest `weight` are told, where the check says so.
    """

    code: Code
    what: str
    page: int = 0
    at: Location | None = None
    hints: tuple[str, ...] = ()
    severity: Severity = Severity.WARNING
    weight: float = field(default=0.0, compare=False)


def worst(findings: Iterable[Finding], limit: int = WORST) -> list[Finding]:
    """Give the gravest few, with all their pages, and say how many more there are."""
    groups: dict[Finding, list[Finding]] = {}
    for found in findings:
        groups.setdefault(replace(found, page=0), []).append(found)
    ranked = sorted(groups.values(), key=lambda group: -max(one.weight for one in group))
    kept, more = ranked[:limit], len(ranked) - limit
    if more > 0:
        told = f"{more} more like {'this is' if more == 1 else 'these are'} not shown"
        kept[-1] = [replace(one, hints=(*one.hints, told)) for one in kept[-1]]
    return [one for group in kept for one in group]


def diagnostics_of(findings: Iterable[Finding], sides: Sequence[Side]) -> tuple[Diagnostic, ...]:
    """Tell each finding once, with all the pages that have it."""
    pages: dict[Finding, list[int]] = {}
    for found in findings:
        pages.setdefault(replace(found, page=0), []).append(found.page)
    return tuple(
        Diagnostic(
            one.severity,
            one.code,
            ": ".join([part for part in (_named(numbers, sides), one.what) if part]),
            one.at,
            one.hints,
        )
        for one, numbers in pages.items()
    )


def _named(numbers: Sequence[int], sides: Sequence[Side]) -> str:
    """Name pages as a reader finds them: one, some, or from one to another."""
    known = sorted({number for number in numbers if number})
    if not known:
        return ""
    if len(known) == len(sides) > 1:
        return "all pages"
    stretches = []
    for _, group in groupby(enumerate(known), key=lambda pair: pair[1] - pair[0]):
        own = [sides[number - 1].label for _, number in group]
        stretches += [f"{own[0]}{_TO}{own[-1]}"] if len(own) > 2 else own
    if len(known) == 1:
        return f"page {stretches[0]}"
    listed = ", ".join(stretches[:-1])
    return f"pages {listed} and {stretches[-1]}" if listed else f"pages {stretches[-1]}"
