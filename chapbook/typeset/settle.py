"""Find out where each chapter stands in the book: its side, its folios, what numbers it prints.

A chapter is laid out again only where its own text changes, because a page number in it did, or
where it must be printed on the other side and more than its margins would change.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from chapbook.laid import LaidChapter
from chapbook.typeset.task import Task

MOST_ROUNDS = 8

LayOut = Callable[[Sequence[Task]], list[LaidChapter]]
MakeBlank = Callable[[bool], LaidChapter]  # a blank recto, or else a blank verso


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a chapter stands: its side, and the folio before it.

    `blank` is the page that is left blank before it, `blank_folio` the folio before that page.
    """

    is_recto: bool
    folio: int
    blank: LaidChapter | None = None
    blank_folio: int = 0


@dataclass(frozen=True, slots=True)
class Settled:
    """The chapters as they will be printed, where they stand, and whether the numbers came to rest.

    `restless` are the places of the chapters whose numbers did not.
    """

    chapters: tuple[LaidChapter, ...]
    standings: tuple[Standing, ...]
    restless: tuple[int, ...] = ()
    is_whole: bool = False


def settle(tasks: Sequence[Task], lay_out: LayOut, make_blank: MakeBlank) -> Settled | None:
    """Lay chapters out until every number is right; None where they can not be laid out apart.

    After many rounds numbers stay as they are, and only sides are still put right.
    """
    tasks = list(tasks)
    chapters = lay_out(tasks)
    for number in count():
        if any(chapter.opening is None for chapter in chapters):
            return None
        standings = stand(chapters, make_blank)
        wanted = _wanted(tasks, chapters, standings, keep_numbers=number >= MOST_ROUNDS)
        changed = [place for place, task in enumerate(wanted) if task is not tasks[place]]
        if not changed:
            break
        tasks = wanted
        for place, chapter in zip(changed, lay_out([tasks[n] for n in changed]), strict=True):
            chapters[place] = chapter
    return Settled(tuple(chapters), tuple(standings), _restless(tasks, chapters, standings))


def stand(chapters: Sequence[LaidChapter], make_blank: MakeBlank) -> list[Standing]:
    """Set the chapters one after the other; a blank page goes before one that needs a side."""
    standings = []
    pages = folio = 0
    for chapter in chapters:
        is_recto = pages % 2 == 0
        needs_blank = chapter.opening == ("verso" if is_recto else "recto") and pages > 0
        before, blank = folio, None
        if needs_blank:
            blank = make_blank(is_recto)
            pages, folio, is_recto = pages + 1, folio_of(blank, 0, folio), not is_recto
        standings.append(Standing(is_recto, folio, blank, before))
        pages += len(chapter.pages)
        folio = folio_of(chapter, len(chapter.pages) - 1, folio)
    return standings


def folio_of(chapter: LaidChapter, place: int, before: int) -> int:
    """Give the page counter on a page of a chapter, from its value before the chapter."""
    page = chapter.pages[place]
    return before + page.folio if page.goes_on else page.folio


def numbers_of(chapters: Sequence[LaidChapter], standings: Sequence[Standing]) -> Mapping[str, int]:
    """Give the page number of every anchor."""
    numbers: dict[str, int] = {}
    for chapter, standing in zip(chapters, standings, strict=True):
        for place, page in enumerate(chapter.pages):
            folio = folio_of(chapter, place, standing.folio)
            for anchor in page.anchors:
                numbers.setdefault(anchor, folio)
    return numbers


def turns(chapter: LaidChapter, standing: Standing) -> bool:
    """Whether a chapter stands on another side than it was laid out for."""
    return chapter.pages[0].kind.is_recto != standing.is_recto


def _wanted(
    tasks: Sequence[Task],
    chapters: Sequence[LaidChapter],
    standings: Sequence[Standing],
    keep_numbers: bool,
) -> list[Task]:
    numbers = numbers_of(chapters, standings)
    return [
        _task(task, chapter, standing, task.numbers if keep_numbers else _shown(chapter, numbers))
        for task, chapter, standing in zip(tasks, chapters, standings, strict=True)
    ]


def _task(
    task: Task, chapter: LaidChapter, standing: Standing, shown: Mapping[str, int | None]
) -> Task:
    can_turn = all(page.other_edge is not None for page in chapter.pages)
    is_recto = task.is_recto if can_turn else standing.is_recto
    if (is_recto, shown) == (task.is_recto, task.numbers):
        return task
    return replace(task, is_recto=is_recto, numbers=shown)


def _shown(chapter: LaidChapter, numbers: Mapping[str, int]) -> dict[str, int | None]:
    """Give the numbers that a chapter must show, None for what no page has."""
    return {anchor: numbers.get(anchor) for anchor in chapter.asked}


def _restless(
    tasks: Sequence[Task], chapters: Sequence[LaidChapter], standings: Sequence[Standing]
) -> tuple[int, ...]:
    """Give the places of the chapters that show other numbers than they must."""
    numbers = numbers_of(chapters, standings)
    pairs = enumerate(zip(tasks, chapters, strict=True))
    return tuple([n for n, (task, laid) in pairs if task.numbers != _shown(laid, numbers)])
