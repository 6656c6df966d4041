"""Put what a validator objects to where the author can mend it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from chapbook.assay.objection import Objection
from chapbook.diagnostics import Code, Diagnostic, Location
from chapbook.provenance import Provenance

SETTINGS_FILE = "book.toml"
MOST_OF_A_RULE = 20


def tell(
    name: str, code: Code, objections: Sequence[Objection], provenance: Provenance
) -> Iterator[Diagnostic]:
    """Make a diagnostic of each objection, at the line it comes from; of one rule not too many."""
    count = Counter(one.rule for one in objections)
    told: Counter[str] = Counter()
    for one in objections:
        told[one.rule] += 1
        if told[one.rule] > MOST_OF_A_RULE:
            continue
        hints = [one.advice] if one.advice else []
        left = count[one.rule] - MOST_OF_A_RULE
        if told[one.rule] == MOST_OF_A_RULE and left:
            hints.append(f"the same rule is broken in {left} more places")
        file = provenance.find(one.file)
        rule = f"{name}: {one.rule}"
        hints.append(f"{rule}, in {_shown(file, one)}" if file or one.file else rule)
        yield Diagnostic(one.severity, code, one.message, _place(file, one, provenance), (*hints,))


def _shown(file: str, one: Objection) -> str:
    return ":".join([file or one.file, *(str(n) for n in (one.line, one.column) if n)])


def _place(file: str, one: Objection, provenance: Provenance) -> Location | None:
    """Give the line; what is said of the package is said of the settings it is made from."""
    if file.endswith(".opf"):
        return Location(SETTINGS_FILE)
    if one.steps:
        return provenance.at_steps(file, one.steps) or provenance.at_start(file)
    if one.line:
        return provenance.at_line(file, one.line, one.column) or provenance.at_start(file)
    return provenance.at_start(file)
