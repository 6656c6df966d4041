"""Look for every stretch on its sheets, surest first, so that each letter is found once only.

What stands whole is found at once. Then short stretches between their neighbours, since "yes"
stands in many places; then what a page's end or a note broke, run by run; and last what was
moved about. What none of this finds is lost.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from chapbook.inspect.sheet import ANY_WORD, PIECE, WORD, Fit, Sheet
from chapbook.inspect.stretches import Run, Stretch
from chapbook.model import Kind

_LONG = 12
_INITIAL = 3
_WIDE = 32
_STEPS = 3
_BEGINNING = Run(0, 0, 0)


def search(sheets: Sequence[Sheet], stretches: Sequence[Stretch]) -> None:
    """Mark in every stretch where it was found, and what of it was not."""
    for lane in (False, True):
        strand = [s for s in stretches if s.is_note is lane]
        _find_whole(sheets, [s for s in strand if s.is_sure])
        _find_between(sheets, strand)
    for is_sure in (True, False):
        for find in (_find_broken, _find_moved, _find_swapped, _lose):
            for stretch in stretches:
                if stretch.is_sure is is_sure and not stretch.runs:
                    find(sheets, stretch)


def _take(sheets: Sequence[Sheet], stretch: Stretch, run: Run) -> None:
    sheets[run.sheet].take(run.start, run.end)
    stretch.runs.append(run)


def _find_whole(sheets: Sequence[Sheet], stretches: Iterable[Stretch]) -> None:
    """Find long stretches in their order: whole, or broken by the end of a page."""
    reached = _BEGINNING
    for stretch in stretches:
        _find_next(sheets, stretch, _first(sheets, stretch, reached), reached)
        if stretch.runs:
            reached = max(reached, stretch.runs[-1])


def _find_next(sheets: Sequence[Sheet], stretch: Stretch, whole: Run | None, reached: Run) -> None:
    """Take a stretch whole, unless it begins nearer and is broken; a short run may be chance."""
    is_further_on = whole is None or whole.sheet > reached.sheet
    if is_further_on and _is_near(stretch) and len(stretch.window) > 1:
        _break_up(sheets, stretch, start=reached)
        if whole and stretch.runs and _is_short(stretch.runs[0]):
            _give_back(sheets, stretch)
    if whole and not stretch.runs:
        _take(sheets, stretch, whole)


def _is_short(run: Run) -> bool:
    return run.end - run.start < _LONG


def _is_near(stretch: Stretch) -> bool:
    """Whether the place of a stretch is known well enough to look for its runs."""
    return len(stretch.window) <= _WIDE


def _first(sheets: Sequence[Sheet], stretch: Stretch, reached: Run) -> Run | None:
    """Find a whole stretch after a place, else before it."""
    window = stretch.window
    for number in range(max(window.start, reached.sheet), window.stop):
        start = reached.end if number == reached.sheet else 0
        if run := _whole(sheets, stretch, number, start):
            return run
    for number in range(window.start, min(reached.sheet + 1, window.stop)):
        if run := _whole(sheets, stretch, number):
            return run
    return None


def _whole(
    sheets: Sequence[Sheet], stretch: Stretch, number: int, start: int = 0, end: int | None = None
) -> Run | None:
    at = sheets[number].find(stretch.letters, stretch.closing, start, end)
    return Run(number, at, at + len(stretch.letters)) if at >= 0 else None


def _find_between(sheets: Sequence[Sheet], stretches: Sequence[Stretch]) -> None:
    """Find short stretches after what was found before them and before what comes after."""
    afters = _afters(stretches, len(sheets))
    before = _BEGINNING
    for stretch, after in zip(stretches, afters, strict=True):
        if not stretch.runs:
            _narrow(stretch, before, after)
            if not stretch.is_sure:
                _find_next(sheets, stretch, _between(sheets, stretch, before, after), before)
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
    if not _is_near(stretch) and before.sheet <= after.sheet:
        first = max(stretch.window.start, before.sheet)
        stretch.window = range(first, min(stretch.window.stop, after.sheet + 1))


def _between(sheets: Sequence[Sheet], stretch: Stretch, before: Run, after: Run) -> Run | None:
    window = stretch.window
    for number in range(max(window.start, before.sheet), min(window.stop, after.sheet + 1)):
        start = before.end if number == before.sheet else 0
        end = after.start if number == after.sheet else None
        if run := _whole(sheets, stretch, number, start, end):
            return run
    return None


def _find_broken(sheets: Sequence[Sheet], stretch: Stretch) -> None:
    """Find a stretch anywhere on its sheets, else in runs; a large initial is a run."""
    run = _first(sheets, stretch, _BEGINNING)
    if run is not None:
        _take(sheets, stretch, run)
        return
    for initial in range(_INITIAL + 1 if _is_near(stretch) else 0):
        if _break_up(sheets, stretch, initial):
            return


def _give_back(sheets: Sequence[Sheet], stretch: Stretch) -> None:
    at = 0
    for run in stretch.runs:
        sheet = sheets[run.sheet]
        width = run.end - run.start
        sheet.give_back(run.start, stretch.letters[at : at + width])
        at += width
    stretch.runs.clear()


def _break_up(
    sheets: Sequence[Sheet], stretch: Stretch, initial: int = 0, start: Run = _BEGINNING
) -> bool:
    """Take a stretch run by run, from a place on; give all back if some of it is not there."""
    done = _take_runs(sheets, stretch, initial, start, PIECE)
    if done < len(stretch.letters):
        _give_back(sheets, stretch)
    return bool(stretch.runs)


def _take_runs(
    sheets: Sequence[Sheet], stretch: Stretch, initial: int, start: Run, inner: int
) -> int:
    """Take runs in the order of the pages, broken off at a kind of edge; count their letters."""
    sought = stretch.letters
    done = 0
    for number in range(max(stretch.window.start, start.sheet), stretch.window.stop):
        sheet = sheets[number]
        at = start.end if number == start.sheet else 0
        if stretch.runs and done < len(sought):
            done -= _draw_back(sheets, stretch, number, done, inner)
        while done < len(sought):
            rest = sought[:initial] if initial and not done else sought[done:]
            fit = Fit(inner if done else WORD, inner, min(inner, stretch.closing))
            found, length = sheet.longest_run(rest, at, fit)
            run = Run(number, found, found + length)
            if not length or not _joins(sheet, stretch, run):
                break
            _take(sheets, stretch, run)
            done += length
            at = run.end
    return done


def _draw_back(
    sheets: Sequence[Sheet], stretch: Stretch, number: int, done: int, inner: int
) -> int:
    """Shorten the last run where the next sheet can go on; give how many letters go back.

    What is drawn after the text of a page, such as the words of a picture, may begin as its next
    word.
    """
    last = stretch.runs[-1]
    sheet, fit = sheets[last.sheet], Fit(inner, inner, min(inner, stretch.closing))
    end = last.end
    for _ in range(_STEPS):
        cut = last.end - end
        if sheets[number].longest_run(stretch.letters[done - cut :], 0, fit)[1]:
            if cut:
                sheet.give_back(end, stretch.letters[done - cut : done])
                stretch.runs[-1] = last._replace(end=end)
            return cut
        end = max(sheet.edges.rfind(edge, last.start + 1, end) for edge in range(inner, PIECE + 1))
        if end < 0:
            break
    return 0


def _joins(sheet: Sheet, stretch: Stretch, run: Run) -> bool:
    """Whether a run may go on from the last: a stray word of the page must not stand in."""
    if not stretch.runs or stretch.runs[-1].sheet != run.sheet:
        return True
    last = stretch.runs[-1]
    if sheet.is_taken(last.end, run.start):
        return True
    if len(stretch.runs) == 1 and last.end - last.start <= _INITIAL:
        return stretch.kind is Kind.TEXT  # a large initial
    return not _is_short(last) and not _is_short(run)


def _find_moved(sheets: Sequence[Sheet], stretch: Stretch) -> None:
    """Find a stretch in long runs in whatever order, or word by word in a line of two ways."""
    if not _is_near(stretch):
        return
    window = [sheets[number] for number in stretch.window]
    two_ways = not stretch.in_order or any(sheet.scattered for sheet in window)
    shortest = 1 if two_ways else _LONG
    fit = ANY_WORD if two_ways else Fit(WORD, PIECE, stretch.closing)
    done = 0
    while done < len(stretch.letters):
        found = _longest(sheets, stretch, done, fit)
        if found is None or found.end - found.start < shortest:
            _give_back(sheets, stretch)
            return
        _take(sheets, stretch, found)
        done += found.end - found.start
    stretch.moved = not two_ways


def _longest(sheets: Sequence[Sheet], stretch: Stretch, done: int, fit: Fit) -> Run | None:
    best: Run | None = None
    for number in stretch.window:
        at, length = sheets[number].longest_run(stretch.letters[done:], 0, fit)
        if length and (best is None or length > best.end - best.start):
            best = Run(number, at, at + length)
    return best


def _find_swapped(sheets: Sequence[Sheet], stretch: Stretch) -> None:
    """Find a short stretch on the next page or the last, where a like one has taken its place."""
    if stretch.is_sure or stretch.letters.isdigit():
        return
    first, end = stretch.window.start - 1, stretch.window.stop + 1
    near = range(max(first, 0), min(end, len(sheets)))
    run = _first(sheets, replace(stretch, window=near), _BEGINNING)
    if run is not None:
        _take(sheets, stretch, run)


def _lose(sheets: Sequence[Sheet], stretch: Stretch) -> None:
    """Say which letters are lost: from the first that is not found to where the text goes on."""
    if not _is_near(stretch):
        stretch.lost, stretch.lost_letters = 0, len(stretch.letters)
        return
    done = _take_runs(sheets, stretch, 0, _BEGINNING, WORD)
    stretch.lost = done
    resumed = _resume(sheets, stretch, done)
    stretch.lost_letters = resumed - done
    while resumed < len(stretch.letters):
        found = _longest(sheets, stretch, resumed, ANY_WORD)
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
