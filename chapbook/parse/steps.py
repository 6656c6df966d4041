"""Take one source file through all the steps that make its chapters."""

from functools import partial
from xml.etree.ElementTree import Element

from chapbook.diagnostics import Code, Diagnostic, Location, Outcome, error
from chapbook.model import Chapter, SourceFile
from chapbook.parse.apparatus import ApparatusReader
from chapbook.parse.chapters import Parsed, make_chapters
from chapbook.parse.cited import citations_of, lists_of_nothing, unread_citations
from chapbook.parse.dialect import Context, write_html
from chapbook.parse.dialect.directives import Directives
from chapbook.parse.doubtful import doubtful_braces
from chapbook.parse.formula_faults import find_charts, find_formulas, formula_faults, unended
from chapbook.parse.given_ids import repeated_ids
from chapbook.parse.legible import legible, without_illegible
from chapbook.parse.marks import GONE
from chapbook.parse.misplaced import misplaced
from chapbook.parse.notes import Notes
from chapbook.parse.places import Places
from chapbook.parse.positions import Positions
from chapbook.parse.references import dangling
from chapbook.parse.rubies import unfitting_rubies
from chapbook.parse.sanitise import sanitise
from chapbook.parse.scan import Scan, Span, scan
from chapbook.parse.shaping import shape
from chapbook.parse.tags import TagPolicy
from chapbook.parse.unsafe import UnsafeHtml
from chapbook.parse.walk import Walk
from chapbook.parse.written import read_written


def make_outcome(
    source: SourceFile, language: str, is_citing: bool = False
) -> Outcome[tuple[Chapter, ...]]:
    """Give the chapters of a file in `language`, and all that was found in it.

    Raises RecursionError or MemoryError where its elements stand too deeply inside each other.
    """
    text, found = legible(source)
    policy = TagPolicy(text[source.body :])
    tables = {table.named: table for table in source.tables}
    directives = Directives(text, Places(source.path, text, source.pieces), tables)
    scanned = scan(text, source.body, policy, directives.take)
    context = Context(scanned, policy, directives)
    context.citations.are_read = is_citing
    parsed = _read(source, language, text, context, found)
    found += misplaced(parsed.root, parsed.positions)
    chapters = make_chapters(parsed)
    stretches = [parsed.positions, *parsed.notes.positions]
    parsed.notes.report()
    found += directives.findings
    if not is_citing:
        found += lists_of_nothing(directives)
    for stretch in stretches:
        found += unread_citations(stretch, is_citing)
    found += context.charts.faults(parsed.places)
    found += unended(scanned, parsed.places)
    for stretch in stretches:
        found += formula_faults(context.formulas, stretch, language)
    found += _findings(context.scan, policy, parsed.places, stretches)
    if context.is_too_deep:
        message = "lists or quotations stand inside each other too deeply to be shown so"
        found.append(error(Code.UNPARSABLE, message, Location(source.path)))
    return Outcome(chapters, tuple(sorted(found, key=lambda d: (d.at or Location(""), d.code))))


def _read(
    source: SourceFile, language: str, text: str, context: Context, found: list[Diagnostic]
) -> Parsed:
    """Make the trees of the text and its notes, and align their words with the source."""
    places = context.directives.places
    html, note_html = write_html(context)
    notes = context.scan.notes
    grow = partial(_grow, source, language, context, found)
    root, *roots = (grow(piece) for piece in (html, *note_html))
    walks = [Walk(root), *(Walk(tree, note.key) for tree, note in zip(roots, notes, strict=True))]
    spans = [note.span for note in notes]
    written = [read_written(text, context.scan, source.body, len(text), spans)]
    written += [read_written(text, context.scan, *span, _within(span, spans)) for span in spans]
    main, *others = (
        Positions(places, text, stretch, walk) for stretch, walk in zip(written, walks, strict=True)
    )
    for stretch in (main, *others):
        find_formulas(context.formulas, stretch)
        find_charts(context.charts, stretch)
    kept = Notes(places, notes, roots, others, context.calls, found)
    for tree in (root, *roots):
        kept.name_calls(tree)
        context.citations.place(tree)
    citations = citations_of(context.citations, [main, *others])
    apparatus = ApparatusReader.of(context.braces, language, (root, *roots), main)
    for positions, tree in zip((main, *others), (root, *roots), strict=True):
        found += apparatus.read(positions, tree)
    found += apparatus.unplaced()
    return Parsed(source, language, places, root, main, kept, found, apparatus, citations)


def _within(span: Span, spans: list[Span]) -> list[Span]:
    """Give the notes that are defined in a note."""
    return [s for s in spans if s != span and span.start <= s.start and s.end <= span.end]


def _grow(
    source: SourceFile, language: str, context: Context, found: list[Diagnostic], html: str
) -> Element:
    clean, illegible = without_illegible(html.replace(GONE, ""), source)
    found += illegible
    root = sanitise(clean)
    context.directives.place(root)
    context.braces.place(root)
    context.formulas.place(root, language)
    context.charts.place(root)
    shape(root, language)
    return root


def _findings(
    scan: Scan, policy: TagPolicy, places: Places, stretches: list[Positions]
) -> list[Diagnostic]:
    unsafe = UnsafeHtml(places, policy)
    found = list(unsafe.dropped(scan))
    for positions in stretches:
        found += unsafe.written(positions)
        found += dangling(positions, tuple(scan.notes))
        found += doubtful_braces(positions)
        found += unfitting_rubies(positions)
        found += positions.lost_words()
    return found + repeated_ids(places, policy, stretches)
