"""Stage 5, `cite`: set the citations, and list the works that are cited.

In: a resolved book, the works that it can cite and a style of CSL
(https://docs.citationstyles.org/en/stable/specification.html). Out: the book with each citation as
words or as a note, and with its list of works. Nothing is fetched.
"""

from collections.abc import Iterable
from pathlib import Path

from chapbook.cite.findings import no_style, style_fault, unknown_work
from chapbook.diagnostics import Code, Diagnostic, Location, Outcome, error
from chapbook.model import Book, Work
from chapbook.schema import nearest
from chapbook.words import Words

__all__ = ["cite_book"]

FOLDER = "citations"
ENDING = ".csl"


def cite_book(
    book: Book, works: Iterable[Work], style: str, folders: tuple[Path, ...], words: Words
) -> Outcome[Book]:
    """Set the citations of a book; one that names no sources is left as it is.

    `style` is the text of the book's own style, '' where it names one of the house's, which
    stands in one of the template folders. Findings: unknown keys with the nearest known, works
    of which nothing is told, a faulty style.
    """
    settings = book.settings.citations
    if not settings.sources:
        return Outcome(book)
    works = tuple(works)
    unknown = _unknown_works(book, works)
    outcome = _set(book, works, style, folders, words)
    return Outcome(outcome.value, (*dict.fromkeys(unknown), *outcome.diagnostics))


def _set(
    book: Book, works: Iterable[Work], style: str, folders: tuple[Path, ...], words: Words
) -> Outcome[Book]:
    settings = book.settings.citations
    at = book.settings.locations.get("citations.style")
    path = settings.style if style else f"templates/{FOLDER}/{settings.style}{ENDING}"
    text = style or _house_style(settings.style, folders)
    if not text:
        is_missing = settings.style.casefold().endswith(ENDING)
        return Outcome(book, () if is_missing else (_unknown_style(settings.style, folders, at),))
    return _cite(book, works, text, path, words)


def _cite(book: Book, works: Iterable[Work], text: str, path: str, words: Words) -> Outcome[Book]:
    # Imported here: few books cite, and the library takes its time.
    from chapbook.cite.book import Citer
    from chapbook.cite.csl.style import Style, StyleError
    from chapbook.collation import collation_of

    language = book.settings.language
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


def _unknown_works(book: Book, works: Iterable[Work]) -> list[Diagnostic]:
    known = {work.key for work in works}
    cites = (c for d in book.divisions for citation in d.citations for c in citation.cites)
    return [unknown_work(cite, known) for cite in cites if cite.key not in known]


def _house_style(name: str, folders: tuple[Path, ...]) -> str:
    if name not in _names(folders):
        return ""
    files = (folder / FOLDER / f"{name}{ENDING}" for folder in folders)
    return next(file.read_text("utf-8") for file in files if file.is_file())


def _names(folders: tuple[Path, ...]) -> tuple[str, ...]:
    found = (file.stem for folder in folders for file in (folder / FOLDER).glob(f"*{ENDING}"))
    return tuple(sorted(set(found)))


def _unknown_style(name: str, folders: tuple[Path, ...], at: Location | None) -> Diagnostic:
    names = _names(folders)
    hints = nearest(name, names) or (f"the house's are {', '.join(names)}",)
    own = f"a style of your own is a file whose name ends in {ENDING}"
    return error(Code.CITATION_STYLE, f'there is no style "{name}"', at, *hints, own)
