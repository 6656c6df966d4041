"""Draw the pages and measure their inks, side by side where there are many."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from chapbook.diagnostics import BookError, Code, error
from chapbook.pack.coverage import InkUse, measure_inks
from chapbook.pack.names import PackNames
from chapbook.pack.spreads import Pair, Picture, draw_portion, facing, name_of, portions
from chapbook.print_shop import Colour, Print
from chapbook.workers import OUT_OF_TIME, Fallen, Workers

R = TypeVar("R")
T = TypeVar("T")

FEW = 20  # spreads that are drawn sooner than a worker is started


@dataclass(frozen=True, slots=True)
class Proofs:
    """The spreads as PNG by their names, the inks, and how many pages are not of grays alone.

    `inks` is empty where the file is RGB: the press will choose them.
    """

    spreads: tuple[tuple[str, bytes], ...] = field(repr=False)
    inks: tuple[InkUse, ...]
    coloured: int


def draw_proofs(
    pdf: bytes, pages: int, settings: Print, right_to_left: bool, names: PackNames, workers: Workers
) -> Proofs:
    """Draw every spread of a print file, and measure its inks.

    Raises `BookError` where the file brings down its reader.
    """
    pairs = facing(pages, right_to_left)
    is_many = len(pairs) > FEW
    has_inks = settings.colour is not Colour.RGB
    begun = workers.begin(measure_inks, pdf) if has_inks and is_many else None
    drawn = _draw(pdf, pairs, workers)
    spreads = tuple((names.spread(name_of(one.pair, pages)), one.png) for one in drawn)
    if begun is not None:
        measured = workers.finish(begun)
    else:
        measured = workers.each(measure_inks, [pdf], True)[0] if has_inks else ()
    inks = _whole(measured)
    return Proofs(spreads, inks, sum(len(one.coloured) for one in drawn))


def measure_cover(pdf: bytes, settings: Print, workers: Workers) -> tuple[InkUse, ...]:
    """Measure the inks of a cover, none where it is RGB. Raises as `draw_proofs` does."""
    if settings.colour is Colour.RGB:
        return ()
    return _each(measure_inks, [pdf], workers, in_place=True)[0]


def _draw(pdf: bytes, pairs: Sequence[Pair], workers: Workers) -> list[Picture]:
    with TemporaryDirectory(prefix="chapbook-", ignore_cleanup_errors=True) as folder:
        path = Path(folder, "print.pdf")
        path.write_bytes(pdf)
        lots = list(portions(str(path), pairs, FEW))
        drawn = _each(draw_portion, lots, workers, len(lots) < 2)
        return [picture for lot in drawn for picture in lot]


def _each(task: Callable[[T], R], items: Sequence[T], workers: Workers, in_place: bool) -> list[R]:
    return [_whole(one) for one in workers.each(task, items, in_place)]


def _whole(result: R | Fallen) -> R:
    if isinstance(result, Fallen):
        code = Code.TIME_LIMIT if result.reason == OUT_OF_TIME else Code.LAYOUT_FAILED
        raise BookError([error(code, f"the pages can not be drawn: the worker {result.reason}")])
    return result
