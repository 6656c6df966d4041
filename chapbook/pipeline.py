"""Put the stages in order. No rule about books lives here.

The stages up to `resolve` see the whole book; from `compose` on each edition goes its own way,
the chapters of a PDF in workers. Nothing is published unless every edition came out right.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import cache, partial
from typing import TypeVar

from chapbook import __version__
from chapbook.cache import code_digest, digest, installed_version
from chapbook.cite import cite_book, find_style
from chapbook.compose import compose_epub
from chapbook.compose.conditions import book_for
from chapbook.compose.passages import list_passages
from chapbook.composing_room import Copy, Say, fallen
from chapbook.configure import read_settings
from chapbook.diagnostics import BookError, Code, Diagnostic, Location, Outcome, error, warning
from chapbook.editions import EditionMade, Imprint, Press, edition_of_pages
from chapbook.folder import read_bytes
from chapbook.laid import PrintedPages
from chapbook.ledger import State, keep_build
from chapbook.model import Book, Chapter, Manuscript
from chapbook.package import list_details, package_epub
from chapbook.parse import parse_source, set_book_words
from chapbook.publication import Artifact
from chapbook.publish import describe, publish
from chapbook.read import read_manuscript
from chapbook.request import Build, Request
from chapbook.resolve import resolve_book
from chapbook.settings import BookSettings, Edition
from chapbook.typeset import get_ready
from chapbook.variables import variables_of
from chapbook.words import Words, read_words
from chapbook.workers import Fallen
from chapbook.workshop import Workshop, open_workshop

__all__ = ["Build", "Request", "Workshop", "make_book", "open_workshop"]

T = TypeVar("T")

TOOLS = ("weasyprint", "ebooklib", "markdown", "jinja2", "pikepdf", "pypdfium2", "nh3", "pygments")
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
# Letters that are parsed, or made an e-book of, before a worker has started.
FEW = 150_000
# Bytes of images that are made fit for screens before then.
LIGHT = 4_000_000

Digests = tuple[tuple[str, str], ...]  # name and SHA-256 of what stands in the output folder


def make_book(
    request: Request, say: Say, shop: Workshop | None = None, state: State | None = None
) -> Build:
    """Make the editions and publish them; `say(stage, what)` is told of each step.

    Where the `state` is given that the sources are in, what came of it is remembered. The `shop`
    is for builds one after the other; its owner then says what troubles it. Never raises for a
    faulty book: every fault is in the diagnostics.
    """
    if shop is None:
        with open_workshop(request) as own:
            build = make_book(request, say, own, state)
        if own.cache.trouble:
            say("cache", own.cache.trouble)
        return build
    found: list[Diagnostic] = []
    artifacts: tuple[Artifact, ...] = ()
    left_out: tuple[Edition, ...] = ()
    remarks: list[str] = []
    digests: Digests = ()
    try:
        settings, made, lacking = _make(request, shop, found, remarks, say)
        left_out = lacking
        if request.publishes:
            artifacts, digests = _publish(request, settings.slug, made, found, say)
    except BookError as fault:
        found += fault.diagnostics
    build = Build(artifacts, _in_order(found), left_out, tuple(remarks))
    if state is not None:
        keep_build(request, state, build, digests, shop.cache)
    return build


def _make(
    request: Request, shop: Workshop, found: list[Diagnostic], remarks: list[str], say: Say
) -> tuple[BookSettings, list[EditionMade], tuple[Edition, ...]]:
    """Give the editions that the machine can make, and name those that it can not."""
    say("configure", "")
    settings = set_book_words(_keep(found, read_settings(request.book)))
    editions = request.editions or _usual(request, settings)
    possible = tuple(e for e in editions if not (e.is_paged and request.lacks))
    pages_of = edition_of_pages(settings, possible)
    if any(edition.is_paged for edition in possible) or (pages_of and not request.lacks):
        get_ready(settings.title, settings.language, shop.workers, shop.cache)
    book, words, sources = _whole_book(request, settings, shop, found, say)
    copy = Copy(book, words, request.template_folders, shop.cache)
    _stop_if_wrong(request, found)
    imprint = Imprint(_profile(request, settings), sources)
    if pages_of and request.lacks:
        found.append(_lacking_pages(request, settings))
        pages_of = None
    made = _make_editions(copy, imprint, possible, pages_of, shop, say)
    found += [d for edition in made for d in edition.diagnostics]
    if not request.publishes:
        remarks += _assay(made, book, shop, found, say)
    _stop_if_wrong(request, found)
    if possible != editions:
        found.append(_lacking(request))
    return settings, made, tuple(e for e in editions if e not in possible)


def _usual(request: Request, settings: BookSettings) -> tuple[Edition, ...]:
    """Give what the book asks for; to be looked at, what the printer and the shops would get."""
    if request.publishes:
        return settings.editions
    has_epub = Edition.EPUB in settings.editions
    return (Edition.PRINT, Edition.EPUB) if has_epub else (Edition.PRINT,)


def _assay(
    made: list[EditionMade], book: Book, shop: Workshop, found: list[Diagnostic], say: Say
) -> tuple[str, ...]:
    """Have an e-book without faults of its own judged by others; give what is to be remarked."""
    # Imported here: only a check has a use for it.
    from chapbook.assay import assay_epub

    epub = next((one for one in made if one.edition is Edition.EPUB), None)
    if epub is None or epub.content is None:
        return ()
    if any(d.is_error for d in epub.diagnostics):
        return ("EPUBCheck and Ace were not run: the e-book has faults of its own",)
    say("assay", Edition.EPUB)
    shown = book_for(book, Edition.EPUB)
    assay = assay_epub(epub.content, list_passages(shown.settings, shown.divisions), shop.cache)
    found += assay.diagnostics
    return assay.remarks


def _whole_book(
    request: Request, settings: BookSettings, shop: Workshop, found: list[Diagnostic], say: Say
) -> tuple[Book, Words, str]:
    """Give the book, the words of its language, and the digest of its sources."""
    say("read", "")
    words = read_words(request.template_folders, settings.language)
    values = variables_of(settings, words.write_date(settings.date))
    manuscript = _keep(
        found, read_manuscript(request.book, settings, request.limits, shop.cache, values)
    )
    chapters = _parse(manuscript, shop, found, say)
    say("resolve", "")
    resolved = _keep(found, resolve_book(manuscript, chapters, words))
    book = _keep(found, _cite(request, manuscript, resolved, words, shop, say))
    return book, words, _digest_of(manuscript)


def _cite(
    request: Request, manuscript: Manuscript, book: Book, words: Words, shop: Workshop, say: Say
) -> Outcome[Book]:
    """Set the citations of a book that has any; they are remembered."""
    settings = manuscript.settings
    if not settings.citations.sources:
        return Outcome(book)
    works = manuscript.works
    say("cite", f"{len(works)} works")
    style = find_style(settings, manuscript.citation_style, request.template_folders)
    key = digest(book, works, style.value, words, code_digest())
    cited = shop.cache.recall("cited", key, lambda: cite_book(book, works, style.value, words))
    return Outcome(cited.value, (*style.diagnostics, *cited.diagnostics))


def _parse(
    manuscript: Manuscript, shop: Workshop, found: list[Diagnostic], say: Say
) -> Mapping[str, tuple[Chapter, ...]]:
    language = manuscript.settings.language
    is_citing = bool(manuscript.settings.citations.sources)
    keys = {s.path: digest(s, language, is_citing, code_digest()) for s in manuscript.sources}
    outcomes = {path: shop.cache.get("parsed", key) for path, key in keys.items()}
    new = [source for source in manuscript.sources if outcomes[source.path] is None]
    say("parse", f"{len(new)} of {len(manuscript.sources)} sources")
    is_small = sum(len(source.text) for source in new) <= FEW
    if not is_small:
        shop.workers.warm()
    parsed = shop.workers.each(
        partial(parse_source, language=language, is_citing=is_citing),
        new,
        is_small,
        lambda source, outcome: shop.cache.put("parsed", keys[source.path], outcome),
    )
    for source, outcome in zip(new, parsed, strict=True):
        if isinstance(outcome, Fallen):
            fault = fallen("Markdown", outcome, Location(source.path))
            outcomes[source.path] = Outcome((), (fault,))
        else:
            outcomes[source.path] = outcome
    found += [d for source in manuscript.sources for d in outcomes[source.path].diagnostics]
    return {path: outcome.value for path, outcome in outcomes.items()}


def _digest_of(manuscript: Manuscript) -> str:
    """Give the SHA-256 of all that the author gave, however it is stored."""
    whole = hashlib.sha256(digest(replace(manuscript.settings, locations={})).encode())
    for source in sorted(manuscript.sources, key=lambda one: one.path):
        whole.update(f"{source.path}\0{source.text}\0".encode())
        for table in source.tables:
            whole.update(f"{table.path}\0{table.text}\0".encode())
    whole.update(digest(manuscript.works, manuscript.citation_style).encode())
    for path, asset in sorted(manuscript.assets.items()):
        whole.update(f"{path}\0{asset.sha256}\0".encode())
    return whole.hexdigest()


def _profile(request: Request, settings: BookSettings) -> bytes | None:
    """Read the printer's profile, which `configure` has checked."""
    name = settings.print.profile
    return read_bytes(request.book, name, request.limits.image_bytes) if name else None


