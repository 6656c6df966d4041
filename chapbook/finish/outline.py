"""Write the outline that a viewer shows beside the pages (ISO 32000-1, 12.3.3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from chapbook.finish.destinations import destination
from chapbook.finish.syntax import text
from chapbook.finish.volume import Volume
from chapbook.laid import LaidPage


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the outline: its level, and its title and destination as entries."""

    level: int
    entries: bytes
    is_closed: bool


@dataclass(slots=True)
class _Node:
    """A line with its number, and the lines below it; the outline itself is on level 0."""

    number: int
    level: int
    line: Line | None = None
    kids: list["_Node"] = field(default_factory=list)

    def shown(self) -> int:
        """Count the lines that can be seen below, as far as lines are open."""
        below = [kid.shown() for kid in self.kids if kid.line and not kid.line.is_closed]
        return len(self.kids) + sum(below)


def lines_of(
    pages: Sequence[LaidPage], numbers: Sequence[int], shifts: Sequence[float]
) -> tuple[Line, ...]:
    """Give the bookmarks of pages as lines."""
    return tuple(
        [
            Line(
                mark.level,
                b"/Title%b/Dest%b" % (text(mark.label), destination(own, mark.x + shift, mark.y)),
                mark.is_closed,
            )
            for page, own, shift in zip(pages, numbers, shifts, strict=True)
            for mark in page.bookmarks
        ]
    )


def write_outline(volume: Volume, lines: Iterable[Line]) -> int:
    """Write the outline; give the number of its object, 0 where there are no lines."""
    root = _Node(0, 0)
    above = [root]
    for line in lines:
        while len(above) > 1 and above[-1].level >= line.level:
            above.pop()
        node = _Node(volume.new(), line.level, line)
        above[-1].kids.append(node)
        above.append(node)
    if not root.kids:
        return 0
    root.number = volume.new()
    volume.add(root.number, b"<</Type/Outlines%b>>" % _below(root))
    _write_kids(volume, root)
    return root.number


def _write_kids(volume: Volume, parent: _Node) -> None:
    kids = parent.kids
    for before, node, after in zip([None, *kids], kids, [*kids[1:], None], strict=False):
        near = b"/Parent %d 0 R" % parent.number
        near += b"/Prev %d 0 R" % before.number if before else b""
        near += b"/Next %d 0 R" % after.number if after else b""
        entries = node.line.entries if node.line else b""
        volume.add(node.number, b"<<%b%b%b>>" % (entries, near, _below(node)))
        _write_kids(volume, node)


def _below(node: _Node) -> bytes:
    """Write what is below a line; the count is negative where it is closed."""
    if not node.kids:
        return b""
    first, last = node.kids[0].number, node.kids[-1].number
    count = -node.shown() if node.line and node.line.is_closed else node.shown()
    return b"/First %d 0 R/Last %d 0 R/Count %d" % (first, last, count)
