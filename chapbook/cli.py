"""The command line: what to do, never what the book is.

Exit status: 0 made, 1 the book has errors, 2 bad usage or configuration, 3 the machine lacks
something.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from chapbook import __version__
from chapbook.bootstrap.libraries import install_hint, missing_libraries
from chapbook.diagnostics import Code, Diagnostic, Location
from chapbook.pipeline import Build, Request, make_book
from chapbook.report import Format, Reporter
from chapbook.settings import Edition

PACKAGE = Path(__file__).parent
MADE, FAULTY, MISUSED, LACKING = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give the exit status."""
    options = _options(arguments)
    lacks = missing_libraries()
    reporter = Reporter(options.book, Format(options.format), 1 - options.quiet + options.verbose)
    request = Request(
        book=options.book,
        output=options.output,
        templates=house_templates(),
        editions=tuple(Edition(name) for name in dict.fromkeys(options.editions)),
        strict=options.strict,
        jobs=options.jobs,
        lacks=lacks,
        remedy=install_hint() if lacks else "",
    )
    try:
        build = make_book(request, reporter.say)
    except KeyboardInterrupt:
        reporter.close()
        return 130
    reporter.findings(build.diagnostics)
    reporter.result(build.artifacts, options.output)
    return _status(build)


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
        prog=os.environ.get("CHAPBOOK_COMMAND", "chapbook"),
        description="Make a printed booklet and an e-book of a folder of Markdown.",
    )
    add = parser.add_argument
    home = _home()
    editions = [edition.value for edition in Edition]
    add(
        "editions",
        nargs="*",
        metavar="EDITION",
        help=f"{', '.join(editions)}; none: all the book asks for",
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
    add("--jobs", type=_jobs, default=os.cpu_count() or 1, metavar="N", help="processes at once")
    add("--no-cache", action="store_true", help="make everything anew")
    loudness = parser.add_mutually_exclusive_group()
    loudness.add_argument("-q", "--quiet", action="count", default=0, help="findings only")
    loudness.add_argument("-v", "--verbose", action="count", default=0, help="times as well")
    add("--version", action="version", version=f"chapbook {__version__}")
    options = parser.parse_args(arguments)
    for name in options.editions:
        if name not in editions:
            parser.error(f"no edition “{name}”: choose from {', '.join(editions)}")
    return options


def _jobs(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"a whole number from 1, not {text!r}")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
