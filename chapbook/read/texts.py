"""Make the text of each source: what it includes, what it says for one language, its variables."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from chapbook.diagnostics import Diagnostic
from chapbook.model import SourceFile
from chapbook.origin import Tool
from chapbook.read.conditions import Conditions
from chapbook.read.includes import Includer, Translate, included_in
from chapbook.read.listing import MARKDOWN, Listing, has_suffix
from chapbook.read.sources import SourceReader
from chapbook.read.variables import Variables
from chapbook.settings import BookSettings, Limits
from chapbook.spliced import Spliced, join, whole

if TYPE_CHECKING:
    from chapbook.read.foreign import Translator

ASKS = ("{{", "[include:", "!!! only", "!!!only", "only-")


class Texts:
    """Makes the texts of one book.

    `variables` has their values; `translator` turns what was written for another tool into
    our dialect.
    """

    def __init__(
        self,
        settings: BookSettings,
        variables: Variables,
        includer: Includer,
        translator: "Translator | None",
    ) -> None:
        """Start with nothing found."""
        self._settings, self._includer, self._translator = settings, includer, translator
        self._variables = variables
        self._conditions = Conditions()

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """What was wrong so far."""
        return (
            *(self._translator.findings if self._translator else ()),
            *self._includer.findings,
            *self._conditions.findings,
            *self._variables.findings,
        )

    def make(self, source: SourceFile) -> SourceFile:
        """Give a source with the text that the book shows."""
        if self._translator is not None:
            return self._translated(source, self._translator)
        folded = source.text.casefold()
        if not any(sign in folded for sign in ASKS):
            return source
        text = whole(source.path, source.text)
        head = self._variables.fill_plain(text.cut(0, source.body))
        body = self._body(text.cut(source.body), source)
        made = join((head, body))
        if made.text == source.text:
            return source
        matter = self._variables.fill_front_matter(source.front_matter)
        return SourceFile(source.path, made.text, matter, len(head.text), made.pieces)

    def _body(self, text: Spliced, source: SourceFile) -> Spliced:
        text = self._includer.fill(text, source.path)
        language = source.front_matter.lang or self._settings.language
        return self._variables.fill(self._conditions.settle(text, language))

    def _translated(self, source: SourceFile, translator: "Translator") -> SourceFile:
        """Give what was written for another tool; our own signs mean nothing in it."""
        text = whole(source.path, source.text)
        head, body = text.cut(0, source.body), text.cut(source.body)
        filled = self._includer.fill(translator.translate(body, source.path), source.path)
        made = translator.finish(filled, source.path)
        matter = translator.settle_matter(source.front_matter, made.text)
        joined = join((head, made))
        return SourceFile(source.path, joined.text, matter, len(head.text), joined.pieces)


def without_included(listing: Listing, reader: SourceReader) -> Listing:
    """Leave out the Markdown files that others include, so that they are no chapters too."""
    inside: dict[str, set[str]] = {}
    for path in listing:
        source = reader.read(path) if has_suffix(path, MARKDOWN) else None
        if source:
            inside[path] = included_in(source.text, path)
    named = set().union(*inside.values())
    reached: set[str] = set()
    waiting = [path for path in inside if path not in named]
    while waiting:
        for path in inside.get(waiting.pop(), set()) - reached:
            reached.add(path)
            waiting.append(path)
    return {path: real for path, real in listing.items() if path not in reached}


def make_texts(
    folder: Path,
    settings: BookSettings,
    limits: Limits,
    listing: Listing,
    reader: SourceReader,
    variables: Variables,
    sources: Iterable[SourceFile],
) -> Texts:
    """Make what makes the texts of these sources of the book in `folder`."""
    translator = None
    translate: Translate = _keep
    if settings.origin.tool is not Tool.CHAPBOOK:
        # Imported here: most books are ours.
        from chapbook.read.foreign import Translator

        translator = Translator(settings, sources, variables.values)
        translate = translator.translate
    has_helpers = settings.origin.tool is Tool.MDBOOK
    includer = Includer(folder, listing, limits, reader, translate, has_helpers)
    return Texts(settings, variables, includer, translator)


def _keep(text: Spliced, _path: str) -> Spliced:
    return text
