"""Lay out one chapter and draw it: `Task` -> `LaidChapter`. Runs in a worker."""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from types import TracebackType
from typing import Any

import pydyf
import weasyprint
import weasyprint.pdf

from chapbook.diagnostics import BookError, Code, Diagnostic, error, warning
from chapbook.laid import Closed, Drawing, LaidChapter, LaidElement
from chapbook.typeset.document import number_lists, write_page
from chapbook.typeset.edition_rules import is_bound_to_edition
from chapbook.typeset.galley.drawing import Gathering, add_plain_states
from chapbook.typeset.galley.edges import drawn_from_the_edge
from chapbook.typeset.galley.engine import Engine, engine_for, resting_collector
from chapbook.typeset.galley.faces import face_uses, signs_by_character
from chapbook.typeset.galley.fetch import ROOT, BookFetcher
from chapbook.typeset.galley.links import tidy_links
from chapbook.typeset.galley.page_facts import PageReader
from chapbook.typeset.galley.placing import Seen, placed
from chapbook.typeset.galley.records import Records, explain, keep_records
from chapbook.typeset.galley.references import leave_pages_out, references_in, targets_of
from chapbook.typeset.galley.structure import BodyBuilder, forms_of
from chapbook.typeset.galley.swap import swapped
from chapbook.typeset.galley.wordless import wordless_pictures
from chapbook.typeset.lessons import taught_engine
from chapbook.typeset.lessons.continued_entries import repeat_heads
from chapbook.typeset.page_lists import fill_page_lists, listed_anchors
from chapbook.typeset.quick import quickened
from chapbook.typeset.task import Task

OPTIONS = {**weasyprint.DEFAULT_OPTIONS, "pdf_tags": True, "pdf_version": "1.7"}


class StrayMarkupError(Exception):
    """Raised where the sections are not each one element; names the first that is not."""


def lay_out(task: Task) -> LaidChapter:
    """Lay out and draw. Raises `BookError` where the chapter can not be laid out at all."""
    engine = engine_for(task.sheet)
    galley = _Galley(task, engine)
    quicken = nullcontext() if task.is_plain else quickened()
    teach = nullcontext() if task.is_plain else taught_engine()
    with (
        quicken,
        keep_records() as records,
        resting_collector() as pages,
        drawn_from_the_edge(),
        teach,
    ):
        try:
            laid = galley.run()
        except StrayMarkupError as fault:
            raise BookError([*galley.found(records), _stray(str(fault))]) from None
        except MemoryError:
            raise  # it is for the workers to try again
        except Exception as fault:  # a faulty book must never end in a bare traceback
            raise BookError([*galley.found(records), galley.failure(fault)]) from fault
        pages.append(len(laid.pages))
    return galley.finish(laid, records)


