"""Scales with round numbers at their ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor, log10

from chapbook.compose.plots.plot import Plot

STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Scale:
    """The values between two round numbers, on a stretch of the drawing."""

    low: float
    high: float
    step: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Give where a value stands in the drawing."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> Iterator[float]:
        """Give the round numbers of the scale."""
        count = round((self.high - self.low) / self.step)
        yield from (self.low + n * self.step for n in range(count + 1))


def scale_of(what: Plot, start: float, end: float, from_zero: bool) -> Scale:
    """Give the scale of all values of a plot."""
    every = [value for row in what.values for value in row]
    low, high = min(every), max(every)
    if from_zero or (low > 0 and low < high * 0.4):
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = min(low, 0.0), max(high, low + 1)
    rough = (high - low) / 4
    power = 10 ** floor(log10(rough))
    step = next(power * n for n in STEPS if power * n >= rough * 0.999)
    return Scale(floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step, step, start, end)


def write_tick(value: float, what: Plot) -> str:
    """Write a number of the scale as the author writes his own."""
    text = f"{value:.6g}".replace("-", "\u2212")
    has_comma = any("," in written for row in what.written for written in row)
    return text.replace(".", ",") if has_comma else text
