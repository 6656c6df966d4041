"""Reads the works that a book cites, and the style that it brings."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from chapbook.diagnostics import BookError, Code, Diagnostic, Location, error, warning
from chapbook.folder import read_text
from chapbook.model import Work
from chapbook.read.listing import in_book
from chapbook.schema import nearest
from chapbook.settings import BookSettings, Limits

Found = tuple[list[Work], list[Diagnostic]]
STYLE = ".csl"


def read_works(
    folder: Path, settings: BookSettings, limits: Limits
) -> tuple[tuple[Work, ...], tuple[Diagnostic, ...]]:
    """Read every list of sources that `book.toml` names; the first of two with a key counts."""
    works: dict[str, Work] = {}
    found: list[Diagnostic] = []
    for index, name in enumerate(settings.citations.sources):
        key = f"citations.sources.{index}"
        at = settings.locations.get(key, settings.locations.get("citations.sources"))
        try:
            read, faults = _read(folder, in_book(name), limits.source_bytes, at)
        except BookError as fault:
            found += fault.diagnostics
            continue
        found += [*faults, *_keep(read, works)]
    return tuple(works.values()), tuple(found)


def read_style(
    folder: Path, settings: BookSettings, limits: Limits
) -> tuple[str, tuple[Diagnostic, ...]]:
    """Read the CSL file of the book, '' where it names a style of the house."""
    name, at = settings.citations.style, settings.locations.get("citations.style")
    if not (settings.citations.sources and name.casefold().endswith(STYLE)):
        return "", ()
    try:
        return read_text(folder, in_book(name), limits.source_bytes, at), ()
    except BookError as fault:
        return "", fault.diagnostics


def _read(folder: Path, path: str, limit: int, at: Location | None) -> Found:
    text = read_text(folder, path, limit, at)
    ending = path.rpartition(".")[2].casefold()
    readers = _readers()
    if ending not in readers:
        hints = nearest(ending, tuple(readers)) or ("known are .bib, .json, .yaml and .yml",)
        message = f'"{path}" is no list of sources'
        raise BookError([error(Code.CONFIG_BAD_VALUE, message, at, *hints)])
    return readers[ending](text, path)


def _readers() -> Mapping[str, Callable[[str, str], Found]]:
    # Imported here: most books name no sources.
    from chapbook.read.works.bibtex import read_bibtex
    from chapbook.read.works.csl_items import read_csl_json, read_csl_yaml

    yaml = dict.fromkeys(("yaml", "yml"), read_csl_yaml)
    return {"bib": read_bibtex, "json": read_csl_json, **yaml}


def _keep(read: Iterable[Work], works: dict[str, Work]) -> Iterable[Diagnostic]:
    for work in read:
        first = works.setdefault(work.key, work)
        if first is not work:
            message = f"two works have the key “{work.key}”; the first counts"
            hint = f"the first stands at {first.at}; give one of them another key"
            yield warning(Code.DUPLICATE_WORK, message, work.at, hint)
