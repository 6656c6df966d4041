"""Have the engine do everything by itself, by nothing but what its makers have promised.

The house's rules of setting are left out, and less is known of the pages: where the divisions
begin, but not which words a page begins with or which pages are blank.
"""

import gc
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import weasyprint

from chapbook.diagnostics import BookError, Code, Diagnostic, Outcome, error, warning
from chapbook.laid import Leaf, Typeset
from chapbook.model import Matter
from chapbook.publication import PagedPublication
from chapbook.typeset.document import write_document
from chapbook.typeset.findings import counted
from chapbook.typeset.folios import folio_labels, folio_numbers
from chapbook.typeset.galley.fetch import ROOT, BookFetcher
from chapbook.typeset.galley.records import explain, keep_records
from chapbook.typeset.galley.wordless import wordless_pictures
from chapbook.typeset.glyphs import missing_glyphs
from chapbook.typeset.page_lists import fill_page_lists, listed_anchors
from chapbook.workers import Fallen, Workers

POINTS_PER_PIXEL = 0.75  # https://www.w3.org/TR/css-values-4/#absolute-lengths
WORDLESS = 'Image "%s" has no required alt'
MOST_ROUNDS = 4  # of numbers that an index shows
BLOCK = re.compile(r'\bdata-block="([^"]*)"')


def typeset_plainly(
    publication: PagedPublication, workers: Workers, unknown: str
) -> Outcome[Typeset]:
    """Lay out and draw the whole book in one worker; `unknown` is the part of the engine that is.

    Raises `BookError` where no PDF can be made.
    """
    (outcome,) = workers.each(lay_out_plainly, [publication])
    if isinstance(outcome, Fallen):
        message = f"the pages cannot be laid out: the worker {outcome.reason}"
        raise BookError([error(Code.LAYOUT_FAILED, message)])
    return Outcome(outcome.value, (_unknown(unknown), *outcome.diagnostics))


def lay_out_plainly(publication: PagedPublication) -> Outcome[Typeset]:
    """Lay out and draw in this process, while no cyclic garbage is collected."""
    fetcher = BookFetcher(publication.resources)
    gc.disable()
    with keep_records() as records:
        try:
            html, document = _render(publication, fetcher)
            pdf = document.write_pdf(pdf_tags=True, pdf_version="1.7")
        except Exception as fault:  # a faulty book must never end in a bare traceback
            reason = str(fault) or type(fault).__name__
            message = f"the pages cannot be laid out: {reason}"
            raise BookError([error(Code.LAYOUT_FAILED, message)]) from fault
        finally:
            gc.enable()
    # The engine misses words for ornament too, which is to have none.
    records.logged = [one for one in records.logged if not str(one.msg).startswith(WORDLESS)]
    found = (
        *explain(records, fetcher.refused, publication.stylesheet),
        *wordless_pictures(html.etree_element),
    )
    return Outcome(
        _typeset(publication, document.pages, pdf, "".join(sorted(records.glyphs))),
        (
            *(counted(finding, count) for finding, count in found),
            *missing_glyphs(records.glyphs, publication),
        ),
    )


def _render(publication: PagedPublication, fetcher: BookFetcher) -> tuple[Any, Any]:
    """Give the document read and laid out; where it has an index, as often as that needs."""
    source = write_document(publication)
    asked = listed_anchors(source)
    numbers: dict[str, int | None] = {}
    for _ in range(MOST_ROUNDS):
        html = weasyprint.HTML(
            string=fill_page_lists(source, numbers), base_url=ROOT, url_fetcher=fetcher
        )
        document = html.render()
        found = _numbers(publication, document.pages)
        if numbers == (numbers := {name: found.get(name) for name in asked}):
            break
    return html, document


def _numbers(publication: PagedPublication, pages: Sequence[Any]) -> Mapping[str, int]:
    """Give the number on the page of each anchor."""
    anchors = _anchors(pages)
    folios = folio_numbers(list(_matters(publication, anchors, len(pages))))
    return {name: folios[page - 1][0] for name, page in anchors.items()}


def _anchors(pages: Sequence[Any]) -> dict[str, int]:
    """Give the page of each anchor, counted from 1."""
    anchors: dict[str, int] = {}
    for number, page in enumerate(pages, 1):
        for name in page.anchors:
            anchors.setdefault(name, number)
    return anchors


def _typeset(
    publication: PagedPublication, pages: Sequence[Any], pdf: bytes, glyphs: str
) -> Typeset:
    anchors = _anchors(pages)
    matters = list(_matters(publication, anchors, len(pages)))
    leaves = tuple(
        Leaf(
            number=number,
            label=label,
            matter=matter,
            is_blank=False,
            is_recto=number % 2 == 1,
            width=round(page.width * POINTS_PER_PIXEL, 3),
            height=round(page.height * POINTS_PER_PIXEL, 3),
        )
        for number, (page, matter, label) in enumerate(
            zip(pages, matters, folio_labels(matters), strict=True), 1
        )
    )
    blocks = dict(_blocks(publication, anchors, len(pages)))
    return Typeset(leaves, anchors, blocks, missing_glyphs=glyphs, pdf=pdf)


def _matters(
    publication: PagedPublication, anchors: Mapping[str, int], last: int
) -> Iterator[Matter | None]:
    """Give the matter of each page: that of the division that begins on it or before."""
    begun = {anchors[s.id]: s.matter for s in reversed(publication.sections) if s.id in anchors}
    matter: Matter | None = None
    for number in range(1, last + 1):
        matter = begun.get(number, matter)
        yield matter


def _blocks(
    publication: PagedPublication, anchors: Mapping[str, int], last: int
) -> Iterator[tuple[str, tuple[int, int]]]:
    """Let each block stand somewhere on the pages of its division."""
    starts = [anchors.get(section.id, 1) for section in publication.sections]
    for section, start, end in zip(publication.sections, starts, [*starts[1:], last], strict=True):
        for block in BLOCK.findall(section.html):
            yield block, (start, max(start, end))


def _unknown(part: str) -> Diagnostic:
    return warning(
        Code.PLAIN_LAYOUT,
        f"the layout engine's {part} is not the one that is known here: the book is set plainly",
        None,
        "install WeasyPrint 70 for the house's line grid, its speed, and tags across pages",
    )
