"""Look for every stretch on its sheets, surest first, so that each letter is found once only.

What stands whole is found at once. Then short stretches between their neighbours, since "yes"
stands in many places; then what a page's end or a note broke, run by run; and last what was
moved about. What none of this finds is lost.
"""

from collections.abc import Iterable, Sequence

from chapbook.inspect.sheet import Sheet
from chapbook.inspect.stretches import Run, Stretch

_SURE = 16
_LONG = 12
_INITIAL = 3
_WIDE = 8


def search(sheets: Sequence[Sheet], stretches: Sequence[Stretch]) -> None:
    """Mark in every stretch where it was found, and what of it was not."""
    for lane in (False, True):
        strand = [s for s in stretches if s.is_note is lane]
        _find_whole(sheets, [s for s in strand if len(s.letters) >= _SURE])
        _find_between(sheets, strand)
    for find in (_find_broken, _find_moved, _lose):
        for stretch in stretches:
            if not stretch.runs:
                find(sheets, stretch)


def _take(sheets: Sequence[Sheet], stretch: Stretch, run: Run) -> None:
    sheets[run.sheet].take(run.start, run.end)
    stretch.runs.append(run)


def _find_whole(sheets: Sequence[Sheet], stretches: Iterable[Stretch]) -> None:
    sheet = at = 0
    for stretch in stretches:
        run = _first(sheets, stretch, sheet, at)
        if run is None:
            continue
        _take(sheets, stretch, run)
        if (run.sheet, run.end) > (sheet, at):
            sheet, at = run.sheet, run.end


def _first(sheets: Sequence[Sheet], stretch: Stretch, sheet: int, at: int) -> Run | None:
    """Find a whole stretch from a place on, else before it."""
    window = stretch.window
    for number in range(max(window.start, sheet), window.stop):
        found = sheets[number].find(stretch.letters, at if number == sheet else 0)
        if found >= 0:
            return Run(number, found, found + len(stretch.letters))
    for number in range(window.start, min(sheet + 1, window.stop)):
        found = sheets[number].find(stretch.letters)
        if found >= 0:
            return Run(number, found, found + len(stretch.letters))
    return None


def _find_between(sheets: Sequence[Sheet], stretches: Sequence[Stretch]) -> None:
    """Find short stretches after what was found before them and before what comes after."""
    afters = _afters(stretches, len(sheets))
    before = Run(0, 0, 0)
    for stretch, after in zip(stretches, afters, strict=True):
        if not stretch.runs:
            _narrow(stretch, before, after)
            if len(stretch.letters) < _SURE:
                _find_in(sheets, stretch, before, after)
        if stretch.runs:
            before = stretch.runs[-1]


def _afters(stretches: Sequence[Stretch], end: int) -> list[Run]:
    after = Run(end, 0, 0)
    found = []
    for stretch in reversed(stretches):
        found.append(after)
        if stretch.runs:
            after = stretch.runs[0]
    return found[::-1]


def _narrow(stretch: Stretch, before: Run, after: Run) -> None:
    """Stay near the neighbours where nobody knows on which sheets a stretch stands."""
    if len(stretch.window) > _WIDE and before.sheet <= after.sheet:
        first = max(stretch.window.start, before.sheet)
        stretch.window = range(first, min(stretch.window.stop, after.sheet + 1))


def _find_in(sheets: Sequence[Sheet], stretch: Stretch, before: Run, after: Run) -> None:
    window = stretch.window
    for number in range(max(window.start, before.sheet), min(window.stop, after.sheet + 1)):
        start = before.end if number == before.sheet else 0
        end = after.start if number == after.sheet else None
        at = sheets[number].find(stretch.letters, start, end)
        if at >= 0:
            _take(sheets, stretch, Run(number, at, at + len(stretch.letters)))
            return


def _find_broken(sheets: Sequence[Sheet], stretch: Stretch) -> None:
    """Find a stretch anywhere on its sheets, else in runs; a large initial is a run."""
    run = _first(sheets, stretch, stretch.window.start, 0)
    if run is not None:
        _take(sheets, stretch, run)
        return
    for initial in range(_INITIAL + 1):
        if _break_up(sheets, stretch, initial) == len(stretch.letters):
            return
        _give_back(sheets, stretch)


def _give_back(sheets: Sequence[Sheet], stretch: Stretch) -> None:
    at = 0
    for run in stretch.runs:
        sheet = sheets[run.sheet]
        width = run.end - run.start
        sheet.give_back(run.start, stretch.letters[at : at + width])
        at += width
    stretch.runs.clear()


def _break_up(sheets: Sequence[Sheet], stretch: Stretch, initial: int = 0) -> int:
    """Take a stretch run by run in the order of the pages; say how many letters were found."""
    sought = stretch.letters
    done = 0
    for number in stretch.window:
        sheet = sheets[number]
        start = 0
        while done < len(sought):
            rest = sought[:initial] if initial and not done else sought[done:]
            at, length = sheet.longest_run(rest, start)
            run = Run(number, at, at + length)
            if not length or not _joins(sheet, stretch.runs, run):
                break
            _take(sheets, stretch, run)
            done += length
            start = run.end
    return done


def _joins(sheet: Sheet, runs: Sequence[Run], run: Run) -> bool:
    """Whether a run may go on from the last: a stray word of the page must not stand in."""
    if not runs or runs[-1].sheet != run.sheet:
        return True
    last = runs[-1]
    if sheet.is_taken(last.end, run.start):
        return True
    if len(runs) == 1 and last.end - last.start <= _INITIAL:
        return True
    return min(last.end - last.start, run.end - run.start) >= _LONG


def _find_moved(sheets: Sequence[Sheet], stretch: Stretch) -> None:
    """Find a stretch in long runs in whatever order, or word by word in a line of two ways."""
    window = [sheets[number] for number in stretch.window]
    two_ways = not stretch.in_order or any(sheet.scattered for sheet in window)
    shortest = 1 if two_ways else _LONG
    done = 0
    while done < len(stretch.letters):
        found = _longest(sheets, stretch, done)
        if found is None or found.end - found.start < shortest:
            _give_back(sheets, stretch)
            return
        _take(sheets, stretch, found)
        done += found.end - found.start
    stretch.moved = not two_ways


def _longest(sheets: Sequence[Sheet], stretch: Stretch, done: int) -> Run | None:
    best: Run | None = None
    for number in stretch.window:
        at, length = sheets[number].longest_run(stretch.letters[done:], 0)
        if length and (best is None or length > best.end - best.start):
            best = Run(number, at, at + length)
    return best


def _lose(sheets: Sequence[Sheet], stretch: Stretch) -> None:
    """Say which letters are lost: from the first that is not found to where the text goes on."""
    done = _break_up(sheets, stretch)
    stretch.lost = done
    resumed = _resume(sheets, stretch, done)
    stretch.lost_letters = resumed - done
    while resumed < len(stretch.letters):
        found = _longest(sheets, stretch, resumed)
        if found is None:
            return
        _take(sheets, stretch, found)
        resumed += found.end - found.start


def _resume(sheets: Sequence[Sheet], stretch: Stretch, done: int) -> int:
    for offset in stretch.word_starts():
        chunk = stretch.letters[offset : offset + _LONG]
        if offset <= done or len(chunk) <= _INITIAL:
            continue
        if any(chunk in sheets[number].text for number in stretch.window):
            return offset
    return len(stretch.letters)
