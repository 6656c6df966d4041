"""Judges what was measured, and writes it as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

HEAD = ("", "what", "book", "ours", "stock", "ours/stock (range)", "reach", "")
FLAT = 0.10


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    `ours` and `stock` are in `unit`, in the order of the rounds; `ratios` were taken round by
    round. `reach` says what `is_met` was held against.
    """

    number: int
    what: str
    book: str
    unit: str
    ours: tuple[float, ...]
    stock: tuple[float, ...]
    ratios: tuple[float, ...]
    reach: str
    is_met: bool

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands in each column."""
        return (
            str(self.number),
            self.what,
            self.book,
            _amount(self.ours, self.unit),
            _amount(self.stock, self.unit),
            _spread(self.ratios),
            self.reach,
            "met" if self.is_met else "NOT MET",
        )


def against(
    number: int,
    what: str,
    book: str,
    unit: str,
    pairs: Sequence[tuple[float, float]],
    ratio: float,
    most: float | None = None,
) -> Row:
    """Judge pairs of ours and stock by the median of their ratios, and ours by `most`."""
    ours, stock = (tuple(side) for side in zip(*pairs, strict=True))
    ratios = tuple(one / other for one, other in pairs)
    limit = "" if most is None else f"≤ {most:g} {unit} and "
    is_met = median(ratios) <= ratio and (most is None or median(ours) <= most)
    return Row(number, what, book, unit, ours, stock, ratios, f"{limit}≤ {ratio:.2f}", is_met)


def within(number: int, what: str, book: str, seconds: Sequence[float], most: float) -> Row:
    """Judge times by their median."""
    is_met = median(seconds) <= most
    return Row(number, what, book, "s", tuple(seconds), (), (), f"≤ {most:g} s", is_met)


def flat(number: int, what: str, book: str, costs: Sequence[float]) -> Row:
    """Judge costs, in ms, by how far they are from the one in the middle between all."""
    middle = (min(costs) + max(costs)) / 2
    ratios = tuple(cost / middle for cost in costs)
    is_met = all(abs(ratio - 1) <= FLAT for ratio in ratios)
    return Row(number, what, book, "ms", tuple(costs), (), ratios, f"± {FLAT:.0%}", is_met)


def write_table(rows: Sequence[Row]) -> str:
    """Write the rows in columns."""
    lines = [HEAD, *(row.cells for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _amount(values: Sequence[float], unit: str) -> str:
    return f"{_short(median(values))} {unit}" if values else "-"


def _spread(ratios: Sequence[float]) -> str:
    if not ratios:
        return "-"
    return f"{median(ratios):.3f} ({min(ratios):.3f}-{max(ratios):.3f})"


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
