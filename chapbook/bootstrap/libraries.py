"""Looks for the shared libraries that the PDF engine loads and pip cannot bring."""

import ctypes
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

# Each library with the names that WeasyPrint tries: Linux, macOS, Windows.
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "GObject": ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll"),
    "Pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "HarfBuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
    "Fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"),
    "PangoFT2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
}
# Without it a PDF still appears, but its fonts are cut down more slowly.
PREFERRED: Mapping[str, tuple[str, ...]] = {
    "HarfBuzz-Subset": (
        "libharfbuzz-subset.so.0",
        "libharfbuzz-subset.0.dylib",
        "libharfbuzz-subset-0.dll",
    ),
}
_SUFFIXES = {"darwin": ".dylib", "win32": ".dll"}


def missing_libraries() -> tuple[str, ...]:
    """Return the names of the libraries without which no PDF can be made; () when all load."""
    return _missing(REQUIRED)


def missing_preferred() -> tuple[str, ...]:
    """Return the names of the libraries that make a better PDF and cannot be loaded."""
    return _missing(PREFERRED)


def install_hint() -> str:
    """Return the one line that brings the missing libraries on this system."""
    from chapbook.bootstrap.needs import PDF_LIBRARIES, how_to_get
    from chapbook.bootstrap.system import current_system

    return how_to_get(current_system(), (PDF_LIBRARIES,))


def _missing(libraries: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    _widen_search()
    return tuple(name for name, files in libraries.items() if not _loads(files))


def _widen_search() -> None:
    if sys.platform == "darwin":
        # Homebrew on Apple silicon lies outside the loader's own list; the engine finds
        # libraries through the same variable, so setting it here serves both.
        folders = "/opt/homebrew/lib:/usr/local/lib:/usr/lib"
        os.environ.setdefault("DYLD_FALLBACK_LIBRARY_PATH", folders)
    elif sys.platform == "win32":
        for folder in (r"C:\msys64\ucrt64\bin", r"C:\msys64\mingw64\bin"):
            if Path(folder).is_dir():
                os.add_dll_directory(folder)


def _loads(files: tuple[str, ...]) -> bool:
    suffix = _SUFFIXES.get(sys.platform, ".so")
    return any(_opens(file) for file in files if suffix in file)


def _opens(file: str) -> bool:
    with suppress(OSError):
        ctypes.CDLL(file)
        return True
    if sys.platform != "darwin":
        return False
    from ctypes.util import find_library

    return find_library(file) is not None
