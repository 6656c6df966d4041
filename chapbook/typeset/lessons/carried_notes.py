"""Keep the footnotes that a page hands on to the next, in their order and in their chapter.

The engine lays out again only those pages whose references have changed. It forgets then what the
pages before them had handed on, leaves those after them as they are though other notes are handed
on to them, and drops the page that follows the last one for its notes alone.
A note that gives way to a line it hands on after those that already wait, though it comes before
them. Notes that a chapter's last page has no room for it puts under the opening of the next one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import page

from chapbook.typeset.galley.boxes import Box
from chapbook.typeset.galley.swap import swapped


@contextmanager
def notes_carried_on() -> Iterator[None]:
    """While the block runs, remember what each page hands on; end notes before the next chapter."""
    engine_remake = page.remake_page
    handed_on: dict[int, list[Any]] = {}
    order: dict[Box, int] = {}

    def remake(index: int, context: Any, root_box: Any, html: Any) -> Any:
        """Give (page, resume position); notes left after the last page call for that page again."""
        if index:
            context.reported_footnotes = list(handed_on.get(index, ()))
        else:
            order.update((note, n) for n, note in enumerate(context.footnotes))
        made, resume_at = engine_remake(index, context, root_box, html)
        context.reported_footnotes.sort(key=order.__getitem__)
        before, now = handed_on.get(index + 1, []), list(context.reported_footnotes)
        handed_on[index + 1] = now
        if now:
            resume_at = _stay(index, context, root_box, made) or resume_at
        if now != before and (now or resume_at is not None):
            context.page_maker[index + 1][-1]["content_changed"] = True
        if resume_at is None and now:
            context.page_maker[index][-1]["pages_wanted"] = True
        return made, resume_at

    with swapped((page, "remake_page", remake)):
        yield


def _stay(index: int, context: Any, root_box: Any, made: Box) -> Any:
    """Where the next page would begin the next chapter, let it end this one, with notes alone.

    Gives the position to resume from, None where the next page begins no chapter.
    """
    resume_at, next_page, *rest = context.page_maker[index + 1]
    end = _end_of_chapter(root_box, resume_at) if next_page["break"] != "any" else None
    if end:
        same_page = {"break": "any", "page": made.page_type.name}
        context.page_maker[index + 1] = (end, same_page, *rest)
    return end


def _end_of_chapter(root_box: Any, resume_at: Any) -> Any:
    """Give the position after the last child of the chapter before that which begins here."""
    for place, inner in (resume_at or {}).items():
        body = root_box.children[place]
        for number, begun in (inner or {}).items():
            if begun is None and number and body.element_tag == "body":
                before = body.children[number - 1]
                if type(before) is boxes.BlockBox and before.is_in_normal_flow():
                    return {place: {number - 1: {len(before.children): None}}}
    return None
