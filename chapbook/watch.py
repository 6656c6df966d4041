"""Wait for an author to save: a change in the book's folder, or in those of the templates."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

from chapbook.ledger import Facts, read_facts
from chapbook.request import Request

# Milliseconds: how long nothing more must be saved, and how long is waited for that.
REST, MOST = 25, 1000
# The folders are looked at this often in any case, for saves that no system tells of.
SURELY = 2000

is_of_a_book = DefaultFilter()


def saves(request: Request) -> Iterator[tuple[str, ...]]:
    """Give nothing at once, and then for each save the names of the files that have changed.

    What is saved while the caller
    is at work comes next.
    """
    seen = _state(request)
    yield ()
    roots = {folder.resolve() for folder in (request.book, *request.template_folders)}
    # The files that we write ourselves change nothing that `_state` sees.
    for _ in watch(
        *roots,
        watch_filter=None,
        debounce=MOST,
        step=REST,
        rust_timeout=SURELY,
        yield_on_timeout=True,
    ):
        before, seen = seen, _state(request)
        if changed := tuple(sorted(_differing(before, seen))):
            yield changed


def _state(request: Request) -> dict[str, Facts]:
    """Give the facts of every file by its name, but for what editors keep beside them."""
    book, *others = (folder.resolve() for folder in (request.book, *request.template_folders))
    named = ((_name(Path(each[0]), book, others), each) for each in read_facts(request) or ())
    return {name: each for name, each in named if is_of_a_book(Change.modified, name)}


def _name(file: Path, book: Path, others: Sequence[Path]) -> str:
    """Name a file as seen from the book, or else from beside the folder it stands in."""
    if file.is_relative_to(book):
        return file.relative_to(book).as_posix()
    (root,) = (folder for folder in others if file.is_relative_to(folder))
    return file.relative_to(root.parent).as_posix()


def _differing(before: dict[str, Facts], after: dict[str, Facts]) -> Iterator[str]:
    for path in before.keys() | after.keys():
        if before.get(path) != after.get(path):
            yield path
