"""The citations of a file with the place of each key, and brackets that may have been meant so."""

import re
from collections.abc import Iterator
from dataclasses import replace

from chapbook.diagnostics import Code, Diagnostic, Location, warning
from chapbook.model import Citation
from chapbook.parse.dialect.citations import CitationMarks
from chapbook.parse.dialect.directives import Directives
from chapbook.parse.letters import letters_of
from chapbook.parse.positions import Positions
from chapbook.parse.walk import Mark

HINT = 'write [citations] and below it sources = "references.bib" into book.toml'
UNREAD = re.compile(r"\[[^\[\]]*?(?<!\w)@\w[^\[\]]*\]")


def citations_of(marks: CitationMarks, stretches: list[Positions]) -> tuple[Citation, ...]:
    """Give every citation of a file, by its number."""
    placed: dict[int, tuple[Positions, Mark]] = {}
    for positions in stretches:
        for mark in positions.walk.marks:
            if mark.kind == "cite":
                placed[int(mark.element.get("data-cite", "0"))] = positions, mark
    start = Location(stretches[0].places.path)
    return tuple(
        _citation(mark, *placed[number]) if number in placed else _without_place(mark, start)
        for number, mark in enumerate(marks.taken)
    )


def _citation(mark: Citation, positions: Positions, at: Mark) -> Citation:
    return _with_places(mark, positions.of_keys(at, [one.key for one in mark.cites]))


def _without_place(mark: Citation, at: Location) -> Citation:
    return _with_places(mark, [at] * len(mark.cites))


def _with_places(mark: Citation, places: list[Location]) -> Citation:
    cites = (replace(one, at=at) for one, at in zip(mark.cites, places, strict=True))
    return replace(mark, cites=tuple(cites))


def lists_of_nothing(directives: Directives) -> Iterator[Diagnostic]:
    """Report where a list of works is asked for in a book that names no sources."""
    for directive in directives.taken:
        if directive.word == "bibliography":
            message = "[bibliography] lists nothing: the book names no list of sources"
            at = directives.places.locate(directive.offset)
            yield warning(Code.UNREAD_CITATION, message, at, HINT)


def unread_citations(positions: Positions, is_citing: bool) -> Iterator[Diagnostic]:
    """Report brackets that look like a citation, where none is read.

    That is in HTML, and anywhere in a book that names no sources.
    """
    reason = "no Markdown is read in HTML" if is_citing else "the book names no list of sources"
    hint = 'write <div markdown="1"> around it' if is_citing else HINT
    for draft in positions.walk.drafts:
        for match in UNREAD.finditer(draft.prose) if "@" in draft.prose else ():
            offset = positions.offset_in(draft, len(letters_of(draft.text[: match.start()])))
            at = positions.of_draft(draft)
            if offset is not None:
                start = positions.text.rfind("[", 0, offset)
                at = positions.places.locate(start if start >= 0 else offset)
            written = " ".join(match.group().split())
            message = f"“{written}” stays text: {reason}"
            yield warning(Code.UNREAD_CITATION, message, at, hint)