def _make_editions(
    copy: Copy,
    imprint: Imprint,
    editions: tuple[Edition, ...],
    pages_of: Edition | None,
    shop: Workshop,
    say: Say,
) -> list[EditionMade]:
    """Make the editions: the e-book meanwhile in a worker, where it is much work.

    Where it names the pages of another edition, those are laid out first.
    """
    is_short = sum(len(division.xhtml) for division in copy.book.divisions) <= FEW
    is_small = is_short and sum(asset.size for asset in copy.book.assets.values()) <= LIGHT
    paged = [edition for edition in Edition if edition in editions and edition.is_paged]
    has_epub = Edition.EPUB in editions
    press = Press(copy, imprint, shop.workers, say)
    pages = press.printed_pages(pages_of) if pages_of else Outcome(None)
    epub = partial(make_epub, pages=pages.value)
    begun = shop.workers.begin(epub, copy) if has_epub and paged and not is_small else None
    made = {edition: press.make(edition) for edition in paged}
    if has_epub:
        say("compose", Edition.EPUB)
        if begun is not None:
            outcome = shop.workers.finish(begun)
        else:
            (outcome,) = shop.workers.each(epub, [copy], is_small)
        one = _epub_of(outcome)
        made[Edition.EPUB] = replace(one, diagnostics=(*pages.diagnostics, *one.diagnostics))
    return [made[edition] for edition in editions]


