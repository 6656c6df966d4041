"""Texts that were written for mdBook, Quarto or Pandoc, turned into our dialect.

What has a meaning here is written anew, at its place; what has none is left out or stays as it is,
and is reported. A construct is one small function from a `Page` to its edits; the lists tell which
constructs a tool has, in the order in which they are looked for.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from chapbook.diagnostics import Diagnostic
from chapbook.model import SourceFile
from chapbook.origin import Tool
from chapbook.read.foreign.alerts import box_alerts
from chapbook.read.foreign.attributes import settle_attributes, settle_raw_blocks
from chapbook.read.foreign.cells import settle_cells
from chapbook.read.foreign.crossrefs import refer
from chapbook.read.foreign.divs import settle_divs
from chapbook.read.foreign.mdbook import settle_helpers, settle_listings
from chapbook.read.foreign.page import Page
from chapbook.read.foreign.pandoc import move_notes, settle_lines, settle_scripts, take_title_lines
from chapbook.read.foreign.shortcodes import settle_shortcodes
from chapbook.read.foreign.targets import Targets
from chapbook.settings import BookSettings, FrontMatter
from chapbook.spliced import Edit, Spliced

Step = Callable[[Page], Iterable[Edit]]

MDBOOK: tuple[Step, ...] = (settle_helpers, box_alerts)
PANDOC: tuple[Step, ...] = (
    take_title_lines,
    settle_raw_blocks,
    settle_divs,
    settle_attributes,
    settle_lines,
    settle_scripts,
    box_alerts,
    move_notes,
)
LAST: dict[Tool, tuple[Step, ...]] = {Tool.MDBOOK: (settle_listings,)}
TITLES = re.compile(r"^# [^\n]*$", re.M)
STEPS: dict[Tool, tuple[Step, ...]] = {
    Tool.CHAPBOOK: (),
    Tool.MDBOOK: MDBOOK,
    Tool.PANDOC: PANDOC,
    Tool.QUARTO: (settle_shortcodes, settle_cells, refer, *PANDOC),
}


class Translator:
    """Turns the texts of one book into our dialect."""

    def __init__(
        self, settings: BookSettings, sources: Iterable[SourceFile], values: Mapping[str, str]
    ) -> None:
        """Learn the ids of all its files, and the values that its texts may name."""
        self._values = values
        self._tool = settings.origin.tool
        self._targets = Targets(sources)
        self.findings: list[Diagnostic] = []

    def translate(self, text: Spliced, path: str) -> Spliced:
        """Give the text of the file at `path` in our dialect, before what it includes is put in."""
        return self._take(STEPS[self._tool], text, path)

    def finish(self, text: Spliced, path: str) -> Spliced:
        """Do what can be done only with all that is included."""
        return self._take(LAST.get(self._tool, ()), text, path)

    def _take(self, steps: tuple[Step, ...], text: Spliced, path: str) -> Spliced:
        for step in steps:
            page = Page(self._tool, text, path, self._targets, self._values, self.findings)
            text = text.edit(step(page))
        return text

    def settle_matter(self, matter: FrontMatter, text: str) -> FrontMatter:
        """Let a chapter take no number where its heading says so."""
        titles = TITLES.findall(text)
        is_unnumbered = len(titles) == 1 and ".unnumbered" in titles[0]
        return replace(matter, numbered=False) if is_unnumbered else matter
