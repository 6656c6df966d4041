"""Sets the races: what is built, in which turn, and what is held against what."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks import books
from tests.benchmarks.books import Book, Edits
from tests.benchmarks.rows import Row, against, flat, within
from tests.benchmarks.runs import FailedError, Run, chapbook, measure, with_cache
from tests.benchmarks.watching import watch

STOCK = Path(__file__).with_name("plain_weasyprint.py")
JOBS = 2
EVERY_ROW = frozenset(range(1, 10))
WHOLE = ("screen", "print", "epub")
PRINT_WORK = ("prepress", "preflight", "impose", "cover")


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure: rounds, pages of the generated book, saves in a watch, a book besides.

    `sizes` are the pages of the books that tell whether a page costs more in a longer one.
    """

    rounds: int = 3
    pages: int = 850
    sizes: tuple[int, ...] = (100, 400, 850, 3000)
    saves: int = 7
    given: Path | None = None
    rows: frozenset[int] = EVERY_ROW


Round = Mapping[str, Run]  # by what was done


@dataclass(slots=True)
class Course:
    """A folder to run in. `say` is told of every run; `pages` has those of ours and of stock."""

    scratch: Path
    say: Callable[[str], None]
    pages: dict[str, tuple[int, int]] = field(default_factory=dict)

    def stock(self, book: Book) -> Run:
        """Make a PDF of the composed book with plain WeasyPrint."""
        html, pdf = (
            self.scratch / "stock" / book.folder.name / f"book.{e}" for e in ("html", "pdf")
        )
        if not html.exists():
            html.parent.mkdir(parents=True)
            command = [sys.executable, "-m", "tests.benchmarks.composed", str(book.folder)]
            measure([*command, str(html)], self.scratch, self.environment)
        pdf.unlink(missing_ok=True)
        run = self._run(
            f"{book.name}, stock", [sys.executable, "-P", str(STOCK), str(html), str(pdf)]
        )
        self.pages[book.name] = self.pages.get(book.name, (0, 0))[0], int(run.said)
        return run

    def ours(self, book: Book, what: str, *options: str) -> Run:
        """Run the program with what is remembered in the cache."""
        output = self.output(book)
        command = chapbook("--book", str(book.folder), "--output", str(output), *options)
        run = self._run(f"{book.name}, {what}", command)
        pages = max(file["pages"] for file in self._record(book))
        self.pages[book.name] = pages, self.pages.get(book.name, (0, 0))[1]
        return run

    def print_work(self, book: Book) -> tuple[dict[str, float], int]:
        """Give the seconds of work of each stage of print, booklet and cover, and the pages."""
        command = [sys.executable, "-m", "tests.benchmarks.print_work", str(book.folder)]
        told = json.loads(measure(command, self.scratch, self.environment).said)
        spent: dict[str, float] = told["spent"]
        listed = ", ".join(f"{stage} {seconds:.2f} s" for stage, seconds in spent.items() if stage)
        self.say(f"{book.name}, print shop: {listed}")
        return spent, told["pages"]

    def output(self, book: Book) -> Path:
        """Name the folder of what is made of a book."""
        return self.scratch / "output" / book.folder.name

    def made(self, book: Book) -> dict[str, str]:
        """Give the SHA-256 of each file that was made of a book, by its name."""
        return {file["name"]: file["sha256"] for file in self._record(book)}

    def forget(self, book: Book) -> None:
        """Empty the cache, and take away what was made."""
        shutil.rmtree(self.scratch / "cache", ignore_errors=True)
        shutil.rmtree(self.output(book), ignore_errors=True)

    def name(self, book: Book) -> str:
        """Call a book by its name and the pages that were made of it."""
        ours, stock = self.pages[book.name]
        return f"{book.name}: {ours:,} p." + (f" ({stock:,})" if stock not in (0, ours) else "")

    @property
    def environment(self) -> dict[str, str]:
        """What the program finds in its environment."""
        return with_cache(self.scratch / "cache")

    def _record(self, book: Book) -> list[dict[str, Any]]:
        record = json.loads((self.output(book) / "build.json").read_text("utf-8"))
        files: list[dict[str, Any]] = record["artifacts"]
        return files

    def _run(self, what: str, command: Sequence[str]) -> Run:
        run = measure(command, self.scratch, self.environment)
        self.say(f"{what}: {run.wall:.2f} s, {run.cpu:.2f} s of work, {run.peak:.0f} MiB")
        return run


