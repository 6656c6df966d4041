"""Make the layout engine ready for one style sheet: its rules read, its faces loaded.

Both take longer than a short chapter, so a process keeps the engine of its last sheet. The
collector of cyclic garbage rests while it works, which saves a fifth of the time.
"""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.text.fonts import FontConfiguration

from chapbook.typeset.document import write_style
from chapbook.typeset.findings import Findings
from chapbook.typeset.galley.fetch import ROOT, BookFetcher
from chapbook.typeset.galley.records import explain, keep_records
from chapbook.typeset.task import Sheet

PAGES_BETWEEN_COLLECTIONS = 40


class Engine:
    """The engine with a style sheet. `findings` are what is wrong with the sheet itself."""

    def __init__(self, sheet: Sheet) -> None:
        """Read the style sheet and load its faces."""
        fetcher = BookFetcher(sheet.resources)
        self.sheet = sheet
        self.faces = FontConfiguration()
        self._counter_style = CounterStyle()
        self._color_profiles: dict[str, Any] = {}
        with keep_records() as records:
            self.css = weasyprint.CSS(
                string=write_style(sheet.stylesheet),
                base_url=ROOT,
                url_fetcher=fetcher,
                font_config=self.faces,
                counter_style=self._counter_style,
                color_profiles=self._color_profiles,
            )
        self.findings: Findings = explain(records, fetcher.refused, sheet.stylesheet)

    @property
    def settings(self) -> dict[str, Any]:
        """The arguments that every rendering takes from the sheet."""
        return {
            "font_config": self.faces,
            "counter_style": self._counter_style,
            "color_profiles": dict(self._color_profiles),
        }


_last: list[Engine] = []
atexit.register(_last.clear)  # while the engine can still remove the files of its faces


def engine_for(sheet: Sheet) -> Engine:
    """Give the engine of a style sheet, the last one where it is the same."""
    if not _last or _last[0].sheet.digest != sheet.digest:
        _last[:] = [Engine(sheet)]
        gc.freeze()
    return _last[0]


_uncollected = [0]


@contextmanager
def resting_collector() -> Iterator[list[int]]:
    """Collect no cyclic garbage while the block runs, and all of it after many pages.

    The block appends the number of pages that it made to the list.
    """
    was_on = gc.isenabled()
    gc.disable()
    pages: list[int] = []
    try:
        yield pages
    finally:
        if was_on:
            gc.enable()
        _uncollected[0] += sum(pages)
        if _uncollected[0] > PAGES_BETWEEN_COLLECTIONS:
            gc.collect()
            _uncollected[0] = 0
