"""Draw the furniture of pages: running heads, folios, and whatever stands in the margins.

What a margin shows depends on little: the style of the page, the page counter, the named strings
that it prints. So each edge of a page is drawn once for all pages that show the same there.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pydyf
import weasyprint
import weasyprint.pdf
from weasyprint import DEFAULT_OPTIONS
from weasyprint.document import Document
from weasyprint.draw import draw_stacking_context
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.layout import page as page_layout
from weasyprint.layout.background import layout_box_backgrounds
from weasyprint.pdf.stream import Stream
from weasyprint.stacking import StackingContext

from chapbook.cache import digest
from chapbook.laid import Furniture, PageKind
from chapbook.typeset.boxes import POINTS_PER_PIXEL, Box
from chapbook.typeset.document import write_page
from chapbook.typeset.drawing import Gathering
from chapbook.typeset.edges import SIDES, edge_of, in_points
from chapbook.typeset.engine import Engine
from chapbook.typeset.faces import face_uses, signs_by_character
from chapbook.typeset.fetch import ROOT, BookFetcher
from chapbook.typeset.page_facts import empty_page, matching_rules, page_boxes
from chapbook.typeset.placing import with_sheet
from chapbook.typeset.records import keep_records

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
RESOURCES = ("ExtGState", "XObject", "Pattern", "Shading")

Edge = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Margin:
    """What decides the furniture of one page.

    `strings` has, for each named string, the values that it takes on the page, and its value
    before, None where it had none; `starts` are those that the page begins with.
    """

    kind: PageKind
    is_first: bool
    folio: int
    total: int
    strings: Mapping[str, tuple[tuple[str, ...], str | None]]
    starts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Style:
    """A kind of page, named by the rules that match it, its empty box, its edges in use."""

    name: tuple[str, tuple[int, ...]]
    page: Box
    edges: tuple[Edge, ...]


class Furnisher:
    """Draws furniture by one style sheet; `drawn` keeps what was drawn, and may be kept on."""

    def __init__(self, engine: Engine, faces: Path, drawn: dict[str, Furniture]) -> None:
        """Make the engine's context for pages without content; fonts are put into `faces`."""
        self.drawn = drawn
        self.serves = (engine.sheet.digest, faces)
        self._engine = engine
        self._faces = faces
        self._fonts: dict[Any, Any] = {}
        self._styles: dict[Any, _Style] = {}
        sheet = engine.sheet
        self._html = weasyprint.HTML(
            string=write_page(sheet.language, "", ()),
            base_url=ROOT,
            url_fetcher=BookFetcher(sheet.resources),
        )
        with with_sheet(engine.css):
            self._context = Document._build_layout_context(
                self._html, options=DEFAULT_OPTIONS.copy(), **engine.settings
            )
        self._build()

    def _build(self) -> None:
        context = self._context
        build_formatting_structure(
            self._html.etree_element,
            context.style_for,
            context.get_image_from_uri,
            self._html.base_url,
            context.target_collector,
            context.counter_style,
            context.footnotes,
        )
        context.page_maker = []
        context.current_page = HERE
        self._direction = context.style_for(self._html.etree_element)["direction"]

    def furnish(self, margin: Margin) -> tuple[str, ...]:
        """Draw the furniture of a page where it is not yet drawn; give its keys in `drawn`."""
        style = self._style(margin)
        self._set_strings(style.page, margin)
        keys = []
        for edge in style.edges:
            shown = [self._shown(style.page, name, margin) for name in edge]
            key = digest(self._engine.sheet.digest, style.name, edge, shown)
            if key not in self.drawn:
                self.drawn[key] = self._draw(style.page, edge, margin)
            keys.append(key)
        return tuple(keys)

    def _style(self, margin: Margin) -> _Style:
        kind = margin.kind
        is_right = kind.is_recto == (self._direction == "ltr")
        index = 0 if margin.is_first else 1
        side = "right" if is_right else "left"
        page_type = page_layout.PageType(side, kind.is_blank, kind.name, index, kind.groups)
        name = (side, matching_rules(self._engine.css, page_type))
        if name not in self._styles:
            style_for = self._context.style_for
            page_layout.set_page_type_computed_styles(page_type, self._html, style_for)
            page = empty_page(page_type, self._context)
            edges = tuple(e for e in EDGES if any(self._content(page, n) for n in e))
            self._styles[name] = _Style(name, page, edges)
        return self._styles[name]

    def _content(self, page: Box, name: str) -> Any:
        """Give what a margin box shows, as the engine has parsed it; None where it is empty."""
        style = self._context.style_for(page.page_type, name)
        return None if style is None or style["content"] in EMPTY else style["content"]

    def _set_strings(self, page: Box, margin: Margin) -> None:
        strings: Any = defaultdict(lambda: defaultdict(list))
        for name, (here, before) in margin.strings.items():
            if here:
                strings[name][HERE] = list(here)
            if before is not None:
                strings[name][BEFORE] = [before]
        self._context.string_set = strings
        sets = [(name, None) for name in margin.starts]
        first = SimpleNamespace(style={"string_set": sets or "none"}, children=())
        page.children = [first] if sets else []

    def _shown(self, page: Box, name: str, margin: Margin) -> tuple[object, ...]:
        """Give all that the content of a margin box depends on besides its style."""
        shown: list[object] = []
        for kind, value in self._content(page, name) or ():
            if kind == "string()":
                shown.append("".join(self._context.get_string_set_for(page, *value)))
            elif kind in ("counter()", "counters()"):
                shown.append(margin.total if value[0] == "pages" else margin.folio)
        return tuple(shown)

    def _draw(self, page: Box, edge: Edge, margin: Margin) -> Furniture:
        self._context.page_bottom = page.content_box_y() + page.height
        counters = {"page": [margin.folio], "pages": [margin.total]}
        state: Any = ([0], counters, [{"page", "pages"}], [])
        context = _Only(self._context, edge)
        found = list(page_layout.make_margin_boxes(context, page, state))
        page.children = []
        images: dict[str, Any] = {}
        pdf, resources = pydyf.PDF(), _new_resources()
        stream = self._stream(page, resources, images)
        with keep_records() as records, signs_by_character(), stream.stacked():
            stream.transform(a=POINTS_PER_PIXEL, d=POINTS_PER_PIXEL)
            for box in found:
                box.translate(dx=-edge_of(page))
                layout_box_backgrounds(page, box, self._context.get_image_from_uri)
                draw_stacking_context(stream, StackingContext.from_box(box, page))
        fonts = pydyf.Dictionary()
        for item in (stream, fonts):
            pdf.add_object(item)
        resources["Font"] = fonts.reference
        weasyprint.pdf._use_references(pdf, resources, images, {})
        gathering = Gathering(pdf, [stream], resources, fonts)
        return Furniture(
            gathering.draw(),
            gathering.parts[stream.number],
            self._area(page),
            self._used(),
            dict(records.glyphs),
        )

    def _stream(self, page: Box, resources: Any, images: Any) -> Any:
        for font in self._fonts.values():
            font.widths, font.to_unicode, font.missing = {}, {}, {}
        width, height = page.margin_width(), page.margin_height()
        profiles = self._engine.settings["color_profiles"]
        stream = Stream(
            self._fonts,
            (-edge_of(page), 0, width, height),
            resources,
            images,
            None,
            profiles,
            None,
            compress=True,
        )
        stream.transform(e=in_points(edge_of(page)))
        stream.transform(d=-1, f=height * POINTS_PER_PIXEL)
        return stream

    def _used(self) -> Any:
        return face_uses(self._fonts.values(), self._faces)

    def _area(self, page: Box) -> Any:
        sized = SimpleNamespace(
            width=page.margin_width(),
            height=page.margin_height(),
            bleed={edge: page.style[f"bleed_{edge}"].value for edge in SIDES},
        )
        return page_boxes(sized).media


class _Only:
    """The engine's context as it would be if only some margin boxes were styled."""

    def __init__(self, context: Any, names: Edge) -> None:
        self._context = context
        self._names = names

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def style_for(self, page_type: Any, name: str) -> Any:
        return self._context.style_for(page_type, name) if name in self._names else None


def _new_resources() -> Any:
    resources = pydyf.Dictionary({name: pydyf.Dictionary() for name in RESOURCES})
    resources["ColorSpace"] = pydyf.Dictionary()
    return resources
