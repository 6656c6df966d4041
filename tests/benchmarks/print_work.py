"""Makes the editions of a book for the print shop, and tells what each stage's work was.

    python -m tests.benchmarks.print_work BOOK

One process, and nothing is remembered from before. Written to stdout, as JSON: the seconds of work
of each stage, of the cover as a whole, and the pages. All libraries are loaded before, so that no
stage is charged for what the next one uses too.
"""

import json
import sys
import tempfile
import time
from collections import defaultdict
from importlib import import_module
from pathlib import Path

from chapbook.cache import Cache
from chapbook.cli import house_templates
from chapbook.composing_room import Copy
from chapbook.configure import read_settings
from chapbook.editions import Imprint, Press
from chapbook.parse import parse_source
from chapbook.read import read_manuscript
from chapbook.resolve import resolve_book
from chapbook.settings import Edition, Limits
from chapbook.words import read_words
from tests.presses import InPlace

LIBRARIES = (
    "weasyprint", "chapbook.finish", "chapbook.inspect", "chapbook.prepress", "chapbook.impose",
    "chapbook.preflight", "chapbook.cover.front_image",
)  # fmt: skip
COVER = "cover"


def read(book: Path, cache: Cache) -> Copy:
    """Take a book's folder from `configure` to `resolve`."""
    own = book / "templates"
    templates = (own, house_templates()) if own.is_dir() else (house_templates(),)
    settings = read_settings(book).value
    manuscript = read_manuscript(book, settings, Limits()).value
    chapters = {s.path: parse_source(s, settings.language).value for s in manuscript.sources}
    words = read_words(templates, settings.language)
    return Copy(resolve_book(manuscript, chapters, words).value, words, templates, cache)


class Clock:
    """Charges the work of this process to what is being done."""

    def __init__(self) -> None:
        """Begin with what belongs to no stage."""
        self.spent: dict[str, float] = defaultdict(float)
        self._stage, self._since = "", time.process_time()

    def begin(self, stage: str, what: str) -> None:
        """Begin a stage, or another edition; all that is done for the cover is its own."""
        now = time.process_time()
        self.spent[self._stage] += now - self._since
        self._stage, self._since = COVER if what == Edition.COVER else stage, now


def main(book: Path) -> None:
    """Make print, booklet and cover in this order; the pages are laid out once, for `print`."""
    for library in LIBRARIES:
        import_module(library)
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        press = Press(read(book, Cache(Path(folder))), Imprint(), InPlace(), clock.begin)
        made = [press.make(edition) for edition in (Edition.PRINT, Edition.BOOKLET, Edition.COVER)]
    clock.begin("", "")
    if any(one.content is None for one in made):
        sys.exit("\n".join(found.message for one in made for found in one.diagnostics))
    print(json.dumps({"spent": clock.spent, "pages": made[0].pages}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
