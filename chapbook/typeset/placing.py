"""Let the engine lay out one chapter as it would stand in its book."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from weasyprint import css, layout
from weasyprint.css.targets import TargetCollector, TargetLookupItem, anchor_name_from_token
from weasyprint.layout import page
from weasyprint.urls import get_url_tuple

from chapbook.typeset.swap import swapped
from chapbook.typeset.task import Task

# The page counter starts from here: what stands below it at a page was counted anew.
FAR_AWAY = 1_000_000
SIDES = frozenset({"left", "right", "recto", "verso"})


@dataclass(slots=True)
class Seen:
    """What the engine knew while it laid the chapter out, and what its text asked for."""

    context: Any = None
    asked: set[str] = field(default_factory=set)


@contextmanager
def placed(task: Task, sheet: Any) -> Iterator[Seen]:
    """While the block runs, use the parsed `sheet`; lay out a chapter in its place in the book.

    The furniture of its pages is left out, which needs to know what only the linker does.
    """
    seen = Seen()
    with ExitStack() as stack:
        stack.enter_context(with_sheet(sheet))
        stack.enter_context(_observed(task, seen))
        if not task.is_whole:
            stack.enter_context(_asking(task, seen))
            stack.enter_context(
                swapped(
                    (page, "PageType", _later_pages(task)),
                    (layout, "make_margin_boxes", lambda *_: ()),
                )
            )
        yield seen


@contextmanager
def with_sheet(sheet: Any) -> Iterator[None]:
    """While the block runs, let every document have this style sheet, which is read already."""
    engine_find = css.find_stylesheets

    def find(*document: Any) -> Iterator[Any]:
        yield sheet
        yield from engine_find(*document)

    with swapped((css, "find_stylesheets", find)):
        yield


@contextmanager
def _observed(task: Task, seen: Seen) -> Iterator[None]:
    engine_begin = layout.initialize_page_maker

    def begin(context: Any, root_box: Any) -> None:
        engine_begin(context, root_box)
        seen.context = context
        if not task.is_whole:
            resume_at, next_page, first_side, state, remake = context.page_maker[0]
            state[1]["page"] = [FAR_AWAY]
            state[2][0].add("page")
            side = first_side if task.is_recto else not first_side
            context.page_maker[0] = (resume_at, next_page, side, state, remake)

    with swapped((layout, "initialize_page_maker", begin)):
        yield


def _later_pages(task: Task) -> Any:
    """Let no page but the book's first be `:first`."""
    engine_type = page.PageType
    offset = 0 if task.is_first else 1

    def page_type(side: str, blank: bool, name: str, index: int, groups: Any) -> Any:
        return engine_type(side, blank, name, index + offset, groups)

    return page_type


@contextmanager
def _asking(task: Task, seen: Seen) -> Iterator[None]:
    """Answer every question for a page number from the task, even one about the chapter itself."""
    engine_lookup = TargetCollector.lookup_target

    def lookup(
        collector: Any, token: Any, source_box: Any, css_token: str, parse_again: Any
    ) -> Any:
        name = _anchor(token, source_box)
        if name is None:
            return engine_lookup(collector, token, source_box, css_token, parse_again)
        seen.asked.add(name)
        number = task.numbers.get(name, 0)
        if number is None:
            return engine_lookup(collector, token, source_box, css_token, parse_again)
        item = TargetLookupItem("up-to-date")
        item.target_box = SimpleNamespace(cached_counter_values={"page": [number]})
        return item

    with swapped((TargetCollector, "lookup_target", lookup)):
        yield


def _anchor(token: Any, source_box: Any) -> str | None:
    """Give the name that a token means, as the engine reads it."""
    if token[0] == "attr()":
        attribute, kind, fallback = token[1]
        value = source_box.element.get(attribute, fallback)
        if kind == "url":
            token = ("url", get_url_tuple(value, source_box.style.base_url))
        else:
            token = ("string", value)
    name: str | None = anchor_name_from_token(token) if token[1] else None
    return name


def turns_sides(context: Any) -> bool:
    """Whether a page after the first was made to begin on a certain side."""
    return any(next_page["break"] in SIDES for _, next_page, *_ in context.page_maker[1:])
