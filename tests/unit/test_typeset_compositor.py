"""What is remembered is taken only where it is whole, and what falls is set plainly."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import pytest

from chapbook.cache import Cache
from chapbook.diagnostics import BookError, Code, Diagnostic, Outcome
from chapbook.finish import finish_pdf
from chapbook.laid import Typeset
from chapbook.publication import PagedPublication
from chapbook.typeset import compositor as compositor_room
from chapbook.typeset import typeset
from chapbook.typeset.task import Task
from chapbook.workers import OUT_OF_TIME, Fallen, Workers
from tests.falling import FALLS, LOST, STUMBLES, lay_out_or_fall
from tests.paged_books import STYLE, prose, publication
from tests.presses import InPlace

T = TypeVar("T")
R = TypeVar("R")
NOTES = "::footnote-call { content: '*' } ::footnote-marker { content: '*' }"


def book(folder: Path, kind: str = "", words: str = "as it was") -> PagedPublication:
    """Make a book of three chapters, the second of some kind."""
    html = (
        f'<section id="one" data-matter="body"><h1>One</h1>{prose(2, "one")}</section>',
        f'<section id="two" data-matter="body"><p class="{kind}">{words}</p></section>',
        '<section id="three" data-matter="body"><h1>Three</h1><pre>code</pre></section>',
    )
    return publication(folder, *html, style=STYLE + NOTES)


def linked(publication: PagedPublication, cache: Cache) -> bytes:
    return finish_pdf(typeset(publication, InPlace(), cache).value, publication, cache)


def entries(folder: Path, kind: str) -> list[Path]:
    return sorted(path for path in (folder / kind).rglob("*") if path.is_file())


def exchange(files: Sequence[Path]) -> None:
    contents = [file.read_bytes() for file in files]
    for file, content in zip(files, [*contents[1:], contents[0]], strict=True):
        file.write_bytes(content)


def cut(files: Sequence[Path]) -> None:
    for file in files:
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def remove(files: Sequence[Path]) -> None:
    for file in files:
        file.unlink()


def age(files: Sequence[Path]) -> None:
    for file in files:
        file.write_bytes(b"chapbook 0\n" + file.read_bytes()[11:])


KINDS = ("chapter", "needs", "font", "fonts", "furnished", "edges", "slot", "measure", "sheet")


@pytest.mark.parametrize("damage", [exchange, cut, remove, age])
@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_memory_changes_nothing(
    kind: str, damage: Callable[[Sequence[Path]], None], tmp_path: Path
) -> None:
    folder = tmp_path / "cache"
    pdf = linked(book(tmp_path), Cache(folder))
    files = entries(folder, kind)
    assert files
    damage(files)
    assert linked(book(tmp_path), Cache(folder)) == pdf


@pytest.mark.parametrize("damage", [cut, remove])
def test_a_lost_face_is_found_again_after_an_edit(
    damage: Callable[[Sequence[Path]], None], tmp_path: Path
) -> None:
    folder = tmp_path / "cache"
    linked(book(tmp_path), Cache(folder))
    damage(entries(folder, "font"))
    damage(entries(folder, "fonts"))
    edited = book(tmp_path, words="edited")
    assert linked(edited, Cache(folder)) == linked(edited, Cache(None))


def test_furniture_whose_face_is_gone_is_drawn_again(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    pdf = linked(book(tmp_path), Cache(folder))
    for kind in ("font", "fonts", "chapter"):
        remove(entries(folder, kind))
    assert entries(folder, "furnished")
    assert linked(book(tmp_path), Cache(folder)) == pdf


@pytest.fixture
def falling(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let chapters die of what is in them, in workers even where they are small."""
    monkeypatch.setattr(compositor_room, "try_to_lay_out", lay_out_or_fall)
    monkeypatch.setattr(compositor_room, "SMALL", 0)


def press(publication: PagedPublication, jobs: int) -> Outcome[Typeset]:
    with Workers(jobs, 300) as workers:
        return typeset(publication, workers, Cache(None))


