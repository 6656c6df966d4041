"""Put the stages in order. No rule about books lives here.

The stages up to `resolve` see the whole book; from `compose` on each edition goes its own way,
in a process of its own. Nothing is published unless every edition came out right.
"""

import os
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from chapbook import __version__
from chapbook.compose import compose_epub, compose_paged
from chapbook.configure import read_settings
from chapbook.diagnostics import BookError, Code, Diagnostic, Location, Outcome, error
from chapbook.inspect import inspect_epub, inspect_pdf
from chapbook.model import Book, Chapter, Manuscript
from chapbook.package import package_epub
from chapbook.parse import parse_source
from chapbook.publication import Artifact
from chapbook.publish import describe, publish
from chapbook.read import read_manuscript
from chapbook.resolve import resolve_book
from chapbook.settings import BookSettings, Edition, Limits
from chapbook.words import Words, read_words
from chapbook.workers import TimeUpError, WorkerDiedError, Workers

T = TypeVar("T")

TOOLS = ("weasyprint", "ebooklib", "markdown", "jinja2", "pikepdf", "pypdfium2", "nh3", "pygments")
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Request:
    """What is wanted: which editions of which book, where to.

    `editions` empty means all that the book asks for. `templates` are the house's. Where the
    machine `lacks` the layout libraries, only the e-book is made; `remedy` says what to do then.
    """

    book: Path
    output: Path
    templates: Path
    editions: tuple[Edition, ...] = ()
    strict: bool = False
    jobs: int = 1
    limits: Limits = field(default_factory=Limits)
    lacks: tuple[str, ...] = ()
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Build:
    """What came of it: the files made (none where the book has errors) and every finding.

    `left_out` are the editions that the machine cannot make.
    """

    artifacts: tuple[Artifact, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    left_out: tuple[Edition, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionMade:
    """The bytes of one edition; None where it could not be made."""

    edition: Edition
    content: bytes | None = field(repr=False)
    pages: int
    diagnostics: tuple[Diagnostic, ...]


Say = Callable[[str, str], None]


def make_book(request: Request, say: Say) -> Build:
    """Make the editions and publish them; `say(stage, what)` is told of each step.

    Never raises for a faulty book: every fault is in the diagnostics.
    """
    found: list[Diagnostic] = []
    try:
        with Workers(request.jobs, request.limits.seconds) as workers:
            settings = _keep(found, read_settings(request.book), say, "configure")
            editions = request.editions or settings.editions
            possible = tuple(e for e in editions if not (e.is_paged and request.lacks))
            book, words = _whole_book(request, settings, workers, found, say)
            _stop_if_wrong(request, found)
            made = _make_editions(request, possible, book, words, workers, say)
            found += [d for edition in made for d in edition.diagnostics]
            _stop_if_wrong(request, found)
        if possible != editions:
            found.append(_lacking(request))
        artifacts = _publish(request, settings.slug, made, found, say)
    except BookError as fault:
        return Build(diagnostics=_in_order([*found, *fault.diagnostics]))
    left_out = tuple(e for e in editions if e not in possible)
    return Build(artifacts, _in_order(found), left_out)


def _whole_book(
    request: Request,
    settings: BookSettings,
    workers: Workers,
    found: list[Diagnostic],
    say: Say,
) -> tuple[Book, Words]:
    manuscript = _keep(found, read_manuscript(request.book, settings, request.limits), say, "read")
    chapters = _parse(manuscript, workers, found, say)
    words = read_words(_folders(request), settings.language)
    book = _keep(found, resolve_book(manuscript, chapters, words), say, "resolve")
    return book, words


def _parse(
    manuscript: Manuscript, workers: Workers, found: list[Diagnostic], say: Say
) -> Mapping[str, tuple[Chapter, ...]]:
    say("parse", f"{len(manuscript.sources)} sources")
    language = manuscript.settings.language
    tasks = [workers.begin(parse_source, source, language) for source in manuscript.sources]
    outcomes = _finish(workers, tasks, "Markdown")
    found += [d for outcome in outcomes for d in outcome.diagnostics]
    return {
        source.path: outcome.value
        for source, outcome in zip(manuscript.sources, outcomes, strict=True)
    }


def _make_editions(
    request: Request,
    editions: tuple[Edition, ...],
    book: Book,
    words: Words,
    workers: Workers,
    say: Say,
) -> list[EditionMade]:
    for edition in editions:
        say("compose", edition.value)
    folders = _folders(request)
    tasks = [workers.begin(make_edition, book, e, folders, words) for e in editions]
    return _finish(workers, tasks, "the editions")


def make_edition(
    book: Book, edition: Edition, folders: tuple[Path, ...], words: Words
) -> EditionMade:
    """Take one edition from `compose` to `inspect`; runs in a worker."""
    try:
        if edition.is_paged:
            return _make_paged(book, edition, folders, words)
        return _make_epub(book, folders, words)
    except BookError as fault:
        return EditionMade(edition, None, 0, fault.diagnostics)


def _make_paged(
    book: Book, edition: Edition, folders: tuple[Path, ...], words: Words
) -> EditionMade:
    # Imported here: the layout library fails to load where the machine lacks Pango.
    from chapbook.finish import finish_pdf
    from chapbook.typeset import typeset

    composed = compose_paged(book, edition, folders, words)
    publication = composed.value
    laid = typeset(publication)
    pdf = finish_pdf(laid.value, publication)
    lost = inspect_pdf(pdf, laid.value, publication.passages)
    found = (*composed.diagnostics, *laid.diagnostics, *lost)
    return EditionMade(edition, pdf, len(laid.value.leaves), found)


def _make_epub(book: Book, folders: tuple[Path, ...], words: Words) -> EditionMade:
    composed = compose_epub(book, folders, words, _modified(book.settings))
    epub = package_epub(composed.value)
    lost = inspect_epub(epub, composed.value.passages)
    return EditionMade(Edition.EPUB, epub, 0, (*composed.diagnostics, *lost))


def _modified(settings: BookSettings) -> datetime:
    """Date the e-book by the book, never by the clock: the same input gives the same bytes."""
    stamp = os.environ.get("SOURCE_DATE_EPOCH", "")
    if stamp.isdigit():
        return datetime.fromtimestamp(int(stamp), UTC)
    return datetime.combine(settings.date, time(), UTC) if settings.date else EPOCH


def _publish(
    request: Request, slug: str, made: list[EditionMade], found: list[Diagnostic], say: Say
) -> tuple[Artifact, ...]:
    say("publish", str(request.output))
    files = [
        (describe(slug, one.edition, one.content, one.pages), one.content)
        for one in made
        if one.content is not None
    ]
    tools = {"chapbook": __version__, **{name: version(name) for name in TOOLS}}
    try:
        publish(request.output, files, _in_order(found), tools)
    except OSError as fault:
        raise BookError([error(Code.OUTPUT_FAILED, f"{request.output}: {fault}")]) from fault
    return tuple(artifact for artifact, _ in files)


def _lacking(request: Request) -> Diagnostic:
    message = f"the machine has no {', '.join(request.lacks)}, so the PDFs were not made"
    return error(Code.MISSING_LIBRARY, message, None, request.remedy)


def _folders(request: Request) -> tuple[Path, ...]:
    own = request.book / "templates"
    return (own, request.templates) if own.is_dir() else (request.templates,)


def _keep(found: list[Diagnostic], outcome: Outcome[T], say: Say, stage: str) -> T:
    found += outcome.diagnostics
    say(stage, "")
    return outcome.value


def _finish(workers: Workers, tasks: list[Future[T]], what: str) -> list[T]:
    try:
        return workers.finish(tasks)
    except TimeUpError as fault:
        raise BookError([error(Code.TIME_LIMIT, f"{what}: the time allowed ran out")]) from fault
    except WorkerDiedError as fault:
        message = f"{what}: a worker was killed or ran out of memory"
        raise BookError([error(Code.LAYOUT_FAILED, message)]) from fault


def _stop_if_wrong(request: Request, found: list[Diagnostic]) -> None:
    if any(d.is_error for d in found) or (request.strict and found):
        raise BookError(())


def _in_order(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by place, each finding once: two editions may find the same."""
    nowhere = Location("")
    return tuple(sorted(dict.fromkeys(found), key=lambda d: (d.at or nowhere, d.code, d.message)))
