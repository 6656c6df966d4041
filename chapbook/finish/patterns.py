"""Move the patterns of a page, which keep to its corner whatever moves (ISO 32000-1, 8.7.3)."""

import re
from collections.abc import Iterable

from chapbook.finish.syntax import extended, number, referred
from chapbook.laid import Drawing

PATTERNS = re.compile(rb"/Pattern\s*<<([^<>]*)>>")
MATRIX = re.compile(rb"/Matrix\s*\[([^\]]*)\]")


def patterns_of(drawing: Drawing) -> list[int]:
    """Give the parts that are patterns of the pages."""
    found = PATTERNS.search(drawing.resources)
    return sorted(set(referred(found[1]))) if found else []


def grounds_of(drawing: Drawing, shifts: Iterable[float]) -> list[float]:
    """Give the shifts whose pages have resources of their own: without patterns all share one."""
    return sorted(set(shifts)) or [0.0] if patterns_of(drawing) else [0.0]


def moved_pattern(head: bytes, shift: float) -> bytes:
    """Give the dictionary of a pattern that stands further to the right."""
    if not shift:
        return head
    found = MATRIX.search(head)
    if found is None:
        return extended(head, b"/Matrix[1 0 0 1 %b 0]" % number(shift))
    values = found[1].split()
    values[4] = number(float(values[4]) + shift)
    return b"%b/Matrix[%b]%b" % (head[: found.start()], b" ".join(values), head[found.end() :])
