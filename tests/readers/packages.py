"""Bring the reading engines and Ace: packages of npm, pinned by a lock, kept in the cache."""

import functools
import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NoReturn
from unittest.mock import patch

import pytest

from chapbook.assay.ace import BROWSERS
from chapbook.cache import cache_folder

HERE = Path(__file__).parent
LOCK = HERE / "package-lock.json"
MOST_SECONDS = 600


@functools.cache
def find_packages() -> Path:
    """Give the folder of the packages, brought when first asked for.

    Without Node or npm's registry the test is skipped, but fails where no check may be left out.
    """
    npm = shutil.which("npm")
    if not npm or not shutil.which("node"):
        _lack("Node and npm are not installed")
    shelf = _shelf()
    if not shelf.is_dir():
        _bring(npm, shelf)
    return shelf / "node_modules"


def _shelf() -> Path:
    """Name the folder by the lock: another lock, another folder."""
    with patch.dict(os.environ):
        os.environ.pop("CHAPBOOK_CACHE", None)  # that is of one run of the tests
        kept = cache_folder() or Path(tempfile.gettempdir(), "chapbook")
    name = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]
    return kept.with_name("chapbook-readers") / name


def _bring(npm: str, shelf: Path) -> None:
    """Fill a folder aside, and rename it when it is whole: several tests may do so at once."""
    shelf.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=shelf.parent, prefix=".new-") as aside:
        folder = Path(aside, "packages")
        folder.mkdir()
        for name in ("package.json", LOCK.name):
            shutil.copy(HERE / name, folder)
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(
            command,
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=MOST_SECONDS,
        )
        if done.returncode:
            _lack(f"npm can not bring the reading engines: {done.stderr.strip()[-300:]}")
        if not shelf.exists():
            folder.rename(shelf)


def find_browser() -> str:
    """Give the path of Chromium or Chrome."""
    named = os.environ.get("PUPPETEER_EXECUTABLE_PATH")
    found = named or next((path for name in BROWSERS if (path := shutil.which(name))), "")
    return found or _lack("no Chromium is installed")


def find_ace_script() -> Path:
    """Give the program of Ace."""
    return find_packages() / "@daisy" / "ace-cli" / "bin" / "ace.js"


def _lack(what: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)
