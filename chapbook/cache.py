"""Remembers what was made, so that what has not changed is not made again.

Every entry is a file named by its kind and by a digest of all that its value came from. It is
written aside and renamed, and begins with a digest of its name and itself: what is damaged, or
stands in another's place, counts as absent.
Nothing here can make a build fail; where the folder can not be used, nothing is remembered.
"""

import hashlib
import os
import pickle
import shutil
import stat
import sys
import tempfile
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from chapbook.digests import code_digest, digest, installed_version

__all__ = ["Cache", "cache_folder", "code_digest", "digest", "installed_version"]

T = TypeVar("T")

MAGIC = b"chapbook 2\n"
LIMIT = 512 * 2**20
IN_MEMORY = 384 * 2**20
ASIDE = ".new-"
TALLY = "size"  # the bytes of all entries when they were last counted, and of those since


def cache_folder() -> Path | None:
    """Give the folder where this user's programs remember: `$CHAPBOOK_CACHE`, or the system's.

    None where the user has no home.
    """
    if own := os.environ.get("CHAPBOOK_CACHE"):
        return Path(own)
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData/Local") / "chapbook"
    if sys.platform == "darwin":
        return home / "Library/Caches/chapbook"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "chapbook"


class Cache:
    """A store of values by kind and key, in memory and, where there is a folder, on the disk.

    What was got or put must not be changed afterwards: the next one gets the same object. A copy
    in another process begins with an empty memory. `trouble` says in a few words why the disk is
    not used, '' while all is well. `made` counts what was put, by kind.
    """

    def __init__(self, folder: Path | None, limit: int = LIMIT, in_memory: int = IN_MEMORY) -> None:
        """Keep at most `limit` bytes in `folder` and about `in_memory` bytes in this process."""
        self.trouble = ""
        self.made: dict[str, int] = {}
        self._written = self._counted = 0
        self._limit = limit
        self._memory = _Memory(in_memory)
        self._folder = self._own(folder) if folder else None
        self._arguments = (folder, limit, in_memory)

    def __reduce__(self) -> tuple[Any, ...]:
        """Let a worker open the same folder."""
        return Cache, self._arguments

    def get(self, kind: str, key: str) -> Any:
        """Give what was put, None where it is absent, damaged or from a stranger's hand."""
        name = (kind, key)
        if (found := self._memory.get(name)) is not None or self._folder is None:
            return found
        file = self._file(kind, key)
        try:
            content = file.read_bytes()
        except OSError:
            return None
        value = _unpack(content, name)
        with suppress(OSError):
            if value is None:
                file.unlink()
            else:
                os.utime(file)  # the memory answers from now on, so once for each process
        self._memory.put(name, value, len(content))
        return value

    def put(self, kind: str, key: str, value: object) -> None:
        """Remember a value that can be pickled; where the disk refuses, in memory alone."""
        self.made[kind] = self.made.get(kind, 0) + 1
        try:
            content = _pack(value, (kind, key))
        except RecursionError:
            content = b""
        self._memory.put((kind, key), value, len(content))
        if self._folder is None or self.trouble or not content:
            return
        if not self._written:
            self._counted = self._take_tally()
        self._written += len(content)
        try:
            _write(self._file(kind, key), content)
        except OSError as fault:
            self.trouble = _reason(self._folder, fault)

    def holds(self, kind: str, key: str) -> bool:
        """Whether there is an entry, which may yet turn out to be damaged."""
        if self._memory.get((kind, key)) is not None:
            return True
        return self._folder is not None and self._file(kind, key).is_file()

    def recall(self, kind: str, key: str, make: Callable[[], T]) -> T:
        """Give what is remembered, or else make it and remember it."""
        found: T | None = self.get(kind, key)
        if found is None:
            found = make()
            self.put(kind, key, found)
        return found

    def prune(self) -> None:
        """Forget what was not used for longest until the folder is within its limit.

        The entries are counted only where what was written since the last count may be too much.
        """
        if self._folder is None:
            return
        tally, size = self._folder / TALLY, self._counted + self._written
        is_known = 0 < self._written <= size and not tally.exists()  # else another build counted
        if not is_known or size > self._limit:
            size = self._shrink()
        self._written = 0
        with suppress(OSError):
            _write(tally, str(size).encode())

    def _take_tally(self) -> int:
        """Give the bytes counted last, below 0 for none; a build that is killed leaves no count."""
        assert self._folder is not None
        tally = self._folder / TALLY
        try:
            counted = int(tally.read_text("ascii"))
            tally.unlink()
        except (OSError, ValueError):
            return -sys.maxsize
        return counted

    def _shrink(self) -> int:
        assert self._folder is not None
        entries = sorted(_entries(self._folder))
        size = sum(entry[1] for entry in entries)
        for _, length, file in entries:
            if size <= self._limit:
                break
            with suppress(OSError):
                file.unlink()
            size -= length
        return size

    def clear(self) -> tuple[int, int]:
        """Forget everything; give how many entries there were and how many bytes they took."""
        self._memory = _Memory(self._memory.limit)
        if self._folder is None:
            return 0, 0
        sizes = [length for _, length, _ in _entries(self._folder)]
        for folder in _folders(self._folder):
            shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):
            (self._folder / TALLY).unlink()
        return len(sizes), sum(sizes)

    def _own(self, folder: Path) -> Path | None:
        """Make the folder ours alone: who can write in it could have us run his code."""
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if sys.platform != "win32":
                found = folder.stat()
                if found.st_uid != os.geteuid():
                    self.trouble = f"{folder} belongs to another user"
                    return None
                if stat.S_IMODE(found.st_mode) & 0o077:
                    folder.chmod(0o700)
        except OSError as fault:
            self.trouble = _reason(folder, fault)
            return None
        return folder

    def _file(self, kind: str, key: str) -> Path:
        assert self._folder is not None
        return self._folder / kind / key[:2] / key


