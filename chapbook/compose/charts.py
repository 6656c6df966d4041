"""Charts in the neutral markup become drawings, in the fonts and colours of the theme.

The theme is `charts.toml.j2` among the templates. In the e-book the data follow as a table.
"""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from chapbook.compose.fragments import texts_of
from chapbook.compose.plots import Plot, Theme, plot
from chapbook.compose.rendering import Renderer
from chapbook.diagnostics import BookError, Code, Location, error
from chapbook.model import Division

TEMPLATE = "charts.toml.j2"
FACES = "fonts/**/*.ttf"
VEGA = "vega-lite"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as the neutral markup holds it: its plot or its specification, and its table."""

    plot: Plot | None
    specification: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_chart(written: str) -> Chart:
    """Read the JSON of a chart."""
    made = json.loads(written)
    if VEGA in made:
        rows = tuple(tuple(row) for row in made["rows"])
        return Chart(None, made[VEGA], tuple(made["columns"]), rows)
    keys: dict[str, str] = made["keys"]
    rows = made["rows"]
    drawn = Plot(
        kind=keys["type"],
        units=keys.get("units", ""),
        x=keys.get("x", ""),
        y=keys.get("y", ""),
        names=tuple(made["columns"]),
        labels=tuple(name for name, _, _ in rows),
        written=tuple(tuple(texts) for _, texts, _ in rows),
        values=tuple(tuple(numbers) for _, _, numbers in rows),
    )
    units = f" ({drawn.units})" if drawn.units else ""
    columns = (made["head"], *(f"{name}{units}" for name in drawn.names))
    return Chart(drawn, "", columns, tuple((name, *texts) for name, texts, _ in rows))


def has_chart(division: Division) -> bool:
    """Whether a division has a chart, be it in a note."""
    return any("data-chart=" in text for text in texts_of(division))


def theme_of(division: Division) -> tuple[str, ...]:
    """Name the templates that a division needs beside its own."""
    return (TEMPLATE,) if has_chart(division) else ()


def measured_by(division: Division, renderer: Renderer) -> tuple[str, ...]:
    """Give what decides on the drawings of a division beside the theme: the faces, by digest."""
    if not any(VEGA in text for text in texts_of(division)):
        return ()
    folders = renderer.folders
    found = (folders.find(name) for name in folders.names(FACES))
    return tuple(hashlib.sha256(one.path.read_bytes()).hexdigest() for one in found if one)


def _read_theme(renderer: Renderer, context: Mapping[str, object]) -> Theme:
    """Read the theme of the charts; raises `BookError` where its template is at fault."""
    made = renderer.render(TEMPLATE, context)
    try:
        values = tomllib.loads(made)
        known = {one.name for one in fields(Theme)}
        if unknown := values.keys() - known:
            raise ValueError(f"there is no “{min(unknown)}” in it")
        lists: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in values.items()
        }
        return Theme(**lists)
    except (ValueError, TypeError) as fault:
        found = renderer.folders.find(TEMPLATE)
        at = Location(found.shown if found else TEMPLATE)
        message = f"the theme of the charts cannot be read: {fault}"
        raise BookError([error(Code.TEMPLATE_ERROR, message, at)]) from fault


@dataclass(frozen=True, slots=True)
class Desk:
    """What charts are drawn with: the theme, and the folders of its faces."""

    theme: Theme
    fonts: tuple[Path, ...]


def desk_of(renderer: Renderer, context: Mapping[str, object]) -> Desk:
    """Make ready to draw; raises `BookError` where the theme is at fault."""
    folders = renderer.folders
    found = (folders.find(name) for name in folders.names(FACES))
    fonts = dict.fromkeys(one.path.parent for one in found if one)
    return Desk(_read_theme(renderer, context), tuple(fonts))


def draw_charts(root: Element, desk: Desk, places: Mapping[str, Location], table: str = "") -> None:
    """Put a drawing in the place of each chart of a tree.

    `places` are those of the blocks; where `table` is not '', the data follow the figure as a
    table under this word.
    """
    for parent in list(root.iter()):
        for place, child in enumerate(list(parent)):
            if written := child.get("data-chart"):
                parent[place] = _draw(child, written, desk, places)
            elif child.tag == "figure" and table:
                _describe(parent, child, table)


def _draw(sign: Element, written: str, desk: Desk, places: Mapping[str, Location]) -> Element:
    chart = read_chart(written)
    if chart.plot is not None:
        drawn = plot(chart.plot, desk.theme)
    else:
        from chapbook.compose.vega import draw_specification

        at = places.get(sign.get("data-block", ""))
        drawn = draw_specification(chart.specification, desk.theme, desk.fonts, at)
    drawn.set("class", "chart-drawing")
    drawn.set("role", "img")
    drawn.set("aria-label", sign.get("aria-label", ""))
    for name in ("id", "data-block"):
        if value := sign.get(name):
            drawn.set(name, value)
    drawn.tail = sign.tail
    return drawn


def _describe(parent: Element, figure: Element, word: str) -> None:
    """Put the data of a figure's chart behind it."""
    for sign in figure.iter("span"):
        if written := sign.get("data-chart"):
            chart = read_chart(written)
            if not chart.rows:
                continue
            holder = Element("details", {"class": "description"})
            holder.tail, figure.tail = figure.tail, None
            SubElement(holder, "summary").text = word
            holder.append(_table(chart))
            parent.insert(list(parent).index(figure) + 1, holder)
            return


def _table(chart: Chart) -> Element:
    table = Element("table")
    head = SubElement(SubElement(table, "thead"), "tr")
    for name in chart.columns:
        cell = SubElement(head, "th" if name else "td", {"scope": "col"} if name else {})
        cell.text = name
    body = SubElement(table, "tbody")
    for name, *values in chart.rows:
        row = SubElement(body, "tr")
        SubElement(row, "th", {"scope": "row"}).text = name
        for value in values:
            SubElement(row, "td", {"class": "right"}).text = value
    return table
