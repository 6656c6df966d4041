"""What the extensions of one file share."""

from dataclasses import dataclass, field

from chapbook.parse.dialect.braces import Braces
from chapbook.parse.dialect.charts import Charts
from chapbook.parse.dialect.citations import CitationMarks
from chapbook.parse.dialect.directives import Directives
from chapbook.parse.dialect.formulas import Formulas
from chapbook.parse.places import Places
from chapbook.parse.scan import Scan
from chapbook.parse.tags import TagPolicy

# Quotes and lists inside each other. No book needs more, and each level costs the stack.
DEEPEST = 40


@dataclass(slots=True)
class Context:
    """The scanned file, what may stand in it, and what the extensions found out."""

    scan: Scan
    policy: TagPolicy
    directives: Directives = field(default_factory=lambda: Directives("", Places("", "")))
    braces: Braces = field(default_factory=Braces)
    citations: CitationMarks = field(default_factory=CitationMarks)
    charts: Charts = field(default_factory=Charts)
    formulas: Formulas = field(default_factory=Formulas)
    is_too_deep: bool = False
    calls: list[str] = field(default_factory=list)

    @property
    def keys(self) -> set[str]:
        """The keys of the notes that are defined."""
        return {note.key for note in self.scan.notes}