def hold(plan: Plan, scratch: Path, say: Callable[[str], None]) -> Iterator[Row]:
    """Run all that the plan asks for, in the folder `scratch`; give the rows as they are known.

    Raises `FailedError` where a program fails.
    """
    course = Course(scratch, say)
    if plan.rows != {9}:
        _warm(course)
    if plan.rows & set(range(1, 7)):
        yield from _compare(course, plan, books.generated(plan.pages, scratch))
        if plan.given:
            yield from _compare(course, plan, books.given(plan.given, scratch))
    if 7 in plan.rows:
        yield _every_edition(course, plan)
    if 8 in plan.rows:
        yield _growth(course, plan)
    if 9 in plan.rows:
        yield _print_shop(course, plan)


def _warm(course: Course) -> None:
    """Run both once: the first run on a machine reads the libraries from the disk."""
    tiny = books.generated(1, course.scratch / "tiny")
    course.stock(tiny)
    course.forget(tiny)
    course.ours(tiny, "to warm up", "screen")


def _compare(course: Course, plan: Plan, book: Book) -> Iterator[Row]:
    rounds = [_round(course, plan, book) for _ in range(plan.rounds)]
    name = course.name(book)

    def row(number: int, what: str, ours: str, figure: str, unit: str, *limits: float) -> Row:
        pairs = [(getattr(each[ours], figure), getattr(each["stock"], figure)) for each in rounds]
        return against(number, what, name, unit, pairs, *limits)

    if 1 in plan.rows:
        yield row(1, f"full build, {JOBS} jobs", "full", "wall", "s", 0.40)
    if 2 in plan.rows:
        yield row(2, "full build, 1 job", "single", "wall", "s", 0.70)
    if 3 in plan.rows:
        yield row(3, "memory of the largest process", "full", "peak", "MiB", 0.40)
    if 4 in plan.rows:
        yield row(4, "one chapter edited", "edited", "wall", "s", 0.04, 1.8)
    if 5 in plan.rows:
        saves = watch(book, course.output(book), course.environment, plan.saves)
        yield within(5, "one chapter edited, in a watch", name, saves, 0.4)
    if 6 in plan.rows:
        yield within(6, "nothing changed", name, [each["unchanged"].wall for each in rounds], 0.4)


def _round(course: Course, plan: Plan, book: Book) -> Round:
    edits = Edits(book)
    runs = {"stock": course.stock(book)}
    course.forget(book)
    runs["full"] = course.ours(book, "full build", "screen", f"--jobs={JOBS}")
    first = course.made(book)
    runs["unchanged"] = course.ours(book, "nothing changed", "screen")
    edits.next()
    runs["edited"] = course.ours(book, "one chapter edited", "screen", f"--jobs={JOBS}")
    if course.made(book) == first:
        raise FailedError(f"{book.name}: the PDF does not show what was edited")
    edits.undo()
    if 2 in plan.rows:
        course.forget(book)
        runs["single"] = course.ours(book, "full build with one job", "screen", "--jobs=1")
    return runs


def _every_edition(course: Course, plan: Plan) -> Row:
    """Hold each PDF that has all pages of the house's book against the only one of stock."""
    book = books.house(course.scratch)
    pairs = []
    for _ in range(plan.rounds):
        stock = course.stock(book)
        course.forget(book)
        run = course.ours(book, "every edition", *WHOLE, f"--jobs={JOBS}")
        count = sum(name.endswith(".pdf") for name in course.made(book))
        pairs.append((run.wall / count, stock.wall))
    return against(7, "every edition, each PDF", course.name(book), "s", pairs, 0.9)


def _growth(course: Course, plan: Plan) -> Row:
    """Hold the work for a page in books of several sizes against each other."""
    grown = [books.generated(size, course.scratch / "growing") for size in plan.sizes]
    costs: dict[str, list[float]] = {book.name: [] for book in grown}
    for _ in range(plan.rounds):
        for book in grown:
            course.forget(book)
            run = course.ours(book, "full build", "screen", f"--jobs={JOBS}")
            costs[book.name].append(run.cpu / course.pages[book.name][0] * 1000)
    sizes = ", ".join(f"{course.pages[book.name][0]:,}" for book in grown)
    return flat(8, "work for a page", f"generated: {sizes} p.", [*map(median, costs.values())])


def _print_shop(course: Course, plan: Plan) -> Row:
    """Hold all the work for the print shop on the house's book against that of its layout."""
    book = books.house(course.scratch / "print-shop")
    pairs, pages = [], 0
    for _ in range(plan.rounds):
        spent, pages = course.print_work(book)
        pairs.append((sum(spent.get(stage, 0.0) for stage in PRINT_WORK), spent["typeset"]))
    return against(9, "print shop, against layout", f"{book.name}: {pages} p.", "s", pairs, 1.0)
