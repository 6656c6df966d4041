"""Books laid out by chapters are what they are in one piece, whoever makes them and when."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chapbook.cache import Cache
from chapbook.diagnostics import BookError, Diagnostic
from chapbook.finish import finish_pdf
from chapbook.laid import Typeset
from chapbook.publication import PagedPublication
from chapbook.settings import Edition
from chapbook.typeset import compositor as compositor_room
from chapbook.typeset import furnishing as furnishing_room
from chapbook.typeset import typeset
from chapbook.typeset.galley import chapter as chapter_room
from chapbook.workers import Workers
from tests.conftest import ROOT
from tests.generated_books import write_generated_book
from tests.likeness import differences, differences_of_look
from tests.presses import InPlace
from tests.pressing import apart, compose, linked, said_otherwise, stock_pdf, told, whole
from tests.random_books import PIECES, Chapter, Edit, RandomBook, books, edits
from tests.validators import verapdf

EXAMPLES = 14
SEQUENCES = 5


def unlike(publication: PagedPublication, laid: Typeset, other: Typeset) -> list[str]:
    """Say how two layouts of a book differ."""
    pressed = linked(laid, publication), linked(other, publication)
    return [*said_otherwise(laid, other), *differences(*pressed)]


@pytest.mark.parametrize("edition", [Edition.SCREEN, Edition.PRINT])
def test_the_shipped_book_is_what_it_is_in_one_piece(edition: Edition) -> None:
    publication = compose(ROOT / "source", edition)
    laid = apart(publication)
    assert len(laid.chapters) > 20
    assert unlike(publication, laid, whole(publication)) == []


def test_a_generated_book_is_what_it_is_in_one_piece(tmp_path: Path) -> None:
    write_generated_book(tmp_path, 24)
    publication = compose(tmp_path, Edition.SCREEN)
    laid = apart(publication)
    assert len(laid.chapters) > 5
    assert unlike(publication, laid, whole(publication)) == []


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name)


def test_a_book_is_the_same_however_many_work_at_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publication = plain_book(6, "sides", "titles", "total").publish(folder)
    made = {linked(apart(publication), publication)}
    monkeypatch.setattr(compositor_room, "SMALL", 0)
    monkeypatch.setattr(furnishing_room, "FEW", 0)
    for jobs in (1, 2):
        cache = Cache(None)
        with Workers(jobs, 300) as workers:
            made.add(finish_pdf(typeset(publication, workers, cache).value, publication, cache))
    assert len(made) == 1


def test_random_books_are_what_they_are_in_one_piece(folder: Path) -> None:
    parted = []

    @settings(max_examples=EXAMPLES, derandomize=True, database=None)
    @given(books())
    def compare(book: RandomBook) -> None:
        publication = book.publish(folder)
        try:
            engine = whole(publication)
        except BookError:  # the engine can not lay this out
            return
        laid = apart(publication)
        parted.append(len(laid.chapters) > 1)
        if unlike(publication, laid, engine):
            assert unlike(publication, laid, told(publication, engine)) == []

    compare()
    assert sum(parted) > len(parted) / 2, "most are laid out by chapters"


Made = tuple[bytes, tuple[Diagnostic, ...]]


def make(publication: PagedPublication, cache: Cache) -> Made:
    """Give the file and what was said of it; where none could be made, what was said alone."""
    try:
        laid = typeset(publication, InPlace(), cache)
    except BookError as fault:
        return b"", tuple(fault.diagnostics)
    return finish_pdf(laid.value, publication, cache), laid.diagnostics


@settings(max_examples=SEQUENCES, derandomize=True, database=None)
@given(books(), edits(4), st.permutations(range(5)), st.booleans())
def test_a_book_is_the_same_whatever_is_remembered(
    folder: Path, book: RandomBook, changes: list[Edit], order: list[int], on_disk: bool
) -> None:
    states = [book]
    for change in changes:
        states.append(change.of(states[-1]))
    with TemporaryDirectory() as kept:
        cache = Cache(None)
        for state in [states[n] for n in order if n < len(states)]:
            publication = state.publish(folder)
            cache = Cache(Path(kept)) if on_disk else cache
            assert make(publication, cache) == make(publication, Cache(None))


# What the engine draws otherwise by itself: the house starts lists where they say and numbers
# missing signs by their characters; the rest of a float that the engine makes anew comes pages too
# late; a reader computes the tiles of a pattern by where the page's drawing begins. A running
# element with a name keeps the book in one piece.
OTHERWISE = {
    "list", "no glyph", "aside", "high aside", "tiled", "own tiles", "long note", "named run",
}  # fmt: skip
PLAIN = sorted(PIECES.keys() - OTHERWISE)
NEAR = 1e-3  # points
FAINT = 1  # of 255: the last bit of a float where a line of letters begins


def plain_book(seed: int, *rules: str) -> RandomBook:
    random = Random(seed)
    kinds = ("", "recto", "opening", "on-wide", "left")
    chapters = tuple(
        Chapter(name, random.choice(kinds), tuple(random.sample(PLAIN, 6))) for name in "abcde"
    )
    return RandomBook(rules, chapters)


@pytest.mark.parametrize(
    "book",
    [plain_book(0), plain_book(3, "sides", "anew", "total"), plain_book(4, "sizes", "corners")],
)
def test_without_the_lessons_of_the_house_a_book_is_what_the_engine_makes_of_it(
    book: RandomBook, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chapter_room, "taught_engine", nullcontext)
    publication = book.publish(folder)
    laid = apart(publication)
    assert len(laid.chapters) >= 5
    files = linked(laid, publication), stock_pdf(publication)
    assert differences_of_look(*files, tolerance=FAINT) == []
    one, other = map(letters, files)
    assert [letter for letter, _ in one] == [letter for letter, _ in other]
    places = zip(one, other, strict=True)
    assert all(abs(x - y) < NEAR for (_, a), (_, b) in places for x, y in zip(a, b, strict=True))


def letters(pdf: bytes) -> list[tuple[str, tuple[float, ...]]]:
    """Give every letter of a file and where it stands."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        text = page.get_textpage()
        letters = [(text.get_text_range(n, 1), n) for n in range(text.count_chars())]
        found += [(one, text.get_charbox(n)) for one, n in letters if one.strip()]
    document.close()
    return found


def test_random_books_are_accessible(folder: Path) -> None:
    files = []
    for seed, rules in enumerate([("sides", "titles"), ("bleed", "running"), ("leftward", "nth")]):
        book = plain_book(seed, *rules)
        publication = book.publish(folder)
        files.append(folder / f"{seed}.pdf")
        files[-1].write_bytes(linked(apart(publication), publication))
    assert verapdf.validate_all(files) == [[], [], []]
