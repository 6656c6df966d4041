"""Compose what goes into the pack for a print shop: the specification, a model to be folded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from chapbook.cache import Cache
from chapbook.compose.divisions import proved_html
from chapbook.compose.folders import Folders
from chapbook.compose.metadata import describe_edition
from chapbook.compose.rendering import Renderer
from chapbook.compose.styles import compose_stylesheet
from chapbook.diagnostics import Location, Outcome
from chapbook.imposition import Plan
from chapbook.model import Kind, Matter, Passage
from chapbook.print_shop import Trim
from chapbook.publication import Metadata, PagedPublication, Section
from chapbook.settings import BookSettings, Edition
from chapbook.words import Words

if TYPE_CHECKING:  # the room loads what only a pack has use for
    from chapbook.pack import SpecSheet

SHEET, DUMMY = "specification", "dummy"
STYLESHEETS = ("css/base.css", "css/paged.css", "css/book.css?")
A4 = Trim("A4", 210, 297)
AT = Location("book.toml")
COVER_PAGES = 4


@dataclass(frozen=True, slots=True)
class BlankLeaf:
    """A page of the model: what stands on it, and which of its edges lies in the fold."""

    label: str
    side: str
    is_word: bool = False


def compose_specification(
    sheet: "SpecSheet",
    settings: BookSettings,
    folders: tuple[Path, ...],
    words: Words,
    cache: Cache | None = None,
) -> Outcome[PagedPublication]:
    """Make the publication of a sheet, A4. Raises `BookError` where a template is at fault."""
    passages = tuple(
        Passage(f"{SHEET}:{block}", kind, text, AT) for block, kind, text in _said(sheet)
    )
    metadata = _describe(settings, f"{sheet.title}: {sheet.kind}")
    style = f"pack/{SHEET}.css"
    composer = _Composer(folders, cache)
    context = {"sheet": sheet, "book": settings, "words": words}
    return composer.compose(SHEET, style, context, metadata, A4, passages)


def compose_dummy(
    plan: Plan,
    trim: Trim,
    settings: BookSettings,
    folders: tuple[Path, ...],
    words: Words,
    cache: Cache | None = None,
) -> Outcome[PagedPublication]:
    """Make the pages of a model of the booklet that is planned, as many as that has.

    They have the size `trim`, no more than their numbers, and a line where the sheet is folded. The
    leaf of a cover is named. Raises `BookError` where a template is at fault.
    """
    metadata = _describe(settings, f"{settings.title}: {words.pack['file_dummy']}")
    context = {
        "pages": tuple(_leaves(plan, words)),
        "trim": trim,
        "is_folded": plan.is_folded,
    }
    composer = _Composer(folders, cache)
    return composer.compose(DUMMY, f"pack/{DUMMY}.css.j2", context, metadata, trim, ())


def _leaves(plan: Plan, words: Words) -> Iterator[BlankLeaf]:
    edges = ("fold-right", "fold-left") if plan.right_to_left else ("fold-left", "fold-right")
    for number, label in enumerate(_labels(plan, words), 1):
        yield BlankLeaf(label, edges[(number + 1) % 2], is_word=not label.isdigit())


def _labels(plan: Plan, words: Words) -> Iterator[str]:
    if not plan.booklet.cover:
        yield from (str(number) for number in range(1, plan.pages + 1))
        return
    cover = [f"{words.cover} {number}" for number in range(1, COVER_PAGES + 1)]
    yield from cover[:2]
    yield from (str(number) for number in range(1, plan.pages - COVER_PAGES + 1))
    yield from cover[2:]


def _said(sheet: "SpecSheet") -> Iterator[tuple[str, Kind, str]]:
    """Say which words must stand in which block."""
    yield "kind", Kind.TEXT, sheet.kind
    yield "title", Kind.HEADING, sheet.title
    yield from _all(("subtitle", sheet.subtitle), ("authors", sheet.authors))
    for number, group in enumerate(sheet.groups, 1):
        yield f"group-{number}", Kind.HEADING, group.title
        for place, fact in enumerate(group.facts, 1):
            yield f"label-{number}-{place}", Kind.TEXT, fact.label
            yield f"fact-{number}-{place}", Kind.TEXT, " ".join(fact.values)
    yield "contact", Kind.HEADING, sheet.contact_title
    yield from _all(("address", " ".join(sheet.contact)))
    yield "findings", Kind.HEADING, sheet.findings_title
    for number, finding in enumerate(sheet.findings, 1):
        yield f"finding-{number}", Kind.TEXT, finding
    yield from _all(("more", sheet.more if sheet.findings else ""))
    yield from _all(("none", "" if sheet.findings else sheet.no_findings))


def _all(*said: tuple[str, str]) -> Iterator[tuple[str, Kind, str]]:
    return ((block, Kind.TEXT, text) for block, text in said if text)


def _describe(settings: BookSettings, title: str) -> Metadata:
    about = describe_edition(settings, Edition.PRINT)
    return replace(about, title=title, description="", subjects=())


class _Composer:
    def __init__(self, folders: tuple[Path, ...], cache: Cache | None) -> None:
        self.renderer = Renderer(Folders(folders), cache)

    def compose(
        self,
        name: str,
        style: str,
        context: Mapping[str, object],
        metadata: Metadata,
        trim: Trim,
        passages: Sequence[Passage],
    ) -> Outcome[PagedPublication]:
        styled = compose_stylesheet(self.renderer, (*STYLESHEETS, style), context)
        template = f"pack/{name}.html.j2"
        html = proved_html(self.renderer, template, context, styled.resources)
        publication = PagedPublication(
            edition=Edition.PACK,
            metadata=metadata,
            trim=trim,
            sections=(Section(name, Matter.BODY, html),),
            stylesheet=styled.text,
            body_class=Edition.PACK.value,
            resources=styled.resources,
            passages=tuple(passages),
        )
        return Outcome(publication)