class _Galley:
    """One chapter on its way through the engine."""

    def __init__(self, task: Task, engine: Engine) -> None:
        self._task = task
        self._engine = engine
        self._fetcher = BookFetcher(task.resources)
        self._seen = Seen()
        self._html: Any = None

    def run(self) -> LaidChapter:
        task = self._task
        self._read()
        roots = self._roots()
        references = references_in(roots)
        leave_pages_out(references, task.near)
        with placed(task, self._engine.css, roots) as self._seen:
            self._seen.references = references
            document = self._html.render(**self._engine.settings)
            tidy_links(document.pages)
            self._refuse_attachments(document.pages)
            reader = PageReader(
                document.pages, roots, self._seen, task, self._html, self._engine.css
            )
            drawing, contents, body = _draw(document)
            pages = reader.read(contents)
        return LaidChapter(
            digest="",
            drawing=drawing,
            pages=pages,
            body=Closed.of(body),
            fonts=face_uses(document.fonts.values(), task.faces),
            opening=reader.opening(),
            asked=tuple(sorted(self._seen.asked | self._listed())),
            is_bound=is_bound_to_edition(self._html.wrapper_element, task.sheet.stylesheet),
            references=targets_of(references),
        )

    def _read(self) -> None:
        """Read the sections into a document, with the page numbers and the heads of an index."""
        task = self._task
        filled = (fill_page_lists(section.html, task.numbers) for section in task.sections)
        sections = (task.before, *filled, task.after)
        self._html = weasyprint.HTML(
            string=write_page(task.sheet.language, task.body_class, sections),
            base_url=ROOT,
            url_fetcher=self._fetcher,
        )
        number_lists(self._html.etree_element)
        if not task.is_plain:
            repeat_heads(self._html.etree_element)

    def _listed(self) -> set[str]:
        """Give the anchors whose pages an index lists."""
        return set().union(*(listed_anchors(section.html) for section in self._task.sections))

    def finish(self, laid: LaidChapter, records: Records) -> LaidChapter:
        """Add what was found on the way."""
        wordless = wordless_pictures(self._html.etree_element)
        findings = (*self._explained(records), *wordless, *self._unplaced())
        return replace(laid, findings=findings, glyphs=dict(records.glyphs))

    def _unplaced(self) -> Iterator[tuple[Diagnostic, int]]:
        """Report what an index lists and no page has."""
        for name in sorted(self._listed()):
            if self._task.numbers.get(name, 0) is None:
                message = f"the index leads to “{name}”, which stands on no page"
                hint = "see that no style rule hides the place"
                yield warning(Code.UNPLACED_MARK, message, None, hint), 1

    def found(self, records: Records) -> list[Diagnostic]:
        """Give what was found until the engine failed."""
        explained = (*self._engine.findings, *self._explained(records))
        return [finding for finding, _ in explained]

    def _explained(self, records: Records) -> tuple[tuple[Diagnostic, int], ...]:
        return explain(records, self._fetcher.refused, self._task.sheet.stylesheet)

    def _roots(self) -> dict[Any, str]:
        """Give the id of the section behind each root element; raises `StrayMarkupError`."""
        body = self._html.etree_element.find("body")
        elements = list(body) if body is not None else []
        sections = self._task.sections
        beside = self._task.before.count("</") + self._task.after.count("</")
        if len(elements) != len(sections) + beside:
            ids = [element.get("id") for element in elements]
            stray = next((s.id for s, i in zip(sections, ids, strict=False) if s.id != i), "")
            raise StrayMarkupError(stray or (sections[-1].id if sections else "the book"))
        first = self._task.before.count("</")
        own = elements[first : first + len(sections)]
        return {root: section.id for root, section in zip(own, sections, strict=True)}

    def _refuse_attachments(self, pages: Sequence[Any]) -> None:
        for kind, target, *_ in (link for page in pages for link in page.links):
            if kind == "attachment":
                self._fetcher.refused.setdefault(target, "no file is attached to a page")

    def failure(self, fault: Exception) -> Diagnostic:
        section = self._section_of(fault.__traceback__)
        where = f" in {section!r}" if section else ""
        reason = str(fault) or type(fault).__name__
        return error(
            Code.LAYOUT_FAILED,
            f"the pages cannot be laid out{where}: {reason}",
            None,
            "simplify what is special there: deep nesting, a wide table, unusual style rules",
        )

    def _section_of(self, trace: TracebackType | None) -> str:
        """Name the section whose box the engine was at work on when it failed."""
        found: Any = None
        while trace is not None:
            box = trace.tb_frame.f_locals.get("box")
            element = getattr(box, "element", None)
            found = element if element is not None else found
            trace = trace.tb_next
        if len(self._task.sections) == 1:
            return self._task.sections[0].id
        if found is None or self._html is None:
            return ""
        body = self._html.etree_element.find("body")
        return next((root.get("id", "") for root in body if found in root.iter()), "")


def _draw(document: Any) -> tuple[Drawing, list[int], LaidElement]:
    """Give what was drawn, the part that is the content of each page, and the structure."""
    drawn: list[tuple[Drawing, list[int], LaidElement]] = []
    fonts = pydyf.Dictionary()

    def read(pdf: Any, document: Any, _version: Any, streams: Sequence[Any]) -> None:
        add_plain_states(streams[0]._resources)
        gathering = Gathering(pdf, streams, streams[0]._resources, fonts)
        forms = forms_of(pdf, streams)
        body = BodyBuilder(gathering.parts).read(document.pages, streams, forms)
        contents = [gathering.parts[stream.number] for stream in streams]
        drawn.append((gathering.draw(), contents, body))

    with (
        swapped(
            (weasyprint.pdf, "add_tags", read),
            (weasyprint.pdf, "build_fonts_dictionary", lambda *_: fonts),
            (weasyprint.pdf, "resolve_links", lambda pages: [([], []) for _ in pages]),
            (weasyprint.pdf, "add_outlines", lambda *_: None),
        ),
        signs_by_character(),
    ):
        weasyprint.pdf.generate_pdf(document, None, 1, **OPTIONS)
    return drawn[0]


def _stray(section: str) -> Diagnostic:
    return error(
        Code.TEMPLATE_ERROR,
        f"the markup of {section!r} is not one whole element",
        None,
        "see that its template closes every element that it opens",
    )
