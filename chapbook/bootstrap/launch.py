"""Starts Chapbook in its own environment, which is first made when it is not there.

Every start comes through here, so only cheap modules are imported at the top.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from chapbook.bootstrap.environment import is_current, python_of
from chapbook.bootstrap.libraries import missing_libraries

NOT_READY = 3
INTERRUPTED = 130


def launch(root: Path, arguments: Sequence[str]) -> int:
    """Run what `arguments` ask for in the checkout `root`.

    `test` runs the checks, `bench` the measurements, `charts` installs what draws Vega-Lite;
    anything else goes to Chapbook as it is, but for --no-install.
    Returns the exit code: 3 when the machine lacks something that cannot be installed.
    Where the system can replace a process, Chapbook takes this one over instead.
    """
    may_install, rest = take_no_install(arguments)
    task = rest[0] if rest[:1] in (["test"], ["bench"]) else ""
    for_tests = bool(task)
    if for_tests or not is_current(root, for_tests=False) or missing_libraries():
        from chapbook.bootstrap.provision import NotReadyError, provide

        try:
            provide(root, for_tests=for_tests, may_install=may_install)
        except NotReadyError as reason:
            sys.stderr.write(f"chapbook: {reason}\n")
            return NOT_READY
        except KeyboardInterrupt:
            return INTERRUPTED
    if rest == ["charts"]:
        return _add_charts(root)
    if task:
        from chapbook.bootstrap.checks import run_bench, run_checks

        return (run_bench if task == "bench" else run_checks)(root, rest[1:])
    return _become_chapbook(root, rest)


def _add_charts(root: Path) -> int:
    from chapbook.bootstrap.provision import NotReadyError, add_charts

    try:
        add_charts(root)
    except NotReadyError as reason:
        sys.stderr.write(f"chapbook: {reason}\n")
        return NOT_READY
    sys.stderr.write("chapbook: charts in Vega-Lite can be drawn\n")
    return 0


def take_no_install(arguments: Sequence[str]) -> tuple[bool, list[str]]:
    """Return whether system packages may be installed, and the arguments without the word.

    After a `--`, everything is left as it is.
    """
    end = arguments.index("--") if "--" in arguments else len(arguments)
    kept = [argument for argument in arguments[:end] if argument != "--no-install"]
    return len(kept) == end, [*kept, *arguments[end:]]


def _become_chapbook(root: Path, arguments: Sequence[str]) -> int:
    # -P: a file beside the reader's book must not be imported in place of a library.
    command = [str(python_of(root)), "-P", "-m", "chapbook", *arguments]
    os.environ.setdefault("CHAPBOOK_COMMAND", "python3 build.py")
    if sys.platform != "win32":
        os.execv(command[0], command)
    import subprocess

    # There, execv would return to the shell before the new program is done.
    return subprocess.call(command)
