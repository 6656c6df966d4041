"""Gathers what the author gave: the sources in reading order, and the images they use."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from chapbook.cache import Cache
from chapbook.diagnostics import BookError, Code, Diagnostic, Location, Outcome, error
from chapbook.folder import read_text
from chapbook.model import Manuscript, SourceFile
from chapbook.origin import Tool
from chapbook.read.assets import find_cover, mentioned, read_assets
from chapbook.read.discover import discover
from chapbook.read.listing import Listing, find_fault, list_files
from chapbook.read.order import Order, check, complete, has_list, listed_order
from chapbook.read.sources import SourceReader
from chapbook.read.summary import find_summary, summary_order
from chapbook.read.table_files import with_tables
from chapbook.read.texts import make_texts, without_included
from chapbook.read.variables import Variables
from chapbook.read.works import read_style, read_works
from chapbook.settings import BookSettings, Limits
from chapbook.variables import variables_of

_LONGEST_LIST = 2**20


def read_manuscript(
    folder: Path,
    settings: BookSettings,
    limits: Limits,
    cache: Cache | None = None,
    values: Mapping[str, str] | None = None,
) -> Outcome[Manuscript]:
    """Read every source and image of the book in `folder`; images that `cache` knows are sound.

    The order is that of `book.toml`; where that lists no chapters, that of a `SUMMARY.md`; where
    there is none, that of the names of files and folders (see `discover`). The texts have in them
    what they include, and the `values` of variables. What cannot be read is found and left out.
    Raises BookError where there is no text at all, or too many files.
    """
    variables = Variables(variables_of(settings) if values is None else values)
    settings = variables.fill_settings(settings)
    listing = list_files(folder, limits.files)
    reader = SourceReader(folder, listing, limits, settings.origin)
    order = _order(folder, settings, listing, reader)
    places, faults = check(
        complete(order, settings),
        listing,
        lambda path, at: find_fault(folder, path, at, listing),
    )
    places = tuple(p for p in places if p.page or reader.read(p.source, p.at))
    sources = [reader.read(place.source) for place in places if place.source]
    written = tuple(source for source in sources if source)
    if settings.origin.tool is Tool.QUARTO:
        written = tuple(_lettered(source, order) for source in written)
    making = make_texts(folder, settings, limits, listing, reader, variables, written)
    texts = tuple(with_tables(making.make(source), folder) for source in written)
    findings = [*faults, *reader.findings, *making.findings]
    if not any(source.text[source.body :].strip() for source in texts):
        has_error = any(found.is_error for found in findings)
        raise BookError(findings if has_error else [*findings, _empty()])
    cover, cover_faults = find_cover(folder, settings, listing)
    notes = (settings.imprint.note, settings.colophon.note)
    wanted = cover | mentioned(listing, [*notes, *(source.text for source in texts)])
    assets, image_faults = read_assets(
        folder, listing, sorted(wanted), limits, cache or Cache(None)
    )
    works, work_faults = read_works(folder, settings, limits)
    style, style_faults = read_style(folder, settings, limits)
    manuscript = Manuscript(settings, places, order.parts, texts, assets, works, style)
    found = (*findings, *cover_faults, *image_faults, *work_faults, *style_faults)
    return Outcome(manuscript, found)


def _order(folder: Path, settings: BookSettings, listing: Listing, reader: SourceReader) -> Order:
    if has_list(settings):
        return listed_order(settings)
    if settings.origin.tool is Tool.QUARTO:
        return _quarto_order(folder, settings.origin.file, reader)
    if summary := find_summary(listing, settings.origin.folder):
        source = reader.read(summary)
        return summary_order(summary, source.text) if source else Order()
    return discover(without_included(listing, reader), reader.read)


def _quarto_order(folder: Path, file: str, reader: SourceReader) -> Order:
    # Imported here: most books are ours.
    from chapbook.read.foreign.quarto_order import quarto_order
    from chapbook.yaml_source import read_yaml

    table, places = read_yaml(read_text(folder, file, _LONGEST_LIST), file)
    return quarto_order(table, places, reader.read)


def _lettered(source: SourceFile, order: Order) -> SourceFile:
    """Make an appendix of what an order lists behind the book."""
    if all(place.source != source.path for place in order.back):
        return source
    return replace(source, front_matter=replace(source.front_matter, appendix=True))


def _empty() -> Diagnostic:
    hint = 'write a chapter into a file whose name ends in ".md"'
    return error(Code.EMPTY_BOOK, "the book has no text", Location("book.toml"), hint)
