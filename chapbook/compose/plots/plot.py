"""What is to be drawn, and in which looks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """How charts look. Lengths are points, `series` are the colours, one for each column.

    `paper` is the ground they stand on, '' where that is the page's own.
    """

    font: str
    size: float
    width: float
    ink: str
    rule: str
    series: tuple[str, ...]
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """What is to be drawn: a name for each column, and for each row a label and its values.

    `written` are the values as they are printed.
    """

    kind: str
    units: str
    x: str
    y: str
    names: tuple[str, ...]
    labels: tuple[str, ...]
    written: tuple[tuple[str, ...], ...]
    values: tuple[tuple[float, ...], ...]

    @property
    def is_parted(self) -> bool:
        """Whether there is more than one series."""
        return len(self.names) > 1

    def print(self, row: int, column: int) -> str:
        """Give a value with its units, as it is printed."""
        return f"{self.written[row][column]}{unit_of(self.units)}"


def unit_of(units: str) -> str:
    """Give units as they stand behind a number."""
    return f"\u00a0{units}" if units else ""
