"""Stage 3, `parse`: Markdown to clean XHTML, with facts and exact positions.

In: one source file. Out: its chapters. `docs/dialect.md` says what an author may write.
"""

from chapbook.diagnostics import Code, Location, Outcome, error
from chapbook.model import Chapter, SourceFile
from chapbook.parse.book_words import set_book_words

__all__ = ["parse_source", "set_book_words"]


def parse_source(
    source: SourceFile, language: str, is_citing: bool = False
) -> Outcome[tuple[Chapter, ...]]:
    """Parse a file of a book in `language` (BCP 47) into its chapters, one for each title.

    `is_citing` says that the book names its sources, so that `[@key]` is a citation.

    Every word of the file is either in a chapter, at its place, or in a finding. Never raises for
    what stands in the file; where it cannot be read at all, there are no chapters and an error.
    """
    # Imported here: most builds find every file parsed, and need none of it.
    from chapbook.parse.steps import make_outcome

    try:
        return make_outcome(source, source.front_matter.lang or language, is_citing)
    except (RecursionError, MemoryError):
        message = "elements stand inside each other too deeply to be read"
        fault = error(Code.UNPARSABLE, message, Location(source.path), "nest them less deeply")
        return Outcome((), (fault,))