class _Memory:
    """The values used last, by name, up to about `limit` bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._kept: OrderedDict[tuple[str, str], tuple[Any, int]] = OrderedDict()
        self._size = 0

    def get(self, name: tuple[str, str]) -> Any:
        if name not in self._kept:
            return None
        self._kept.move_to_end(name)
        return self._kept[name][0]

    def put(self, name: tuple[str, str], value: object, size: int) -> None:
        _, before = self._kept.pop(name, (None, 0))
        self._size -= before
        if value is None or size > self.limit:
            return
        self._kept[name] = (value, size)
        self._size += size
        while self._size > self.limit:
            _, (_, length) = self._kept.popitem(last=False)
            self._size -= length


def _pack(value: object, name: tuple[str, str]) -> bytes:
    body = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return _head(body, name) + body


def _head(body: bytes | memoryview, name: tuple[str, str]) -> bytes:
    named = hashlib.sha256("\0".join((*name, "")).encode())
    named.update(body)
    return MAGIC + named.digest()


def _unpack(content: bytes, name: tuple[str, str]) -> Any:
    start = len(MAGIC) + hashlib.sha256().digest_size
    body = memoryview(content)[start:]
    if content[:start] != _head(body, name):
        return None
    try:
        return pickle.loads(body)
    except Exception:  # a class that has since been renamed can raise anything
        return None


def _write(file: Path, content: bytes) -> None:
    """Write aside and rename: another build sees the whole entry or none."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(prefix=ASIDE, dir=file.parent)
    try:
        with os.fdopen(number, "wb") as stream:
            stream.write(content)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _entries(folder: Path) -> Iterator[tuple[float, int, Path]]:
    """Give when each entry was last used, its bytes and its file; also what a killed build left."""
    open_folders = deque(_folders(folder))
    while open_folders:
        with suppress(OSError), os.scandir(open_folders.popleft()) as found:
            for entry in found:
                with suppress(OSError):
                    if entry.is_dir(follow_symlinks=False):
                        open_folders.append(Path(entry.path))
                    else:
                        facts = entry.stat(follow_symlinks=False)
                        yield facts.st_mtime, facts.st_size, Path(entry.path)


def _folders(folder: Path) -> list[Path]:
    """Give the folders of the kinds; whatever else a user keeps there is none of ours."""
    with suppress(OSError):
        return [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()]
    return []


def _reason(folder: Path, fault: OSError) -> str:
    return f"{folder}: {(fault.strerror or str(fault)).lower()}"
