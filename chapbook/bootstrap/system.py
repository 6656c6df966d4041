"""Tells the operating systems apart, and installs their packages or says how to."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path


class Family(Enum):
    """The systems told apart; those of one family install alike."""

    DEBIAN = auto()
    FEDORA = auto()
    ALPINE = auto()
    ARCH = auto()
    MACOS = auto()
    WINDOWS = auto()
    OTHER = auto()


_NAMED = {
    "debian": Family.DEBIAN,
    "ubuntu": Family.DEBIAN,
    "fedora": Family.FEDORA,
    "rhel": Family.FEDORA,
    "alpine": Family.ALPINE,
    "arch": Family.ARCH,
}
_INSTALLERS: Mapping[Family, str] = {
    Family.DEBIAN: "apt-get install",
    Family.FEDORA: "dnf install",
    Family.ALPINE: "apk add",
    Family.ARCH: "pacman -S",
    Family.MACOS: "brew install",
    # In the shell of MSYS2, which is where the PDF engine looks for its libraries.
    Family.WINDOWS: "pacman -S",
}
_WITHOUT_ROOT = (Family.MACOS, Family.WINDOWS)


@dataclass(frozen=True)
class System:
    """What decides how packages are installed on a machine."""

    family: Family
    is_root: bool
    has_apt: bool

    @property
    def can_install(self) -> bool:
        """Whether this process may install packages without asking anyone."""
        return self.is_root and self.has_apt and self.family is Family.DEBIAN


def current_system() -> System:
    """Return the system that this runs on."""
    is_root = sys.platform != "win32" and os.geteuid() == 0
    return System(identify(sys.platform, _os_release()), is_root, bool(shutil.which("apt-get")))


def identify(platform: str, os_release: str) -> Family:
    """Return the family, from `sys.platform` and the content of /etc/os-release."""
    if platform in ("darwin", "win32"):
        return Family.MACOS if platform == "darwin" else Family.WINDOWS
    words = shlex.split(os_release, comments=True)
    fields = dict(word.split("=", 1) for word in words if "=" in word)
    names = [fields.get("ID", ""), *fields.get("ID_LIKE", "").split()]
    return next((_NAMED[name] for name in names if name in _NAMED), Family.OTHER)


def install_line(system: System, packages: Sequence[str]) -> str:
    """Return the line to type for `packages`; "" where no installer is known."""
    if not packages or system.family not in _INSTALLERS:
        return ""
    asks = not system.is_root and system.family not in _WITHOUT_ROOT
    return " ".join(["sudo"] * asks + [_INSTALLERS[system.family], *packages])


def install(packages: Sequence[str]) -> None:
    """Install `packages` with apt-get, as root and without a question.

    Raises subprocess.CalledProcessError with what apt-get said as its output.
    """
    _run_apt("update")
    _run_apt("install", "-y", "--no-install-recommends", *packages)


def _run_apt(*arguments: str) -> None:
    """Run apt-get silently; the errors are those of `install`."""
    command = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", *arguments]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(
        command,
        check=True,
        env=quiet,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )


def _os_release() -> str:
    for place in ("/etc/os-release", "/usr/lib/os-release"):
        try:
            return Path(place).read_text("utf-8")
        except OSError:
            continue
    return ""
