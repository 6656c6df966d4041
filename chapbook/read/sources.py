"""Reads Markdown files, each once."""

from pathlib import Path

from chapbook.diagnostics import BookError, Diagnostic, Location
from chapbook.folder import find_file, text_of
from chapbook.model import SourceFile
from chapbook.origin import Origin
from chapbook.read.front_matter import read_front_matter
from chapbook.read.listing import Listing
from chapbook.settings import FrontMatter, Limits


class SourceReader:
    """Reads the sources of one book; `findings` holds what was wrong with them."""

    def __init__(
        self, folder: Path, listing: Listing, limits: Limits, origin: Origin | None = None
    ) -> None:
        """Start with nothing read; `origin` tells which file may speak of the whole book."""
        self._folder, self._listing, self._limits = folder, listing, limits
        self._origin = origin
        self._sources: dict[str, SourceFile | None] = {}
        self.findings: list[Diagnostic] = []

    def read(self, path: str, at: Location | None = None) -> SourceFile | None:
        """Give a source, or None where it cannot be read; `at` is where the book names it."""
        if path not in self._sources:
            self._sources[path] = self._open(path, at)
        return self._sources[path]

    def _open(self, path: str, at: Location | None) -> SourceFile | None:
        real = self._listing.get(path, path)
        try:
            file = find_file(self._folder, real, at)
            text = text_of(file, real, self._limits.source_bytes, Location(path))
        except BookError as fault:
            self.findings.extend(fault.diagnostics)
            return None
        opening = read_front_matter(path, text)
        if self._origin is not None and path == self._origin.file:
            # It is the book that these lines speak of, and `configure` has read them.
            return SourceFile(path, text, FrontMatter(), opening.body)
        self.findings.extend(opening.diagnostics)
        return SourceFile(path, text, opening.front_matter, opening.body)
