"""Find out where each chapter stands in the book: its side, its folios, what numbers it prints.

A chapter is laid out again only where its own text changes, because a page number in it did or is
left out, or where it must be printed on the other side and more than its margins would change.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from chapbook.laid import LaidChapter
from chapbook.typeset.sight import Near, Sight
from chapbook.typeset.standing import Standing
from chapbook.typeset.task import Task

MOST_ROUNDS = 8

LayOut = Callable[[Sequence[Task]], list[LaidChapter]]
MakeBlank = Callable[[bool], LaidChapter]  # a blank recto, or else a blank verso


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
    sight = Sight()
    for number in count():
        if any(chapter.opening is None for chapter in chapters):
            return None
        standings = stand(chapters, make_blank)
        near = sight.look(chapters, standings)
        wanted = _wanted(tasks, chapters, standings, near, keep_numbers=number >= MOST_ROUNDS)
        changed = [place for place, task in enumerate(wanted) if task is not tasks[place]]
        if not changed:
            break
        tasks = wanted
        for place, chapter in zip(changed, lay_out([tasks[n] for n in changed]), strict=True):
            chapters[place] = chapter
    return Settled(tuple(chapters), tuple(standings), _restless(tasks, chapters, standings))


def settle_whole(task: Task, lay_out: LayOut) -> Settled:
    """Lay out a book in one piece until what is in sight is left out, and its index is right.

    The engine knows all other numbers by itself; it is told them too where an index asks for some.
    """
    sight, standing = Sight(), Standing(is_recto=True, folio=0)
    (chapter,) = lay_out([task])
    for number in count():
        near = sight.look([chapter], [standing])[0]
        numbers = numbers_of([chapter], [standing])
        is_right = _shows(task, chapter, numbers) or number >= MOST_ROUNDS
        if is_right and near == task.near:
            break
        known = {**numbers, **_known(task, chapter, numbers)} if chapter.asked else task.numbers
        task = replace(task, near=near, numbers=known)
        (chapter,) = lay_out([task])
    restless = () if _shows(task, chapter, numbers) else (0,)
    return Settled((chapter,), (standing,), restless, is_whole=True)


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
    near: Sequence[Near],
    keep_numbers: bool,
) -> list[Task]:
    numbers = numbers_of(chapters, standings)
    return [
        _task(task, chapter, standing, out, None if keep_numbers else numbers)
        for task, chapter, standing, out in zip(tasks, chapters, standings, near, strict=True)
    ]


def _task(
    task: Task,
    chapter: LaidChapter,
    standing: Standing,
    near: Near,
    numbers: Mapping[str, int] | None,
) -> Task:
    """Give the task of a chapter as it now must be; the same where nothing has changed."""
    can_turn = all(page.other_edge is not None for page in chapter.pages)
    is_recto = task.is_recto if can_turn else standing.is_recto
    is_right = numbers is None or _shows(task, chapter, numbers)
    if is_right and (is_recto, near) == (task.is_recto, task.near):
        return task
    known = task.numbers if numbers is None else _known(task, chapter, numbers)
    return replace(task, is_recto=is_recto, near=near, numbers=known)


def _shows(task: Task, chapter: LaidChapter, numbers: Mapping[str, int]) -> bool:
    """Whether a chapter shows the numbers that it must, None for what no page has."""
    return all(
        anchor in task.numbers and task.numbers[anchor] == numbers.get(anchor)
        for anchor in chapter.asked
    )


def _known(task: Task, chapter: LaidChapter, numbers: Mapping[str, int]) -> dict[str, int | None]:
    """Give the numbers that a chapter shows, or may come to show where one is left out now."""
    others = () if task.is_whole else chapter.references
    return {anchor: numbers.get(anchor) for anchor in dict.fromkeys([*chapter.asked, *others])}


def _restless(
    tasks: Sequence[Task], chapters: Sequence[LaidChapter], standings: Sequence[Standing]
) -> tuple[int, ...]:
    """Give the places of the chapters that show other numbers than they must."""
    numbers = numbers_of(chapters, standings)
    pairs = enumerate(zip(tasks, chapters, strict=True))
    return tuple([n for n, (task, laid) in pairs if not _shows(task, laid, numbers)])
