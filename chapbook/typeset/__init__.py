"""Lay the pages out, and say what stands where: `PagedPublication` -> `Typeset`.

The one room that knows the layout engine, WeasyPrint (https://doc.courtbouillon.org/weasyprint).
"""

from types import TracebackType
from typing import Any

from chapbook.diagnostics import BookError, Code, Diagnostic, Outcome, error, warning
from chapbook.laid import Typeset
from chapbook.publication import PagedPublication
from chapbook.typeset.fetch import BookFetcher
from chapbook.typeset.glyphs import missing_glyphs
from chapbook.typeset.lessons import taught_engine
from chapbook.typeset.press import Press, Printed, StrayMarkupError, resting_collector
from chapbook.typeset.records import Records, explain, keep_records


def typeset(publication: PagedPublication) -> Outcome[Typeset]:
    """Lay out and draw a publication.

    Nothing but the publication's own resources is opened, and no clock is read. Raises
    `BookError` where no PDF can be made; what is wrong with one that was made is in the outcome.
    """
    fetcher = BookFetcher(publication.resources)
    press = Press(publication, fetcher)
    with keep_records() as records, resting_collector(), taught_engine():
        try:
            printed: Printed | Diagnostic = press.run()
        except StrayMarkupError as fault:
            printed = _stray(str(fault))
        except Exception as fault:  # a faulty book must never end in a bare traceback
            printed = _failure(fault, press)
    found = [*_findings(records, fetcher, publication), *_without_words(press)]
    if isinstance(printed, Diagnostic):
        raise BookError([*found, printed])
    return Outcome(_typeset(printed, records), tuple(found))


def _typeset(printed: Printed, records: Records) -> Typeset:
    facts = printed.facts
    return Typeset(
        pdf=printed.pdf,
        leaves=facts.leaves,
        anchors=facts.anchors,
        blocks=facts.blocks,
        body=printed.body,
        missing_glyphs="".join(sorted(records.glyphs)),
    )


def _findings(
    records: Records, fetcher: BookFetcher, publication: PagedPublication
) -> list[Diagnostic]:
    return [
        *explain(records, fetcher.refused, publication.stylesheet),
        *missing_glyphs(records.glyphs, publication),
    ]


def _without_words(press: Press) -> list[Diagnostic]:
    return [
        warning(
            Code.MISSING_ALT,
            f"the picture {source!r} has no alt text, and is left out for those who listen",
            None,
            'let its template write alt="…", empty where the picture is mere ornament',
        )
        for source in dict.fromkeys(press.pictures_without_words())
    ]


def _stray(section: str) -> Diagnostic:
    return error(
        Code.TEMPLATE_ERROR,
        f"the markup of {section!r} is not one whole element",
        None,
        "see that its template closes every element that it opens",
    )


def _failure(fault: Exception, press: Press) -> Diagnostic:
    section = _section_of(fault.__traceback__, press)
    where = f" in {section!r}" if section else ""
    reason = str(fault) or type(fault).__name__
    return error(
        Code.LAYOUT_FAILED,
        f"the pages cannot be laid out{where}: {reason}",
        None,
        "simplify what is special there: deep nesting, a wide table, unusual style rules",
    )


def _section_of(trace: TracebackType | None, press: Press) -> str:
    """Name the section whose box the engine was at work on when it failed."""
    found: Any = None
    while trace is not None:
        box = trace.tb_frame.f_locals.get("box")
        element = getattr(box, "element", None)
        found = element if element is not None else found
        trace = trace.tb_next
    if found is None or press.html is None:
        return ""
    roots = press.roots()
    return next((root.get("id", "") for root in roots if found in root.iter()), "")
