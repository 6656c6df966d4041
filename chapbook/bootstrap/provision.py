"""Makes a checkout ready: system packages first, then the environment of its own."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from chapbook.bootstrap import environment
from chapbook.bootstrap.needs import (
    PDF_LIBRARIES,
    PYTHON_VENV,
    TEST_TOOLS,
    Need,
    how_to_get,
    packages_for,
)
from chapbook.bootstrap.system import current_system, install
from chapbook.bootstrap.turns import own_turn


class NotReadyError(Exception):
    """The checkout cannot be started here; the message says what to do."""


def provide(root: Path, *, for_tests: bool, may_install: bool) -> None:
    """Bring what is missing in the checkout `root`, alone if another start does the same.

    What only some tests need is asked for on stderr, in one line, and lived without.
    Raises NotReadyError when nothing can be started.
    """
    try:
        with own_turn(root / ".venv.lock"):
            is_current = environment.is_current(root, for_tests=for_tests)
            needs = unmet(is_current=is_current, for_tests=for_tests)
            left = _install(needs) if may_install else needs
            _ask_for(left, for_tests=for_tests)
            if not is_current:
                _build(root, for_tests=for_tests)
    except OSError as error:
        raise NotReadyError(f"cannot set up {root / environment.FOLDER}: {error}") from error


def add_charts(root: Path) -> None:
    """Bring into a checkout that is ready what draws charts in Vega-Lite.

    Raises NotReadyError when it can not be installed.
    """
    try:
        with own_turn(root / ".venv.lock"):
            environment.add_charts(root)
    except (OSError, subprocess.CalledProcessError) as error:
        reason = "the package for charts could not be installed; is the network there?"
        raise NotReadyError(f"{reason} ({error})") from error


def unmet(*, is_current: bool, for_tests: bool) -> list[Need]:
    """Return what is missing of the system; a finished environment needs no venv again."""
    wanted = (PDF_LIBRARIES, *(TEST_TOOLS if for_tests else ()))
    needs = wanted if is_current else (PYTHON_VENV, *wanted)
    return [need for need in needs if not need.is_met()]


def _install(needs: Sequence[Need]) -> Sequence[Need]:
    """Install what can be installed here, and return the needs that are left."""
    system = current_system()
    packages = packages_for(system.family, needs)
    if not (packages and system.can_install):
        return needs
    names = " ".join(packages)
    sys.stderr.write(f"chapbook: installing {names} with apt-get (--no-install forbids it)\n")
    try:
        install(packages)
    except subprocess.CalledProcessError as error:
        sys.stderr.write(f"{error.output}chapbook: apt-get could not install them\n")
    return [need for need in needs if not need.is_met()]


def _ask_for(needs: Sequence[Need], *, for_tests: bool) -> None:
    names = ", ".join(need.name for need in needs)
    request = f"not found: {names}; to get it: {how_to_get(current_system(), needs)}"
    if PYTHON_VENV in needs:
        raise NotReadyError(request)
    # A build asks for its own libraries, and only when a PDF is wanted.
    if needs and for_tests:
        sys.stderr.write(f"chapbook: {request}\n")


def _build(root: Path, *, for_tests: bool) -> None:
    sys.stderr.write("chapbook: setting up .venv, which takes a minute or two the first time\n")
    try:
        environment.build(root, for_tests=for_tests)
    except subprocess.CalledProcessError as error:
        reason = "the locked packages could not be installed; is the network there?"
        raise NotReadyError(f"{reason} (exit code {error.returncode})") from error
