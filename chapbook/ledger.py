"""Remembers whole builds, so that one of which nothing has changed costs next to nothing.

Imports no library: whoever asks here first need not load any.
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field

from chapbook.cache import Cache, code_digest, digest
from chapbook.diagnostics import Code
from chapbook.request import Build, Request

KIND = "build"
# Findings that speak of the machine or the moment: what is behind them may be gone next time.
PASSING = frozenset(
    {
        Code.TIME_LIMIT,
        Code.LAYOUT_FAILED,
        Code.PLAIN_LAYOUT,
        Code.OUTPUT_FAILED,
        Code.MISSING_LIBRARY,
    }
)
MADE = (".pdf", ".epub", "build.json")
# What goes with these; an author may name a picture so too, but not in the output folder.
BESIDE = ("-booklet-folding.svg", "-cover.png", "-pack.zip")
PACK = "-pack"
HISTORY = frozenset({".git", ".hg", ".svn", ".jj"})
UNSURE = ""

Facts = tuple[str, int, int]  # path, bytes, time of the last change


@dataclass(frozen=True, slots=True)
class State:
    """All that goes into a build, as it stands: its digest, and the facts of each file.

    `name` is `UNSURE` where there is too much of it to look at.
    """

    name: str
    facts: tuple[Facts, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Page:
    """A build as the ledger has it, with the SHA-256 of each file in the output folder."""

    build: Build
    published: tuple[tuple[str, str], ...]


def read_state(request: Request) -> State:
    """Look at every file that the build may read, and at all else that decides what comes of it."""
    facts = read_facts(request)
    if facts is None:
        return State(UNSURE, ())
    most = request.limits.image_bytes
    contents = [(each[0], _sha256(each[0]) if each[1] <= most else each) for each in facts]
    name = digest(
        code_digest(),
        contents,
        _roots(request),
        request.editions,
        request.strict,
        request.limits,
        request.lacks,
        os.environ.get("SOURCE_DATE_EPOCH"),
    )
    return State(name, facts)


def read_facts(request: Request) -> tuple[Facts, ...] | None:
    """Give the facts of every file in the book's folder and in those of the templates.

    None where there are more of them than a book may have.
    """
    found: dict[str, Facts] = {}
    output = str(request.output.resolve())
    for root in _roots(request):
        for facts in _walk(root, output):
            found[facts[0]] = facts
            if len(found) > request.limits.files:
                return None
    return tuple(sorted(found.values()))


def find_build(request: Request, state: State, cache: Cache) -> Build | None:
    """Give what a build came to whose files still stand in the output folder; else None."""
    page: Page | None = cache.get(KIND, state.name) if state.name else None
    if page is None:
        return None
    stands = all(
        _sha256(str(request.output / name)) == expected for name, expected in page.published
    )
    return page.build if stands else None


def keep_build(
    request: Request,
    state: State,
    build: Build,
    published: tuple[tuple[str, str], ...],
    cache: Cache,
) -> None:
    """Remember a build that began in `state`, unless its sources have changed meanwhile."""
    is_passing = any(found.code in PASSING for found in build.diagnostics)
    if state.name and not is_passing and not build.left_out and read_facts(request) == state.facts:
        cache.put(KIND, state.name, Page(build, published))


def _roots(request: Request) -> list[str]:
    return [str(folder.resolve()) for folder in (request.book, *request.template_folders)]


def _walk(root: str, output: str) -> Iterator[Facts]:
    """Give every file that a build could read; what cannot be looked at has no size."""
    folders = [root]
    while folders:
        folder = folders.pop()
        made = (*MADE, *BESIDE) if folder == output else MADE
        try:
            entries = list(os.scandir(folder))
        except OSError:
            yield folder, -1, 0
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                is_ours = entry.name in HISTORY or (folder == output and entry.name.endswith(PACK))
                if not is_ours:
                    folders.append(entry.path)
            elif not entry.name.endswith(made):
                yield _facts_of(entry)


def _facts_of(entry: os.DirEntry[str]) -> Facts:
    try:
        facts = entry.stat()
    except OSError:
        return entry.path, -1, 0
    return entry.path, facts.st_size, facts.st_mtime_ns


def _sha256(path: str) -> str:
    """Give the SHA-256 of a file, '' where there is none that can be read."""
    try:
        if not os.path.isfile(path):  # noqa: PTH113  # a pipe would keep us waiting
            return ""
        with open(path, "rb") as content:  # noqa: PTH123  # for each file of a book, each time
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError:
        return ""