def of_chapters(found: Sequence[Diagnostic]) -> list[tuple[Code, str]]:
    return [(one.code, one.message) for one in found]


@pytest.mark.usefixtures("falling")
def test_a_chapter_that_brings_its_worker_down_twice_is_set_plainly(tmp_path: Path) -> None:
    outcome = press(book(tmp_path, FALLS), 2)
    assert of_chapters(outcome.diagnostics) == [
        (Code.PLAIN_LAYOUT, "'s1': the worker that laid it out died, twice; it is set plainly")
    ]
    assert [leaf.words[0] for leaf in outcome.value.leaves] == ["One", "as", "Three"]


@pytest.mark.usefixtures("falling")
def test_a_worker_that_is_killed_in_the_middle_is_not_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = press(book(tmp_path, STUMBLES), 2)
    monkeypatch.undo()
    assert outcome == typeset(book(tmp_path, STUMBLES), InPlace(), Cache(None))
    assert outcome.diagnostics == ()


@pytest.mark.usefixtures("falling")
def test_a_chapter_that_can_not_even_be_set_plainly_ends_the_build(tmp_path: Path) -> None:
    with pytest.raises(BookError) as caught:
        press(book(tmp_path, LOST), 1)
    assert [one.code for one in caught.value.diagnostics] == [Code.LAYOUT_FAILED]
    assert "'s1'" in caught.value.diagnostics[-1].message


class Hurried(InPlace):
    """Workers whose time is never enough for the second chapter, unless it is set plainly."""

    def each(
        self,
        task: Callable[[T], R],
        items: Sequence[T],
        in_place: bool = True,
        keep: Callable[[T, R], None] | None = None,
        meanwhile: Callable[[], None] | None = None,
    ) -> list[R | Fallen]:
        results: list[R | Fallen] = []
        for item in items:
            if isinstance(item, Task) and item.sections[0].id == "s1" and not self.is_enough(item):
                results.append(Fallen(OUT_OF_TIME))
            else:
                made = super().each(task, [item], in_place, keep, meanwhile)
                results += made
        return results

    def is_enough(self, task: Task) -> bool:
        return task.is_plain


class Rushed(Hurried):
    """Workers whose time is not enough for it in any way."""

    def is_enough(self, task: Task) -> bool:  # noqa: ARG002
        return False


def test_a_chapter_that_runs_out_of_time_is_set_plainly(tmp_path: Path) -> None:
    outcome = typeset(book(tmp_path), Hurried(), Cache(None))
    assert of_chapters(outcome.diagnostics) == [
        (
            Code.PLAIN_LAYOUT,
            "'s1': the worker that laid it out ran out of time, twice; it is set plainly",
        )
    ]
    assert len(outcome.value.chapters) == 3


def test_a_chapter_that_has_never_time_enough_ends_the_build(tmp_path: Path) -> None:
    with pytest.raises(BookError) as caught:
        typeset(book(tmp_path), Rushed(), Cache(None))
    assert [one.code for one in caught.value.diagnostics] == [Code.TIME_LIMIT]


def test_what_is_set_plainly_is_not_taken_for_what_is_not(tmp_path: Path) -> None:
    cache = Cache(None)
    typeset(book(tmp_path), Hurried(), cache)
    again = typeset(book(tmp_path), InPlace(), cache)
    assert again == typeset(book(tmp_path), InPlace(), Cache(None))


def test_the_faults_of_all_chapters_are_told_at_once(tmp_path: Path) -> None:
    stray = '<section data-matter="body"><p>a</section></div><p>b</p>'
    broken = publication(tmp_path, stray, '<section data-matter="body">x</section>', stray)
    with pytest.raises(BookError) as caught:
        typeset(broken, InPlace(), Cache(None))
    assert [one.code for one in caught.value.diagnostics] == [Code.TEMPLATE_ERROR] * 2