def make_epub(copy: Copy, pages: PrintedPages | None = None) -> EditionMade:
    """Take the e-book from `compose` to `inspect`; runs in a worker where it is large.

    Its text is marked where these `pages` begin.
    """
    from chapbook.inspect import inspect_epub

    modified = _modified(copy.book.settings)
    try:
        composed = compose_epub(copy.book, copy.folders, copy.words, modified, copy.cache, pages)
        epub = package_epub(composed.value)
        lost = inspect_epub(epub, composed.value.passages, copy.book.settings)
    except BookError as fault:
        return EditionMade(Edition.EPUB, None, 0, fault.diagnostics)
    details = list_details(composed.value)
    found = (*composed.diagnostics, *lost)
    return EditionMade(Edition.EPUB, epub, 0, found, onix_196=details)


def _modified(settings: BookSettings) -> datetime:
    """Date the e-book by the book, never by the clock: the same input gives the same bytes."""
    stamp = os.environ.get("SOURCE_DATE_EPOCH", "")
    if stamp.isdigit():
        return datetime.fromtimestamp(int(stamp), UTC)
    day = settings.modified or settings.date
    return datetime.combine(day, time(), UTC) if day else EPOCH


def _publish(
    request: Request, slug: str, made: list[EditionMade], found: list[Diagnostic], say: Say
) -> tuple[tuple[Artifact, ...], Digests]:
    say("publish", str(request.output))
    files = [file for one in made for file in _files_of(slug, one)]
    try:
        digests = publish(request.output, files, _in_order(found), _tools())
    except OSError as fault:
        raise BookError([error(Code.OUTPUT_FAILED, f"{request.output}: {fault}")]) from fault
    return tuple(artifact for artifact, _ in files), digests


def _files_of(slug: str, made: EditionMade) -> Iterator[tuple[Artifact, bytes]]:
    if made.content is not None:
        told = describe(slug, made.edition, made.content, made.pages)
        yield replace(told, onix_196=made.onix_196), made.content
    for ending, content in made.beside:
        yield describe(slug, made.edition, content, 0, ending), content


@cache
def _tools() -> Mapping[str, str]:
    return {"chapbook": __version__, **{name: installed_version(name) for name in TOOLS}}


def _lacking(request: Request) -> Diagnostic:
    message = f"the machine has no {', '.join(request.lacks)}, so the PDFs were not made"
    return error(Code.MISSING_LIBRARY, message, None, request.remedy)


def _lacking_pages(request: Request, settings: BookSettings) -> Diagnostic:
    message = f"the machine has no {', '.join(request.lacks)}, so the e-book names no printed pages"
    at = settings.locations.get("epub.page-list")
    return warning(Code.MISSING_LIBRARY, message, at, request.remedy)


def _epub_of(outcome: EditionMade | Fallen) -> EditionMade:
    if isinstance(outcome, Fallen):
        return EditionMade(Edition.EPUB, None, 0, (fallen("the e-book", outcome),))
    return outcome


def _keep(found: list[Diagnostic], outcome: Outcome[T]) -> T:
    found += outcome.diagnostics
    return outcome.value


def _stop_if_wrong(request: Request, found: list[Diagnostic]) -> None:
    if any(d.is_error for d in found) or (request.strict and found):
        raise BookError(())


def _in_order(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by place, each finding once: two editions may find the same."""
    nowhere = Location("")
    return tuple(sorted(dict.fromkeys(found), key=lambda d: (d.at or nowhere, d.code, d.message)))
