"""Runs every check of this checkout, and its measurements, in the environment made for them."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from chapbook.bootstrap.environment import python_of

_STATIC = (("ruff", "check"), ("ruff", "format", "--check"), ("mypy",))


def run_checks(root: Path, arguments: Sequence[str]) -> int:
    """Run the linter, the type checker and pytest; with `arguments`, pytest alone with them.

    All of them run, even when one fails, and pytest last, so that its summary ends the
    output. Returns 0 when all pass, otherwise the exit code of the last that failed.
    """
    static = () if arguments else _STATIC
    results = {" ".join(command): _run(root, command) for command in static}
    results["pytest"] = _run(root, ("pytest", *arguments))
    failed = {name: code for name, code in results.items() if code}
    if failed.keys() - {"pytest"}:
        sys.stderr.write(f"chapbook: failed: {', '.join(failed)}\n")
    return list(failed.values())[-1] if failed else 0


def run_bench(root: Path, arguments: Sequence[str]) -> int:
    """Measure this checkout against plain WeasyPrint; give 0, or 1 where a program failed.

    Paths among the arguments are as seen from the current folder.
    """
    return subprocess.call(
        [str(python_of(root)), "-m", "tests.benchmarks", *arguments],
        env={**os.environ, "PYTHONPATH": str(root)},
    )


def _run(root: Path, command: Sequence[str]) -> int:
    sys.stderr.write(f"chapbook: {' '.join(command)}\n")
    return subprocess.call([str(python_of(root)), "-m", *command], cwd=root)
