"""Owns .venv: whether it holds what the lock says, and how it is made.

A stamp inside names what was installed. It is written last and in one step, so a set-up
that was broken off has none and is begun again.
"""

import hashlib
import json
import os
import sys
from pathlib import Path

FOLDER = ".venv"
STAMP = "chapbook-stamp.json"
CHARTS = "charts.lock"
LOCKS = Path("chapbook", "bootstrap")


def python_of(root: Path) -> Path:
    """Return the interpreter of the environment of the checkout `root`, made or not."""
    inside = ("Scripts", "python.exe") if sys.platform == "win32" else ("bin", "python")
    return root.joinpath(FOLDER, *inside)


def lock_of(root: Path, *, for_tests: bool) -> Path:
    """Return the lock file to install from; the one for tests holds all of the other."""
    return root / LOCKS / ("test.lock" if for_tests else "run.lock")


def is_current(root: Path, *, for_tests: bool) -> bool:
    """Tell whether the environment holds all that is locked, for this Python.

    What the tests need includes what a run needs, so theirs serves both.
    """
    if not python_of(root).exists():
        return False
    wanted = stamp(root, for_tests=for_tests)
    return wanted.items() <= _read_stamp(root).items()


def stamp(root: Path, *, for_tests: bool) -> dict[str, str]:
    """Return what the stamp says once the environment is complete."""
    locks = [lock_of(root, for_tests=kind) for kind in {False, for_tests}]
    hashes = {lock.name: hashlib.sha256(lock.read_bytes()).hexdigest() for lock in locks}
    return {"python": f"{sys.implementation.cache_tag} on {sys.platform}", **hashes}


def build(root: Path, *, for_tests: bool) -> None:
    """Make the environment from nothing, holding exactly what is locked.

    The extra for charts is put back where it was. Raises OSError when the disk refuses,
    subprocess.CalledProcessError when pip fails, which has then said why on stderr.
    """
    had_charts = CHARTS in _read_stamp(root)
    _create(root)
    _install(root, lock_of(root, for_tests=for_tests))
    _show_checkout(root)
    _write_stamp(root, stamp(root, for_tests=for_tests))
    if had_charts:
        add_charts(root)


def add_charts(root: Path) -> None:
    """Add what draws charts in Vega-Lite to a finished environment; raises as `build` does."""
    lock = root / LOCKS / CHARTS
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    known = _read_stamp(root)
    if known.get(CHARTS) != digest:
        _install(root, lock)
        _write_stamp(root, {**known, CHARTS: digest})


def _read_stamp(root: Path) -> dict[str, str]:
    try:
        found = json.loads((root / FOLDER / STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _create(root: Path) -> None:
    import venv

    (root / FOLDER / STAMP).unlink(missing_ok=True)
    if (root / FOLDER).is_symlink():  # to clear it would empty what it leads to
        (root / FOLDER).unlink()
    venv.create(root / FOLDER, clear=True, symlinks=os.name != "nt", with_pip=True)


def _install(root: Path, lock: Path) -> None:
    import subprocess

    options = ("--quiet", "--no-input", "--no-user", "--disable-pip-version-check")
    # -I: the person's own Python settings are not for this pip. The turn's file stays open in
    # it, so that when only this process is killed, the next one still waits for pip.
    command = [str(python_of(root)), "-I", "-m", "pip", "install", *options]
    command += ["--require-hashes", "-r", str(lock)]
    subprocess.run(command, check=True, stdout=sys.stderr, close_fds=False)


def _show_checkout(root: Path) -> None:
    import sysconfig

    places = {"base": str(root / FOLDER), "platbase": str(root / FOLDER)}
    packages = sysconfig.get_path("purelib", "venv", places)
    # A relative line, so that the checkout may be moved.
    line = os.path.relpath(root, packages)
    Path(packages, "chapbook-checkout.pth").write_text(line + "\n", "utf-8")


def _write_stamp(root: Path, content: dict[str, str]) -> None:
    draft = root / FOLDER / (STAMP + ".part")
    draft.write_text(json.dumps(content, indent=2) + "\n", "utf-8")
    draft.replace(root / FOLDER / STAMP)
