"""Put the text of a page together to lines, as a reader sees them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from chapbook.laid import Rectangle
from chapbook.preflight.sides import Run

_WORD = 0.3  # em between two words
_NEAR = 1.2  # em between two pieces of one line; cells of a table stand further apart


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `gaps` are its word spaces, left and right, in order."""

    text: str
    box: Rectangle
    size: float
    baseline: float
    mark: int
    gaps: tuple[tuple[float, float], ...] = ()

    @property
    def letters(self) -> str:
        """Its letters alone, which no hyphen, note call or space changes."""
        return letters_of(self.text)

    @property
    def looseness(self) -> float:
        """The mean word space, in em; 0 where there is none."""
        if not self.gaps or not self.size:
            return 0.0
        return sum(right - left for left, right in self.gaps) / len(self.gaps) / self.size


def letters_of(text: str) -> str:
    """Give the letters of a text, small."""
    return "".join(filter(str.isalpha, text)).casefold()


def lines_of(runs: Iterable[Run]) -> tuple[Line, ...]:
    """Give the lines of the text proper, in the order drawn; not furniture, not in pictures."""
    text = (one for one in runs if not one.is_furniture and not one.is_figure and one.is_seen)
    return tuple(_joined(group) for group in _grouped(one for one in text if one.text.strip()))


def words_of(runs: Sequence[Run]) -> str:
    """Give the words of pieces of text that may be single letters, as in a drawing."""
    said = ""
    for before, run in zip((None, *runs), runs, strict=False):
        is_apart = before is not None and not (
            _goes_on(before, run) and run.box[0] - before.box[2] < _WORD * run.size
        )
        said += f" {run.text}" if is_apart else run.text
    return " ".join(said.split())


def _grouped(runs: Iterable[Run]) -> Iterator[list[Run]]:
    line: list[Run] = []
    for run in runs:
        if line and not _goes_on(line[-1], run):
            yield line
            line = []
        line.append(run)
    if line:
        yield line


def _goes_on(last: Run, run: Run) -> bool:
    if not (last.is_level and run.is_level):
        return False
    size = max(last.size, run.size)
    is_near = -0.3 * size <= run.box[0] - last.box[2] <= _NEAR * size
    return is_near and abs(run.baseline - last.baseline) <= 0.6 * size


def _joined(runs: Sequence[Run]) -> Line:
    main = max(runs, key=lambda run: len(run.text))
    lefts, bottoms, rights, tops = zip(*(run.box for run in runs), strict=True)
    return Line(
        "".join(run.text for run in runs),
        (min(lefts), min(bottoms), max(rights), max(tops)),
        main.size,
        main.baseline,
        main.mark,
        tuple(gap for run in runs for gap in run.gaps),
    )
