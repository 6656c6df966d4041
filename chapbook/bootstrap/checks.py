"""Runs every check of this checkout, in the environment made for it."""

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


def _run(root: Path, command: Sequence[str]) -> int:
    sys.stderr.write(f"chapbook: {' '.join(command)}\n")
    return subprocess.call([str(python_of(root)), "-m", *command], cwd=root)
