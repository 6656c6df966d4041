"""The template folders: the book's own before the house's, each file by itself."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from chapbook.diagnostics import BookError
from chapbook.folder import find_file

HOUSE = "house:"


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a template folder, and the name by which a reader of a diagnostic knows it."""

    shown: str
    path: Path


class Folders:
    """Template folders in the order in which they are asked; the last is the house's.

    A file is looked for once, so that it stays the same while a book is composed.
    """

    def __init__(self, paths: tuple[Path, ...]) -> None:
        """Look into these folders."""
        self.paths = paths
        self._found: dict[str, Found | None] = {}

    def find(self, name: str) -> Found | None:
        """Find a file by its name relative to a folder, with `/`.

        `house:` before the name passes the book's own folder by. What leads out of its folder,
        by `..` or by a symbolic link, is not there.
        """
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def _find(self, name: str) -> Found | None:
        own = not name.startswith(HOUSE)
        name = name.removeprefix(HOUSE)
        for folder in self.paths if own else self.paths[-1:]:
            with suppress(BookError):
                path = find_file(folder, name)
                is_house = folder == self.paths[-1]
                return Found((HOUSE if is_house else "templates/") + name, path)
        return None

    def names(self, pattern: str) -> tuple[str, ...]:
        """Name every file that a glob pattern finds in any folder."""
        return tuple(
            sorted(
                {p.relative_to(f).as_posix() for f in self.paths for p in f.glob(pattern)},
            )
        )
