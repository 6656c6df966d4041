"""Names in a tree, where a reader finds one without looking at all (ISO 32000-1, 7.9.6).

Readers disagree on the order of names: some go by the bytes, some by the letters. Names that are
all in ASCII, or all in UTF-16, are in order for both.
"""

from collections.abc import Sequence

from chapbook.finish.syntax import references
from chapbook.finish.volume import Volume

MOST_IN_LEAF = 256


def write_name_tree(volume: Volume, items: Sequence[tuple[bytes, bytes]]) -> int:
    """Write pairs of a name and a value, sorted; give the number of the tree, 0 for none."""
    if not items:
        return 0
    if len(items) <= MOST_IN_LEAF:
        return volume.add(volume.new(), b"<<%b>>" % _names(items))
    starts = range(0, len(items), MOST_IN_LEAF)
    leaves = [_write_leaf(volume, items[start : start + MOST_IN_LEAF]) for start in starts]
    return volume.add(volume.new(), b"<</Kids%b>>" % references(leaves))


def _write_leaf(volume: Volume, items: Sequence[tuple[bytes, bytes]]) -> int:
    limits = b"/Limits[%b%b]" % (items[0][0], items[-1][0])
    return volume.add(volume.new(), b"<<%b%b>>" % (limits, _names(items)))


def _names(items: Sequence[tuple[bytes, bytes]]) -> bytes:
    return b"/Names[%b]" % b"".join([name + value for name, value in items])
