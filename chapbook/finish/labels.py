"""Label the pages of the PDF as they are numbered in print (ISO 32000-1, 12.4.2)."""

from collections.abc import Sequence

from chapbook.laid import Leaf


def label_ranges(leaves: Sequence[Leaf]) -> list[tuple[int, str]]:
    """Give each run of one kind of numeral: the place of its first page, from 0, and its style."""
    ranges: list[tuple[int, str]] = []
    for place, leaf in enumerate(leaves):
        style = "D" if leaf.label.isdigit() else "r"
        if not ranges or ranges[-1][1] != style:
            ranges.append((place, style))
    return ranges
