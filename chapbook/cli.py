"""The command line: what to do, never what the book is.

Exit status: 0 made, 1 the book has errors, 2 bad usage or configuration, 3 the machine lacks
something.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from chapbook import __version__
from chapbook.bootstrap.libraries import install_hint, missing_libraries
from chapbook.cache import Cache, cache_folder
from chapbook.diagnostics import BookError, Code, Diagnostic, Location
from chapbook.ledger import State, find_build, read_state
from chapbook.report import Format, Reporter
from chapbook.request import Build, Request
from chapbook.settings import Edition

if TYPE_CHECKING:
    from concurrent.futures import Executor

PACKAGE = Path(__file__).parent
MADE, FAULTY, MISUSED, LACKING, BROKEN_OFF = 0, 1, 2, 3, 130
WATCH, CLEAN, CHECK, NEW = "watch", "clean", "check", "new"
EDITIONS = tuple(edition.value for edition in Edition)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give the exit status."""
    options = _options(arguments)
    reporter = Reporter(options.book, Format(options.format), 1 - options.quiet + options.verbose)
    if options.command == CLEAN:
        return _clean(reporter)
    if options.command == NEW:
        return _new(options.folder, reporter)
    request = _request(options)
    try:
        if options.command == WATCH:
            return _watch(request, reporter, options.verbose > 0)
        if options.command == CHECK:
            return _check(request, reporter)
        return _build(request, reporter)
    except KeyboardInterrupt:
        reporter.close()
        return MADE if options.command == WATCH else BROKEN_OFF


def _request(options: argparse.Namespace) -> Request:
    lacks = missing_libraries()
    return Request(
        book=options.book,
        output=options.output,
        templates=house_templates(),
        editions=tuple(Edition(name) for name in dict.fromkeys(options.editions)),
        strict=options.strict,
        jobs=options.jobs,
        lacks=lacks,
        remedy=install_hint() if lacks else "",
        cache=None if options.no_cache else cache_folder(),
        executor=options.executor,
    )


def _build(request: Request, reporter: Reporter) -> int:
    """Make the book, unless nothing has changed since it was made: then load no library."""
    state = build = None
    if request.cache:
        state = read_state(request)
        build = find_build(request, state, Cache(request.cache))
    if is_new := build is None:
        build = _make(request, reporter, state)
    reporter.findings(build.diagnostics)
    reporter.result(build, request.output, is_new)
    return _status(build)


def _make(request: Request, reporter: Reporter, state: State | None = None) -> Build:
    from chapbook.workshop import open_workshop

    with open_workshop(request) as shop:
        # Imported now: a process of the workshop loads the layout engine meanwhile.
        from chapbook.pipeline import make_book

        build = make_book(request, reporter.say, shop, state)
    if shop.cache.trouble:
        reporter.say("cache", shop.cache.trouble)
    return build


def _check(request: Request, reporter: Reporter) -> int:
    """Make what printer and shops would get, say what is wrong with it, and publish nothing."""
    editions = request.editions or ((Edition.EPUB,) if request.lacks else ())
    build = _make(replace(request, editions=editions, publishes=False), reporter)
    reporter.findings(build.diagnostics)
    reporter.checked(build)
    if any(_is_configuration(found) for found in build.diagnostics):
        return MISUSED
    if build.left_out:
        return LACKING
    is_faulty = any(found.is_error or request.strict for found in build.diagnostics)
    return FAULTY if is_faulty else MADE


def _with_edition(request: Request, usual: Edition) -> Request:
    """Name the usual edition where none is named, or the one that the machine can make."""
    if request.editions:
        return request
    return replace(request, editions=(Edition.EPUB if request.lacks else usual,))


def _watch(request: Request, reporter: Reporter, is_loud: bool) -> int:
    """Make the book anew whenever it is saved, until the user breaks off."""
    from chapbook.pipeline import make_book
    from chapbook.watch import saves
    from chapbook.workshop import open_workshop

    request = _with_edition(request, Edition.SCREEN)
    said = ""
    with open_workshop(request) as shop:
        for changed in saves(request):
            reporter.begin()
            before = shop.cache.made.get("chapter", 0)
            say = reporter.say if is_loud or not changed else _say_nothing
            build = make_book(request, say, shop)
            reporter.findings(build.diagnostics)
            reporter.saved(changed, build, shop.cache.made.get("chapter", 0) - before)
            if said != shop.cache.trouble:
                said = shop.cache.trouble
                reporter.say("cache", said)
            if not request.book.is_dir():
                return _status(build)
    return MADE


def _say_nothing(_stage: str, _what: str) -> None:
    """Keep still: a save takes less time than it takes to read of it."""


