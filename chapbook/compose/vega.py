"""Draw what a chart in Vega-Lite describes, in the theme; the library for it is an extra.

Nothing is fetched: no address is allowed, and `parse` has refused whatever would name one. The
faces of the theme are the only ones that are measured, so that every machine draws alike.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

from chapbook.compose.plots import Theme
from chapbook.diagnostics import BookError, Code, Location, error

HOW = (
    "run: python3 build.py charts (or, where Chapbook is a package: pip install 'chapbook[charts]')"
)
# What a reader of screens would read besides the words of the chart, and what changes nothing.
DROPPED = re.compile(r"aria-.*|role|class|pointer-events|\{.*\}.*|version|cursor")
INVISIBLE = {("opacity", "1"), ("fill-opacity", "1"), ("stroke-opacity", "1"), ("d", "")}
HELP = "https://vega.github.io/vega-lite/docs/ says what may stand where"
# Measured where the face is that of the e-book's text, whatever it may be.
FALLBACK = "Source Sans 3, Noto Sans JP"


def draw_specification(
    written: str, theme: Theme, fonts: Iterable[Path], at: Location | None
) -> Element:
    """Draw a specification, given as JSON, to `<svg>`; `fonts` are the folders of the faces.

    Raises `BookError` where the library is missing, or cannot draw it.
    """
    try:
        import vl_convert
    except ImportError as fault:
        message = "a chart in Vega-Lite needs the extra “charts”, which is not installed"
        raise BookError([error(Code.MISSING_LIBRARY, message, at, HOW)]) from fault
    for folder in sorted(fonts):
        vl_convert.register_font_directory(str(folder))
    try:
        svg = vl_convert.vegalite_to_svg(
            _sized(json.loads(written), theme), config=_config(theme), allowed_base_urls=[]
        )
    except ValueError as fault:
        raise BookError([error(Code.BAD_CHART, _first_line(str(fault)), at, HELP)]) from fault
    return _cleaned(fromstring(svg), theme)


def _sized(made: dict[str, object], theme: Theme) -> dict[str, object]:
    """Make a chart that says nothing of its size as wide as the measure."""
    if {"mark", "layer"} & made.keys() and "width" not in made:
        fit = {"type": "fit-x", "contains": "padding"}
        return {"width": theme.width, "autosize": fit, **made}
    return made


def _config(theme: Theme) -> dict[str, object]:
    words = {"labelColor": "#000000", "titleColor": "#000000", "titleFontWeight": "normal"}
    sizes = {"labelFontSize": theme.size, "titleFontSize": theme.size}
    lines = {"domainColor": theme.rule, "tickColor": theme.rule, "gridColor": theme.rule}
    return {
        "background": theme.paper or None,
        "padding": theme.size * 0.7 if theme.paper else 1,
        "font": FALLBACK if theme.font == "inherit" else theme.font,
        "view": {"stroke": None, "continuousHeight": theme.width * 0.5},
        "axis": {**words, **sizes, **lines, "gridWidth": 0.3, "domainWidth": 0.5, "tickWidth": 0.5},
        "legend": {**words, **sizes},
        "header": {**words, **sizes},
        "title": {"color": "#000000", "fontSize": theme.size, "anchor": "start"},
        "text": {"color": "#000000", "fontSize": theme.size},
        "mark": {"color": theme.series[0]},
        "range": {"category": list(theme.series)},
    }


def _first_line(message: str) -> str:
    lines = [line.strip() for line in message.splitlines()]
    said = next((one for one in lines if one.startswith(("Error:", "TypeError:"))), lines[0])
    return "the chart cannot be drawn: " + said.partition(": ")[2].rstrip(".")


def _cleaned(svg: Element, theme: Theme) -> Element:
    for element in svg.iter():
        element.tag = element.tag.rpartition("}")[2]
        kept = {k: v for k, v in element.items() if not DROPPED.fullmatch(k)}
        element.attrib = {k: v for k, v in kept.items() if (k, v) not in INVISIBLE}
        if element.tag == "text" and element.get("fill") in ("#000000", "#000"):
            element.set("fill", theme.ink)
        if "font-family" in element.attrib:
            element.set("font-family", theme.font)
    for parent in list(svg.iter()):
        for child in list(parent):
            is_blank = child.tag == "path" and not child.get("d")
            if child.tag in ("title", "desc") or is_blank:
                parent.remove(child)
    return svg
