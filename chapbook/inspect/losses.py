"""Put what is missing into words: which words, written where, missing from which page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from chapbook.diagnostics import Code, Diagnostic, Location, error, warning
from chapbook.inspect.letters import SHAPED, letters
from chapbook.inspect.order import out_of_order
from chapbook.inspect.search import search
from chapbook.inspect.shaped import lost_shaped
from chapbook.inspect.sheet import PIECE, Sheet
from chapbook.inspect.stretches import Stretch, cut
from chapbook.model import Kind, Passage

_SHOWN_WORDS = 6
_SHOWN_LETTERS = 24


@dataclass(frozen=True, slots=True)
class Grounds:
    """Where each block must be looked for, and what to say when it is not there.

    `windows` gives the sheets of the blocks that are known; the others may be anywhere. `hints`
    says for each kind of passage what usually makes it disappear. `is_text` holds where the text
    itself is at hand, in the author's order, and not only the signs of fonts in that of pages.
    """

    windows: Mapping[str, range]
    hints: Mapping[Kind, str]
    is_text: bool


@dataclass(frozen=True, slots=True)
class _Loss:
    """Words of one passage that are missing; `whole` where nothing of it was found."""

    passage: int
    offset: int
    words: str
    sheet: str
    whole: bool


def compare(
    passages: Sequence[Passage], sheets: Sequence[Sheet], grounds: Grounds
) -> Iterator[Diagnostic]:
    """Search the sheets for every passage and tell what is lost or out of order."""
    stretches = list(cut(passages, grounds.windows, range(len(sheets)), not grounds.is_text))
    search(sheets, stretches)
    shaped = () if grounds.is_text else _lost_shaped(passages, sheets, grounds)
    losses = {loss.passage: loss for loss in shaped}
    losses.update((loss.passage, loss) for loss in _losses(sheets, stretches))
    for run in _runs([losses[number] for number in sorted(losses)], passages):
        yield _tell_lost(run, passages, grounds)
    disorder = [s for s in stretches if s.moved] + out_of_order(stretches, grounds.is_text)
    for number in sorted({stretch.passage for stretch in disorder}):
        yield _tell_moved(passages[number])


def _losses(sheets: Sequence[Sheet], stretches: Sequence[Stretch]) -> Iterator[_Loss]:
    reached = 0
    for number, group in groupby(stretches, key=lambda s: s.passage):
        parts = list(group)
        missing = next((s for s in parts if s.lost >= 0), None)
        if missing is not None:
            offset, words = missing.raw_from(missing.lost, missing.lost_letters)
            name = _sheet_of(missing, sheets, reached)
            yield _Loss(number, offset, words, name, not any(s.runs for s in parts))
        reached = max((run.sheet for s in parts for run in s.runs), default=reached)


def _sheet_of(stretch: Stretch, sheets: Sequence[Sheet], reached: int) -> str:
    """Name the sheet on which the lost words should stand: where the text before them ends."""
    window = stretch.window
    if not window:
        return ""
    near = stretch.runs[0].sheet if stretch.runs else reached
    return sheets[min(max(near, window.start), window.stop - 1)].name


def _lost_shaped(
    passages: Sequence[Passage], sheets: Sequence[Sheet], grounds: Grounds
) -> Iterator[_Loss]:
    everywhere = range(len(sheets))
    for number, passage in enumerate(passages):
        text = passage.text
        if passage.kind is Kind.ALT or text.isascii() or not SHAPED.search(text):
            continue
        window = grounds.windows.get(passage.block, everywhere)
        found = lost_shaped(passage.text, [sheets[n] for n in window])
        if found is not None:
            name = sheets[window.start].name if len(window) < len(sheets) else ""
            yield _Loss(number, found.offset, found.words, name, False)


def _runs(losses: Sequence[_Loss], passages: Sequence[Passage]) -> Iterator[list[_Loss]]:
    """Gather neighbours that are lost whole: one block that vanished is one finding."""
    run: list[_Loss] = []
    for loss in losses:
        if run and not _follows(loss, run[-1], passages):
            yield run
            run = []
        run.append(loss)
    if run:
        yield run


def _follows(loss: _Loss, last: _Loss, passages: Sequence[Passage]) -> bool:
    between = passages[last.passage + 1 : loss.passage]
    here, there = passages[loss.passage], passages[last.passage]
    return (
        loss.whole
        and here.kind is there.kind
        and here.at.path == there.at.path
        and all(p.kind is Kind.ALT or not letters(p.text) for p in between)
    )


def _tell_lost(run: Sequence[_Loss], passages: Sequence[Passage], grounds: Grounds) -> Diagnostic:
    first = run[0]
    passage = passages[first.passage]
    where = f" on {first.sheet}" if first.sheet else ""
    message = f"{_quote(first.words)} is missing{where}"
    if len(run) > 1:
        message += f", and so are {_counted(len(run) - 1, 'passage')} after it"
    return error(
        Code.LOST_TEXT, message, _place(passage, first.offset), grounds.hints[passage.kind]
    )


def _tell_moved(passage: Passage) -> Diagnostic:
    return warning(
        Code.TEXT_OUT_OF_ORDER,
        f"{_quote(passage.text)} does not stand where the text has it",
        passage.at,
        "look at the page, and at what floats or is placed by the stylesheet",
    )


def _quote(words: str) -> str:
    shown = words.split()
    if len(shown) == 1 and len(words.strip()) > _SHOWN_LETTERS:
        cut_off = words.strip()[:_SHOWN_LETTERS]
        return f"“{cut_off}…” ({_counted(len(letters(words)), 'letter')})"
    if len(shown) > _SHOWN_WORDS:
        return f"“{' '.join(shown[:_SHOWN_WORDS])} …” ({_counted(len(shown), 'word')})"
    return f"“{' '.join(shown)}”"


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _place(passage: Passage, offset: int) -> Location:
    """Locate a word in the source; only the column of the passage's first word is known."""
    before = passage.text[:offset]
    if not before.strip() or not passage.at.line:
        return passage.at
    return Location(passage.at.path, passage.at.line + before.count("\n"))


def lost_alternatives(
    passages: Iterable[Passage], found: Iterable[str], sheets: Sequence[Sheet]
) -> Iterator[Diagnostic]:
    """Tell of each image's alternative that is not among those found.

    One that stands on a sheet as text, since its image is missing, is not lost; what the other
    passages took of the sheets is not looked at.
    """
    left = Counter(" ".join(text.split()) for text in found)
    for passage in passages:
        wanted = " ".join(passage.text.split())
        if passage.kind is not Kind.ALT or not wanted:
            continue
        if left[wanted]:
            left[wanted] -= 1
        elif not _take_text(letters(wanted), sheets):
            yield error(
                Code.LOST_ALT,
                f"the image's alternative text {_quote(wanted)} is missing",
                passage.at,
                "see that the template shows the image with its alt text",
            )


def _take_text(sought: str, sheets: Sequence[Sheet]) -> bool:
    for sheet in sheets:
        at = sheet.find(sought, PIECE) if sought else -1
        if at >= 0:
            sheet.take(at, at + len(sought))
            return True
    return False
