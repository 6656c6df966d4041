"""Stage 5, `cite`: set the citations, and list the works that are cited.

In: a resolved book, the works that it can cite and a style of CSL
(https://docs.citationstyles.org/en/stable/specification.html). Out: the book with each citation as
words or as a note, and with its list of works. Nothing is fetched.
"""

from collections.abc import Iterable
from pathlib import Path

from chapbook.cite.findings import no_style, style_fault, unknown_work
from chapbook.diagnostics import Diagnostic, Location, Outcome
from chapbook.model import Book, Work
from chapbook.schema import nearest
from chapbook.settings import BookSettings
from chapbook.words import Words

__all__ = ["cite_book", "find_style"]

FOLDER = "citations"
ENDING = ".csl"


def find_style(settings: BookSettings, own: str, folders: tuple[Path, ...]) -> Outcome[str]:
    """Give the text of the style that a book names, '' where there is none.

    That is its `own`, or one of the house's in one of the template folders.
    """
    name = settings.citations.style
    if own or name.casefold().endswith(ENDING):
        return Outcome(own)
    files = [file for folder in folders for file in (folder / FOLDER).glob(f"*{ENDING}")]
    for file in files:
        if file.stem == name:
            return Outcome(file.read_text("utf-8"))
    names = tuple(sorted({file.stem for file in files}))
    hints = nearest(name, names) or (f"the house's are {', '.join(names)}",)
    other = f"a style of your own is a file whose name ends in {ENDING}"
    at = settings.locations.get("citations.style")
    return Outcome("", (no_style(f'there is no style "{name}"', at, *hints, other),))


def cite_book(book: Book, works: Iterable[Work], style: str, words: Words) -> Outcome[Book]:
    """Set the citations of a book in the style of this text; without one nothing is set.

    Findings: unknown keys with the nearest known, works of which nothing is told, a faulty style.
    """
    works = tuple(works)
    unknown = tuple(dict.fromkeys(_unknown_works(book, works)))
    if not style:
        return Outcome(book, unknown)
    outcome = _cite(book, works, style, words)
    return Outcome(outcome.value, (*unknown, *outcome.diagnostics))


def _unknown_works(book: Book, works: Iterable[Work]) -> list[Diagnostic]:
    known = {work.key for work in works}
    cites = (c for d in book.divisions for citation in d.citations for c in citation.cites)
    return [unknown_work(cite, known) for cite in cites if cite.key not in known]


def _cite(book: Book, works: Iterable[Work], text: str, words: Words) -> Outcome[Book]:
    # Imported here: few books cite, and the library takes its time.
    from chapbook.cite.book import Citer
    from chapbook.cite.csl.style import Style, StyleError
    from chapbook.collation import collation_of

    name, language = book.settings.citations.style, book.settings.language
    is_own = name.casefold().endswith(ENDING)
    path = name if is_own else f"templates/{FOLDER}/{name}{ENDING}"
    try:
        style = Style(text, language, collation_of(language).key)
        citer = Citer(book, works, style, words)
        cited = citer.cite()
    except StyleError as fault:
        found = [no_style(problem, Location(path, line)) for problem, line in fault.faults]
        return Outcome(book, tuple(found))
    except Exception as fault:  # a style from a stranger must never end in a bare traceback
        problem = f"the style can not set these works: {type(fault).__name__}: {fault}"
        hint = "try another style, such as author-date"
        return Outcome(book, (no_style(problem, Location(path), hint),))
    faults = [style_fault(problem, path, line) for problem, line in style.faults]
    return Outcome(cited, (*faults, *dict.fromkeys(citer.found)))
