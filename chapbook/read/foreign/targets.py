"""The ids of a whole book: elsewhere a reference names one without its file."""

import posixpath
import re
from collections.abc import Iterable

from chapbook.model import SourceFile

GIVEN = re.compile(
    r"\{[^{}\n]*?#(?P<id>[\w:.-]+)[^{}\n]*\}|^[ \t]*#\|[ \t]*label:[ \t]*[\"']?(?P<label>[\w:.-]+)",
    re.M,
)


class Targets:
    """Knows in which file each id was given first."""

    def __init__(self, sources: Iterable[SourceFile]) -> None:
        """Read them out of the sources."""
        self._files: dict[str, str] = {}
        for source in sources:
            for match in GIVEN.finditer(source.text):
                self._files.setdefault(match["id"] or match["label"], source.path)

    def address(self, name: str, path: str) -> str:
        """Give the address of an id for a text of the file at `path`, '' where no one gives it."""
        file = self._files.get(name)
        if file is None:
            return ""
        if file == path:
            return f"#{name}"
        return f"{posixpath.relpath(file, posixpath.dirname(path) or '.')}#{name}"
