"""Charts: a fence of the language `chart`, with a small table, or `vega-lite`, with JSON.

In the tree a chart is a figure; in it stands a `<span data-chart="JSON">`, for the drawing, with
the words of the chart as `aria-label`.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from xml.etree.ElementTree import Element

from chapbook.diagnostics import Code, Diagnostic, error
from chapbook.parse.charts import ChartFault, read_chart
from chapbook.parse.dialect.attributes import assign
from chapbook.parse.marks import CHART, FIGURE
from chapbook.parse.places import Places
from chapbook.parse.scan import Fence
from chapbook.parse.tree import classes
from chapbook.parse.vega import read_specification

INFO = re.compile(r"\{?[ ]*\.?(?P<language>chart|vega-lite)(?![\w-])(?P<rest>.*)$")
LIST = re.compile(r"\{:?(?P<list>[^{}]*)\}?[ ]*$|(?P<bare>[ ]+[.#][^{}]*)\}$")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart that was read: its words, and what its drawing is made of, '' where it has faults."""

    fence: Fence
    alt: str
    title: str
    drawing: str
    faults: tuple[ChartFault, ...]


def is_chart(info: str) -> bool:
    """Whether a fence is a chart, by what stands after its opening marks."""
    return INFO.match(info) is not None


@dataclass(slots=True)
class Charts:
    """The charts of one file, in the order in which they were read."""

    taken: list[Drawn] = field(default_factory=list)

    def write(self, fence: Fence) -> str:
        """Write the HTML of a chart, and keep it."""
        match = INFO.match(fence.info)
        drawn = _read(fence, match["language"] if match else "")
        self.taken.append(drawn)
        holder = Element("figure", {"class": f"{FIGURE} chart"})
        listed = LIST.search(match["rest"]) if match else None
        for written in (listed and (listed["list"] or listed["bare"]), fence.attributes):
            if written:
                assign(holder, written.strip())
        names = (name for name in ("class", "id", "lang") if holder.get(name))
        named = "".join(f' {name}="{escape(holder.get(name, ""))}"' for name in names)
        is_plain = "plain" in classes(holder) or not drawn.title
        caption = "" if is_plain else f"<figcaption>{escape(drawn.title)}</figcaption>"
        sign = f'<span class="{CHART}{len(self.taken) - 1}"></span>'
        return f"<figure{named}>{sign}{caption}</figure>"

    def place(self, root: Element) -> None:
        """Make of our signs in a sanitised tree what the charts are."""
        for element in root.iter("span"):
            name = element.get("class", "")
            if name.startswith(CHART):
                number = int(name.removeprefix(CHART))
                drawn = self.taken[number]
                element.attrib.clear()
                element.set("class", "chart-drawing")
                element.set("role", "img")
                element.set("aria-label", drawn.alt or drawn.title)
                element.set("data-chart", drawn.drawing)
                element.set("data-number", str(number))

    def faults(self, places: Places) -> Iterator[Diagnostic]:
        """Report what is wrong with the charts, each in its place."""
        for drawn in self.taken:
            for fault in drawn.faults:
                rows = drawn.fence.rows
                is_known = fault.line < len(rows)
                offset = rows[fault.line] + fault.column if is_known else drawn.fence.offset
                hints = (fault.hint,) if fault.hint else ()
                yield error(Code.BAD_CHART, fault.message, places.locate(offset), *hints)


def _read(fence: Fence, language: str) -> Drawn:
    if language == "chart":
        chart = read_chart(fence.code)
        drawing = "" if chart.faults else chart.to_json()
        alt = "" if chart.faults else chart.alt()
        return Drawn(fence, alt, chart.title, drawing, tuple(chart.faults))
    made = read_specification(fence.code)
    drawing = json.dumps(
        {"vega-lite": made.json, "columns": made.columns, "rows": made.rows}, ensure_ascii=False
    )
    return Drawn(fence, made.alt, made.title, "" if made.faults else drawing, made.faults)
