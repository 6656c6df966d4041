"""Cells of code, which Quarto runs and we show. https://quarto.org/docs/computations/execution-options.html"""

import re
from collections.abc import Iterator

from chapbook.read.foreign.page import Page
from chapbook.spliced import NOTHING, Edit

CELL = re.compile(r"\{(?P<language>[A-Za-z][\w-]*)[^{}\n]*\}")
OPTION = re.compile(
    r"[ \t]*(?:#|//|--|%%)\|[ \t]*(?P<key>[\w-]+)[ \t]*:[ \t]*(?P<value>[^\n]*)(?:\n|\Z)"
)
DRAWN = frozenset({"mermaid", "dot"})


def settle_cells(page: Page) -> Iterator[Edit]:
    """Show the code of a cell without its options, unless it is not to be shown."""
    text = page.text.text
    for fence in page.verbatim.fences:
        cell = CELL.match(text, fence.info, fence.body)
        if cell is None:
            continue
        options: dict[str, str] = {}
        here = fence.body
        while here < fence.close and (option := OPTION.match(text, here, fence.close)):
            options[option["key"]] = option["value"].strip()
            here = option.end()
        if "false" in (options.get("echo"), options.get("include")):
            page.report(fence.start, "a cell that shows nothing but what it computes was left out")
            yield Edit(fence.start, fence.end, NOTHING)
            continue
        what = "drawn" if cell["language"] in DRAWN else "run"
        page.report(fence.start, f"the {cell['language']} of this cell is shown and not {what}")
        yield page.put(fence.info, cell.end(), cell["language"])
        yield Edit(fence.body, here, NOTHING)
