"""The command line: `python -m tests.benchmarks [FOLDER] [--quick]`."""

import argparse
import json
import os
import platform
import signal
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.contest import EVERY_ROW, Plan, hold
from tests.benchmarks.rows import Row, write_table
from tests.benchmarks.runs import FailedError, adopt_orphans


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the table; give 0, or 1 where a program that was measured failed."""
    options = _options(arguments)
    # A shell lets what runs behind it ignore interrupts, by which a watch is ended.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    adopt_orphans()
    rows: list[Row] = []
    print(_machine(), flush=True)
    try:
        with tempfile.TemporaryDirectory(prefix="chapbook-bench-") as scratch:
            for row in hold(_plan(options), Path(scratch), _say):
                rows.append(row)
    except FailedError as failure:
        _say(str(failure))
        return 1
    finally:
        print(write_table(rows))
        if options.json:
            record = {"machine": _machine(), "rows": [asdict(row) for row in rows]}
            options.json.write_text(
                json.dumps(record, indent=2, ensure_ascii=False) + "\n", "utf-8"
            )
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="build.py bench",
        description="Measure Chapbook against plain WeasyPrint, which makes the screen edition of "
        "the same HTML. They take turns; figures are medians, ratios were taken round by round.",
    )
    add = parser.add_argument
    add("folder", nargs="?", type=Path, help="a book to measure too: its folder, or an mdBook's")
    add("--quick", action="store_true", help="one round, and no book of 3,000 pages")
    add("--rounds", type=int, default=3, metavar="N")
    add("--pages", type=int, default=850, metavar="N", help="of the generated book")
    add("--rows", type=int, nargs="+", choices=sorted(EVERY_ROW), metavar="N", help="only these")
    add("--json", type=Path, metavar="FILE", help="write the figures of every round there")
    return parser.parse_args(arguments)


def _plan(options: argparse.Namespace) -> Plan:
    plan = Plan(
        rounds=options.rounds,
        pages=options.pages,
        given=options.folder,
        rows=frozenset(options.rows or EVERY_ROW),
    )
    return replace(plan, rounds=1, sizes=plan.sizes[:-1]) if options.quick else plan


def _machine() -> str:
    python, engine = platform.python_version(), version("weasyprint")
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} cores{load}, Python {python}, WeasyPrint {engine}"


def _say(what: str) -> None:
    sys.stderr.write(f"{what}\n")


if __name__ == "__main__":
    sys.exit(main())
