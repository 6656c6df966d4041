"""Books of Markdown as finished e-books, with their passages; and with their bytes edited."""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from chapbook.compose import compose_epub
from chapbook.configure import read_settings
from chapbook.model import Passage
from chapbook.package import package_epub
from chapbook.parse import parse_source
from chapbook.read import read_manuscript
from chapbook.resolve import resolve_book
from chapbook.settings import Limits
from chapbook.words import read_words

HOUSE = Path(__file__).parents[1] / "templates"
TOML = 'title = "T"\ndate = 2026-11-24\n[identifiers]\nepub = "978-3-16-148410-0"\n'
Edit = Callable[[str], str]


@dataclass(frozen=True)
class Epub:
    """The bytes of an e-book, and what it must show."""

    content: bytes
    passages: tuple[Passage, ...]

    @property
    def files(self) -> dict[str, bytes]:
        """Give its files by name, in order."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def edited(self, edits: Mapping[str, list[tuple[str, str]]]) -> "Epub":
        """Replace texts, each of which stands once, in files named by how they end."""
        files = self.files
        for ending, pairs in edits.items():
            (name,) = (n for n in files if n.endswith(ending))
            text = files[name].decode()
            for old, new in pairs:
                assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
                text = text.replace(old, new)
            files[name] = text.encode()
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                is_plain = name == "mimetype"
                method = zipfile.ZIP_STORED if is_plain else zipfile.ZIP_DEFLATED
                archive.writestr(name, content, method)
        return Epub(target.getvalue(), self.passages)


def make_epub(folder: Path, sources: Mapping[str, str], settings: str = TOML) -> Epub:
    """Make the e-book of a book that is written to a folder, with every stage of the program."""
    folder.mkdir(exist_ok=True)
    for name, text in {"book.toml": settings, **sources}.items():
        (folder / name).write_text(text, "utf-8")
    configured = read_settings(folder).value
    manuscript = read_manuscript(folder, configured, Limits()).value
    chapters = {s.path: parse_source(s, configured.language).value for s in manuscript.sources}
    words = read_words((HOUSE,), configured.language)
    book = resolve_book(manuscript, chapters, words).value
    modified = datetime(2026, 11, 24, tzinfo=UTC)
    publication = compose_epub(book, (HOUSE,), words, modified).value
    return Epub(package_epub(publication), publication.passages)
