"""Let the engine lay out one chapter as it would stand in its book.

The engine takes up the book where the chapter begins, as it does on every page, and stops where
the next one would.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from weasyprint import css, layout
from weasyprint.css.targets import TargetCollector, TargetLookupItem, anchor_name_from_token
from weasyprint.formatting_structure import boxes
from weasyprint.layout import page
from weasyprint.urls import get_url_tuple

from chapbook.typeset.galley.boxes import Box
from chapbook.typeset.galley.swap import swapped
from chapbook.typeset.task import Task

# The page counter starts from here: what stands far below it at a page was counted anew.
FAR_AWAY = 1_000_000
SIDES = frozenset({"left", "right", "recto", "verso"})


@dataclass(slots=True)
class Seen:
    """What the engine knew while it laid the chapter out, and what its text asked for.

    `references` are numbered in their order. `can_part`: the chapter takes nothing from the one
    before it, and leaves nothing to the next.
    """

    context: Any = None
    asked: set[str] = field(default_factory=set)
    references: Mapping[Any, int] = field(default_factory=dict)
    can_part: bool = True


@contextmanager
def placed(task: Task, sheet: Any, roots: Collection[Any]) -> Iterator[Seen]:
    """While the block runs, use the parsed `sheet`; lay out a chapter in its place in the book.

    `roots` are the elements of its sections. The furniture of its pages is left out, which needs
    to know what only the linker does.
    """
    seen = Seen()
    with ExitStack() as stack:
        stack.enter_context(with_sheet(sheet))
        stack.enter_context(_begun(task, seen, _Bounds(task, sheet, roots)))
        if task.numbers or not task.is_whole:
            stack.enter_context(_asking(task, seen))
        if not task.is_whole:
            stack.enter_context(swapped((layout, "make_margin_boxes", lambda *_: ())))
            if not task.is_first:
                stack.enter_context(_on_later_pages())
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
def _begun(task: Task, seen: Seen, bounds: "_Bounds") -> Iterator[None]:
    """Begin where the chapter does, on its side, and end where it does."""
    engine_begin, engine_remake = layout.initialize_page_maker, page.remake_page

    def begin(context: Any, root_box: Box) -> None:
        engine_begin(context, root_box)
        seen.context = context
        if not task.is_whole:
            seen.can_part = bounds.find(root_box) and (task.is_first or not _counts_notes(context))
            context.page_maker[0] = bounds.begin(*context.page_maker[0])

    def remake(index: int, context: Any, root_box: Box, html: Any) -> Any:
        """Give (page, resume position), the position None where the next chapter begins."""
        made, resume_at = engine_remake(index, context, root_box, html)
        if not bounds.are_passed(resume_at):
            return made, resume_at
        leftover = context.reported_footnotes or context.broken_out_of_flow
        seen.can_part = seen.can_part and not leftover
        context.reported_footnotes.clear()
        context.page_maker[index + 1] = (None, *context.page_maker[index + 1][1:-1], _rest())
        return made, None

    with swapped((layout, "initialize_page_maker", begin), (page, "remake_page", remake)):
        yield


class _Bounds:
    """Where in the boxes of the document the sections of a chapter begin and end."""

    def __init__(self, task: Task, sheet: Any, roots: Collection[Any]) -> None:
        self._task = task
        self._sheet = sheet
        self._roots = roots
        self._body = 0
        self._first: Box = None
        self._places: list[int] = []

    def find(self, root_box: Box) -> bool:
        """Find them; whether the book could be parted there."""
        places = [n for n, box in enumerate(root_box.children) if box.element_tag == "body"]
        if len(places) != 1:
            return False
        self._body = places[0]
        body = root_box.children[self._body]
        found = [n for n, box in enumerate(body.children) if box.element in self._roots]
        if not found or not all(_is_plain_block(body.children[n]) for n in found):
            return False
        self._places = found
        self._first = body.children[found[0]]
        return self._lets_part(root_box) and self._lets_part(body)

    def _lets_part(self, box: Box) -> bool:
        """Whether chapters are simply one below the other in a box, on pages of their own."""
        style = box.style
        counts_pages = style["page"] and any(
            wanted.index for _, selectors, _ in self._sheet.page_rules for _, _, wanted in selectors
        )
        has_columns = style["column_count"] != "auto" or style["column_width"] != "auto"
        is_plain = _is_plain_block(box) and style["break_before"] not in SIDES
        return is_plain and not has_columns and not counts_pages

    def begin(
        self, resume_at: Any, next_page: Any, side: bool, state: Any, remake: Any
    ) -> tuple[Any, ...]:
        """Give what the engine is to begin the chapter's first page with."""
        task = self._task
        state[1]["page"] = [FAR_AWAY]
        state[2][0].add("page")
        side = side if task.is_recto else not side
        if not task.is_first and self._places:
            resume_at = {self._body: {self._places[0]: None}}
            other = "verso" if task.is_recto else "recto"
            name = self._first.page_values()[0]
            next_page = {"break": other if task.is_blank else "page", "page": name}
        return resume_at, next_page, side, state, remake

    def are_passed(self, resume_at: Any) -> bool:
        """Whether the next page would be none of the chapter's."""
        if self._task.is_blank:
            return True
        if self._task.is_last or not self._places or not resume_at:
            return False
        if self._body not in resume_at:
            return False
        (place,) = resume_at[self._body] or (0,)
        return bool(place > self._places[-1])


def _is_plain_block(box: Box) -> bool:
    is_block = type(box) is boxes.BlockBox and "list-item" not in box.style["display"]
    return is_block and box.is_in_normal_flow()


def _counts_notes(context: Any) -> bool:
    """Whether the number of a note is one more than that of the note before it in the book."""
    styles = (
        context.style_for(note.element, kind)
        for note in context.footnotes
        for kind in ("footnote-call", "footnote-marker")
    )
    shown = (style["content"] for style in styles if style is not None)
    return any(
        kind in ("counter()", "counters()") and value[0] == "footnote"
        for content in shown
        if not isinstance(content, str)
        for kind, value in content
    )


def _rest() -> dict[str, Any]:
    """Give the engine's note of a page that is not to be made again."""
    return {"content_changed": False, "pages_wanted": False, "anchors": [], "content_lookups": []}


class _Later(int):
    """The number of a page that is not the book's first, though it may be the chapter's."""

    def __gt__(self, other: int) -> bool:
        return other == 1 or int(self) > other


@contextmanager
def _on_later_pages() -> Iterator[None]:
    """While the block runs, let no page be the first of a book, whose margins are kept."""
    engine_type, engine_make = page.PageType, page.make_page

    def page_type(side: str, blank: bool, name: str, index: int, groups: Any) -> Any:
        return engine_type(side, blank, name, index + 1, groups)

    def make(
        context: Any, root_box: Box, kind: Any, resume_at: Any, number: int, state: Any
    ) -> Any:
        return engine_make(context, root_box, kind, resume_at, _Later(number), state)

    with swapped((page, "PageType", page_type), (page, "make_page", make)):
        yield


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
