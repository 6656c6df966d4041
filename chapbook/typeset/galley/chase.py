"""Compose what stands in the margins of a page, without the page.

In letterpress the chase is the frame in which the furniture holds a page in its place.
"""

from collections import defaultdict
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import weasyprint
from weasyprint import DEFAULT_OPTIONS
from weasyprint.document import Document
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.layout import page as page_layout

from chapbook.typeset.document import write_page
from chapbook.typeset.galley.boxes import Box
from chapbook.typeset.galley.engine import Engine
from chapbook.typeset.galley.fetch import ROOT, BookFetcher
from chapbook.typeset.galley.page_facts import empty_page, matching_rules
from chapbook.typeset.galley.placing import with_sheet
from chapbook.typeset.margins import Carried, Margin

EDGES = (
    ("@top-left", "@top-center", "@top-right"),
    ("@bottom-left", "@bottom-center", "@bottom-right"),
    ("@left-top", "@left-middle", "@left-bottom"),
    ("@right-top", "@right-middle", "@right-bottom"),
    ("@top-left-corner",),
    ("@top-right-corner",),
    ("@bottom-left-corner",),
    ("@bottom-right-corner",),
)
EMPTY = frozenset({"normal", "inhibit", "none"})
BEFORE, HERE = 1, 2  # pages as the engine's context counts them: all before, and the page itself

Edge = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A kind of page, named by the rules that match it, its empty box, its edges in use."""

    name: tuple[int, ...]
    page: Box
    edges: tuple[Edge, ...]


class Chase:
    """The engine's context for margins, with the running elements that may stand in them."""

    def __init__(self, engine: Engine, body_class: str = "", running: tuple[str, ...] = ()) -> None:
        """Make the context; `running` are elements as HTML, each inside those it stands in."""
        self._engine = engine
        self._frames: dict[Any, Frame] = {}
        self._html, self._context = self._open(body_class)
        self._context.page_maker = []
        self._context.current_page = HERE
        self._direction = self._context.style_for(self._html.etree_element)["direction"]
        self._running = {html: self._build(body_class, html) for html in running}

    @property
    def get_image(self) -> Any:
        """What the engine finds images by."""
        return self._context.get_image_from_uri

    def _open(self, body_class: str, *running: str) -> tuple[Any, Any]:
        """Give a document and the engine's context for it."""
        engine, sheet = self._engine, self._engine.sheet
        html = weasyprint.HTML(
            string=write_page(sheet.language, body_class, running),
            base_url=ROOT,
            url_fetcher=BookFetcher(sheet.resources),
        )
        with with_sheet(engine.css):
            context = Document._build_layout_context(
                html, options=DEFAULT_OPTIONS.copy(), **engine.settings
            )
        return html, context

    def _build(self, body_class: str, running: str) -> Box:
        """Give the box of a running element; each has a document of its own, as it had once."""
        html, context = self._open(body_class, running)
        root = build_formatting_structure(
            html.etree_element,
            context.style_for,
            context.get_image_from_uri,
            html.base_url,
            context.target_collector,
            context.counter_style,
            context.footnotes,
        )
        return next(box for box in root.descendants() if box.is_running())

    def frame(self, margin: Margin) -> Frame:
        """Give the kind of page that a margin belongs to, and make the page such."""
        kind = margin.kind
        is_right = kind.is_recto == (self._direction == "ltr")
        index = 0 if margin.is_first else 1
        side = "right" if is_right else "left"
        page_type = page_layout.PageType(side, kind.is_blank, kind.name, index, kind.groups)
        name = matching_rules(self._engine.css, page_type)
        if name not in self._frames:
            style_for = self._context.style_for
            page_layout.set_page_type_computed_styles(page_type, self._html, style_for)
            page = empty_page(page_type, self._context)
            edges = tuple(e for e in EDGES if any(self._content(page, n) for n in e))
            self._frames[name] = Frame(name, page, edges)
        frame = self._frames[name]
        self._set(frame.page, margin)
        return frame

    def shown(self, frame: Frame, edge: Edge, margin: Margin) -> list[object]:
        """Give all that the content of an edge depends on besides its style."""
        context, page = self._context, frame.page
        shown: list[object] = []
        for name in edge:
            for kind, value in self._content(page, name) or ():
                if kind == "string()":
                    shown.append("".join(context.get_string_set_for(page, *value)))
                elif kind == "element()":
                    boxes = context.get_running_element_for(page, *value)
                    shown.append([html for html, box in self._running.items() if box in boxes])
                    shown += [margin.body_class, margin.folio, margin.total]
                elif kind in ("counter()", "counters()"):
                    shown.append(margin.total if value[0] == "pages" else margin.folio)
        return shown

    def compose(self, frame: Frame, edge: Edge, margin: Margin) -> list[Box]:
        """Lay out the boxes of one edge."""
        page = frame.page
        self._context.page_bottom = page.content_box_y() + page.height
        counters = {"page": [margin.folio], "pages": [margin.total]}
        state: Any = ([0], counters, [{"page", "pages"}], [])
        found = list(page_layout.make_margin_boxes(_Only(self._context, edge), page, state))
        page.children = []
        return found

    def _content(self, page: Box, name: str) -> Any:
        """Give what a margin box shows, as the engine has parsed it; None where it is empty."""
        style = self._context.style_for(page.page_type, name)
        return None if style is None or style["content"] in EMPTY else style["content"]

    def _set(self, page: Box, margin: Margin) -> None:
        self._context.string_set = _by_page(margin.strings, lambda text: text)
        self._context.running_elements = _by_page(margin.running, self._running.__getitem__)
        sets = [(name, None) for name in margin.starts]
        first = SimpleNamespace(style={"string_set": sets or "none"}, children=())
        page.children = [first] if sets else []


def _by_page(carried: Carried, value_of: Any) -> Any:
    """Give values as the engine keeps them: by name, then by page."""
    found: Any = defaultdict(lambda: defaultdict(list))
    for name, (here, before) in carried.items():
        if here:
            found[name][HERE] = [value_of(one) for one in here]
        if before is not None:
            found[name][BEFORE] = [value_of(before)]
    return found


class _Only:
    """The engine's context as it would be if only some margin boxes were styled."""

    def __init__(self, context: Any, names: Edge) -> None:
        self._context = context
        self._names = names

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def style_for(self, page_type: Any, name: str) -> Any:
        return self._context.style_for(page_type, name) if name in self._names else None
