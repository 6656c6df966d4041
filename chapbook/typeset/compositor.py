"""Have chapters laid out: from the cache where they are there, else by the workers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from chapbook.cache import Cache, digest
from chapbook.diagnostics import BookError, Code, Diagnostic, error, warning
from chapbook.laid import FontUse, LaidChapter
from chapbook.typeset.doors import try_to_lay_out
from chapbook.typeset.task import Task
from chapbook.workers import Fallen, Workers

T = TypeVar("T")
R = TypeVar("R")

# What a chapter asks for besides its task: page numbers, and whether the edition matters.
Needs = tuple[tuple[str, ...], bool]
SMALL = 60_000  # letters of HTML that are laid out sooner than a worker is started


class LostFaceError(Exception):
    """Raised where a font file was damaged that remembered chapters use."""


@dataclass(slots=True)
class Compositor:
    """Lays chapters out; `faces` is a folder for font files, `found` what is to be said of it.

    `is_wary`: nothing that is remembered is trusted.
    """

    workers: Workers
    cache: Cache
    faces: Path
    is_wary: bool = False
    found: list[Diagnostic] = field(default_factory=list)
    _at_hand: set[str] = field(default_factory=set)

    def lay_out(self, tasks: Sequence[Task]) -> list[LaidChapter]:
        """Give the chapters of some tasks, in order. Raises `BookError` where one can not be."""
        names = [self._name_of(task) for task in tasks]
        chapters: list[LaidChapter | None] = [None] * len(tasks)

        def recall() -> None:
            chapters[:] = [(name and self._recall(name)) or None for name in names]

        def make(wanted: Sequence[int], meanwhile: Callable[[], None] = lambda: None) -> None:
            made = self._make([tasks[n] for n in wanted], meanwhile)
            for n, chapter in zip(wanted, made, strict=True):
                chapters[n] = chapter

        make([n for n, name in enumerate(names) if not name], recall)
        make([n for n, chapter in enumerate(chapters) if chapter is None])  # what was damaged
        return [chapter for chapter in chapters if chapter is not None]

    def have_done(self, door: Callable[[T], R], item: T, failure: str) -> R:
        """Have something small done where the engine is at hand: in a worker, if one is."""
        (result,) = self.workers.each(door, [item], in_place=not self.workers.is_warm)
        if isinstance(result, Fallen):
            message = f"{failure}: the worker {result.reason}"
            raise BookError([*self.found, error(Code.LAYOUT_FAILED, message)])
        return result

    def font_file(self, use: FontUse) -> bytes:
        """Give the font file of a face; raises `LostFaceError`."""
        content: bytes | None = self.cache.get("font", use.file)
        if content is None:
            raise LostFaceError
        return content

    def are_at_hand(self, uses: Sequence[FontUse]) -> bool:
        """Whether the font files are still there, which are kept apart from what uses them."""
        return not self.is_wary and all(
            use.file in self._at_hand or self._find(use.file) for use in uses
        )

    def _find(self, file: str) -> bool:
        if self.cache.holds("font", file):
            self._at_hand.add(file)
        return file in self._at_hand

    def keep_faces(self, uses: Sequence[FontUse]) -> None:
        """Keep the font files that a worker has put into the folder of faces."""
        for use in uses:
            if not self.are_at_hand([use]):
                self.cache.put("font", use.file, (self.faces / use.file).read_bytes())

    def _name_of(self, task: Task) -> str:
        """Give the digest of a chapter that is remembered, and may yet be damaged, '' for none."""
        needs: Needs | None = self.cache.get("needs", _key(task))
        name = "" if needs is None else _digest(task, needs)
        return name if name and self.cache.holds("chapter", name) else ""

    def _recall(self, name: str) -> LaidChapter | None:
        chapter: LaidChapter | None = self.cache.get("chapter", name)
        return chapter if chapter and self.are_at_hand(chapter.fonts) else None

    def _make(self, tasks: Sequence[Task], meanwhile: Callable[[], None]) -> list[LaidChapter]:
        if not tasks:
            meanwhile()
            return []
        letters = sum(map(_length, tasks))
        order = sorted(range(len(tasks)), key=lambda n: -_length(tasks[n]))
        longest_first = [tasks[n] for n in order]
        in_place = letters <= SMALL and not self.workers.is_warm
        results = self.workers.each(try_to_lay_out, longest_first, in_place, self._keep, meanwhile)
        faults = [result for result in results if isinstance(result, BookError)]
        if faults:
            found = (finding for fault in faults for finding in fault.diagnostics)
            raise BookError(dict.fromkeys([*self.found, *found]))
        made = dict(zip(order, results, strict=True))
        return [self._finished(task, made[n]) for n, task in enumerate(tasks)]

    def _keep(self, task: Task, result: LaidChapter | BookError) -> None:
        """Remember a chapter as soon as it is there, whatever becomes of the build."""
        if isinstance(result, BookError):
            return
        chapter = _named(task, result)
        self.keep_faces(chapter.fonts)
        self.cache.put("needs", _key(task), (chapter.asked, chapter.is_bound))
        self.cache.put("chapter", chapter.digest, chapter)

    def _finished(self, task: Task, result: LaidChapter | BookError | Fallen) -> LaidChapter:
        if isinstance(result, BookError):
            raise result
        return self._plainly(task, result) if isinstance(result, Fallen) else _named(task, result)

    def _plainly(self, task: Task, fallen: Fallen) -> LaidChapter:
        """Lay out without the house's lessons what fell under them twice."""
        name = task.sections[0].id
        if task.is_plain:
            raise BookError([*self.found, _lost(name, fallen)])
        plain = replace(task, is_plain=True)
        (result,) = self.workers.each(try_to_lay_out, [plain], keep=self._keep)
        chapter = self._finished(plain, result)
        self.found.append(_plain(name, fallen))
        return chapter


def _key(task: Task) -> str:
    return digest(task.digest, task.is_recto, task.is_plain, task.near)


def _digest(task: Task, needs: Needs) -> str:
    """Name a chapter by all that went into it."""
    asked, is_bound = needs
    numbers = [(anchor, task.numbers.get(anchor, 0)) for anchor in asked]
    return digest(_key(task), numbers, task.body_class if is_bound else "")


def _named(task: Task, chapter: LaidChapter) -> LaidChapter:
    return replace(chapter, digest=_digest(task, (chapter.asked, chapter.is_bound)))


def _length(task: Task) -> int:
    return sum(len(section.html) for section in task.sections)


def _plain(name: str, fallen: Fallen) -> Diagnostic:
    return warning(
        Code.PLAIN_LAYOUT,
        f"{name!r}: the worker that laid it out {fallen.reason}, twice; it is set plainly",
        None,
        "look at its pages; simplify what is special there, or allow more memory and time",
    )


def _lost(name: str, fallen: Fallen) -> Diagnostic:
    code = Code.TIME_LIMIT if "time" in fallen.reason else Code.LAYOUT_FAILED
    return error(
        code,
        f"the pages cannot be laid out in {name!r}: the worker {fallen.reason}",
        None,
        "simplify what is special there: deep nesting, a wide table, unusual style rules",
    )
