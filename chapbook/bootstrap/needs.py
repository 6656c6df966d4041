"""Lists what the operating system must provide, and the packages that bring it.

To ask for one more program, add a `Need` here and name it in `TEST_TOOLS`: it is then
installed where that is allowed, and asked for everywhere else.
"""

import importlib.util
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from chapbook.bootstrap.libraries import missing_libraries, missing_preferred
from chapbook.bootstrap.system import Family, System, install_line


@dataclass(frozen=True)
class Need:
    """One thing the operating system must provide."""

    name: str
    """What it is called in a sentence."""
    is_met: Callable[[], bool]
    """Whether it is there now."""
    packages: Mapping[Family, tuple[str, ...]]
    """The packages that bring it, for each system where they are known."""


def on_path(program: str) -> Callable[[], bool]:
    """Return the question whether `program` can be started by its name."""
    return lambda: shutil.which(program) is not None


def any_on_path(*programs: str) -> Callable[[], bool]:
    """Return the question whether one of `programs` can be started by its name."""
    return lambda: any(shutil.which(program) for program in programs)


def _has_node() -> bool:
    return bool(shutil.which("node") and shutil.which("npm"))


def _has_venv() -> bool:
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def _has_libraries() -> bool:
    return not missing_libraries() and not missing_preferred()


PYTHON_VENV = Need(
    "Python's venv and ensurepip",
    _has_venv,
    {Family.DEBIAN: (f"python3.{sys.version_info.minor}-venv",)},
)
PDF_LIBRARIES = Need(
    "Pango, HarfBuzz and Fontconfig",
    _has_libraries,
    {
        Family.DEBIAN: ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fontconfig"),
        Family.FEDORA: ("pango", "harfbuzz", "fontconfig"),
        Family.ALPINE: ("pango", "harfbuzz-subset", "fontconfig", "ttf-dejavu"),
        Family.ARCH: ("pango", "fontconfig"),
        Family.MACOS: ("pango",),
        Family.WINDOWS: ("mingw-w64-ucrt-x86_64-pango",),
    },
)
# The validators run on Java, and one of them compiles a small program first.
JAVA = Need(
    "a Java development kit",
    on_path("javac"),
    {
        Family.DEBIAN: ("default-jdk-headless",),
        Family.FEDORA: ("java-latest-openjdk-devel",),
        Family.ALPINE: ("openjdk21-jdk",),
        Family.ARCH: ("jdk-openjdk",),
        Family.MACOS: ("openjdk",),
    },
)
POPPLER = Need(
    "Poppler's pdftoppm",
    on_path("pdftoppm"),
    {
        Family.DEBIAN: ("poppler-utils",),
        Family.FEDORA: ("poppler-utils",),
        Family.ALPINE: ("poppler-utils",),
        Family.ARCH: ("poppler",),
        Family.MACOS: ("poppler",),
        Family.WINDOWS: ("mingw-w64-ucrt-x86_64-poppler",),
    },
)
# Ace and the reading engines run on Node, in a browser; npm brings them.
NODE = Need(
    "Node and npm",
    _has_node,
    {
        Family.DEBIAN: ("nodejs", "npm"),
        Family.FEDORA: ("nodejs", "nodejs-npm"),
        Family.ALPINE: ("nodejs", "npm"),
        Family.ARCH: ("nodejs", "npm"),
        Family.MACOS: ("node",),
        Family.WINDOWS: ("mingw-w64-ucrt-x86_64-nodejs",),
    },
)
CHROMIUM = Need(
    "Chromium",
    any_on_path("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    {
        Family.DEBIAN: ("chromium",),
        Family.FEDORA: ("chromium",),
        Family.ALPINE: ("chromium",),
        Family.ARCH: ("chromium",),
    },
)
TEST_TOOLS = (JAVA, POPPLER, NODE, CHROMIUM)


def packages_for(family: Family, needs: Sequence[Need]) -> tuple[str, ...]:
    """Return the packages that bring `needs` there, each once and in order."""
    every = (package for need in needs for package in need.packages.get(family, ()))
    return tuple(dict.fromkeys(every))


def how_to_get(system: System, needs: Sequence[Need]) -> str:
    """Return the one line that says how to get `needs` on `system`."""
    line = install_line(system, packages_for(system.family, needs))
    rest = [need.name for need in needs if not (line and system.family in need.packages)]
    by_name = "install " + ", ".join(rest) if rest else ""
    return "; and ".join(part for part in (line, by_name) if part)
