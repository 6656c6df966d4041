"""Keep the footnotes that a page hands on to the next when the engine lays out a second time.

The engine lays out again only those pages whose references have changed. It forgets then what the
pages before them had handed on, and drops the page that follows the last one for its notes alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import page


@contextmanager
def notes_carried_on() -> Iterator[None]:
    """While the block runs, remember what each page hands on."""
    engine_remake = page.remake_page
    handed_on: dict[int, list[Any]] = {}

    def remake(index: int, context: Any, root_box: Any, html: Any) -> Any:
        """Give (page, resume position); notes left after the last page call for that page again."""
        if index:
            context.reported_footnotes = list(handed_on.get(index, ()))
        made, resume_at = engine_remake(index, context, root_box, html)
        handed_on[index + 1] = list(context.reported_footnotes)
        if resume_at is None and context.reported_footnotes:
            context.page_maker[index][-1]["pages_wanted"] = True
        return made, resume_at

    page.remake_page = remake
    try:
        yield
    finally:
        page.remake_page = engine_remake