def _clean(reporter: Reporter) -> int:
    folder = cache_folder()
    if folder is not None:
        entries, size = Cache(folder).clear()
        reporter.cleared(entries, size, folder)
    return MADE


def _new(folder: Path, reporter: Reporter) -> int:
    from chapbook.starter import start_book

    try:
        files = start_book(folder, house_templates())
    except BookError as fault:
        reporter.findings(fault.diagnostics)
        return MISUSED
    reporter.started(folder, files, _command())
    return MADE


def _command() -> str:
    return os.environ.get("CHAPBOOK_COMMAND", "chapbook")


def _status(build: Build) -> int:
    if any(_is_configuration(found) for found in build.diagnostics):
        return MISUSED
    if not build.artifacts:
        return LACKING if build.left_out else FAULTY
    return LACKING if build.left_out else MADE


def _is_configuration(found: Diagnostic) -> bool:
    if found.code is Code.MISSING_FILE:
        return found.at == Location("book.toml")  # the folder is no book
    return found.is_error and found.code.startswith("config-")


def house_templates() -> Path:
    """Give the folder of the house's templates: inside the wheel, or beside the package."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"


def _home() -> Path:
    """Give the folder that `source` and `output` stand in: the checkout, or where we are."""
    checkout = PACKAGE.parent
    if not (checkout / "build.py").is_file():
        return Path()
    here = Path.cwd()
    return checkout.relative_to(here) if checkout.is_relative_to(here) else checkout


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog=_command(),
        usage="%(prog)s [check | watch | clean | new DIR] [EDITION …] [options]",
        description="Make a printed booklet and an e-book of a folder of Markdown.",
        epilog="pack is all that a print shop needs, in a folder and a ZIP; check says what is "
        "wrong with the book, the print edition and the e-book if you name none, and publishes "
        "nothing; watch makes the book anew whenever you save, the screen edition if you name "
        "none; new puts a small book to start from into a folder; clean forgets all that was "
        "remembered to make the next build quick.",
    )
    _add_options(parser)
    options = parser.parse_args(arguments)
    is_command = options.editions[:1] in ([WATCH], [CLEAN], [CHECK], [NEW])
    options.command = options.editions.pop(0) if is_command else ""
    if options.command == NEW:
        if len(options.editions) != 1:
            parser.error("new takes the name of one folder, which is empty or not there yet")
        options.folder = Path(options.editions.pop())
    if options.command == CLEAN and options.editions:
        parser.error("clean forgets the builds of every book and edition: it takes no names")
    for name in options.editions:
        if name not in EDITIONS:
            parser.error(f"no edition “{name}”: choose from {', '.join(EDITIONS)}")
    return options


def _add_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    home = _home()
    add(
        "editions",
        nargs="*",
        metavar="EDITION",
        help=f"{', '.join(EDITIONS)}; none: all the book asks for",
    )
    add(
        "--book",
        type=Path,
        default=home / "source",
        metavar="DIR",
        help="the folder with book.toml",
    )
    add("--output", type=Path, default=home / "output", metavar="DIR", help="where the files go")
    add(
        "--format",
        choices=[f.value for f in Format],
        default="short",
        help="how findings are written",
    )
    add("--strict", action="store_true", help="treat warnings as errors")
    add("--jobs", type=_jobs, default=os.cpu_count() or 1, metavar="N", help="tasks at once")
    add(
        "--executor",
        type=_executor,
        metavar="MODULE:FACTORY",
        help="run the tasks in the concurrent.futures.Executor that this gives when called, such "
        "as that of a Dask client, on machines that see the same files; it bounds their memory",
    )
    add("--no-cache", action="store_true", help="make everything anew, and remember nothing")
    loudness = parser.add_mutually_exclusive_group()
    loudness.add_argument("-q", "--quiet", action="count", default=0, help="findings only")
    loudness.add_argument("-v", "--verbose", action="count", default=0, help="times as well")
    add("--version", action="version", version=f"chapbook {__version__}")


def _jobs(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"a whole number from 1, not {text!r}")
    return int(text)


def _executor(text: str) -> "Callable[[], Executor]":
    module, _, name = text.partition(":")
    try:
        found = getattr(import_module(module), name)
    except (ImportError, AttributeError, ValueError) as fault:
        raise argparse.ArgumentTypeError(f"{text!r} cannot be had: {fault}") from None
    if not callable(found):
        raise argparse.ArgumentTypeError(f"{text!r} is nothing that gives an executor when called")
    return cast("Callable[[], Executor]", found)


if __name__ == "__main__":
    sys.exit(main())
