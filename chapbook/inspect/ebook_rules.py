"""Apply all our own rules to an e-book, and tell what breaks them where it was written."""

from collections.abc import Iterator, Sequence

from chapbook.diagnostics import Code, Diagnostic, Location, error
from chapbook.inspect.container import Package
from chapbook.inspect.ebook_access import ACCESS
from chapbook.inspect.ebook_fault import Fault
from chapbook.inspect.ebook_structure import STRUCTURE
from chapbook.inspect.ebook_ways import WAYS
from chapbook.model import Passage
from chapbook.provenance import Provenance

HINT = "a template or an image is at fault if the book has its own; else tell us"


def check_rules(package: Package, passages: Sequence[Passage]) -> Iterator[Diagnostic]:
    """Give a diagnostic for everything in the package that is broken."""
    faults = [fault for rule in (*STRUCTURE, *WAYS, *ACCESS) for fault in rule(package)]
    provenance = Provenance(package.files, passages)
    for fault in faults:
        yield error(Code.BAD_EPUB, fault.message, _place(package, fault, provenance), HINT)


def _place(package: Package, fault: Fault, provenance: Provenance) -> Location | None:
    if fault.line:
        return provenance.at_line(fault.file, fault.line, fault.column)
    if fault.element is None:
        return provenance.at_start(fault.file)
    elements = package.trees[fault.file].iter()
    number = next(n for n, element in enumerate(elements) if element is fault.element)
    return provenance.at_tag(fault.file, number)
