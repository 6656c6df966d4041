"""Draw the furniture of pages: running heads, folios, and whatever stands in the margins.

What a margin shows depends on little: the style of the page, the page counter, the named strings
that it prints. So each edge of a page is drawn once for all pages that show the same there.
"""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pydyf
import weasyprint.pdf
from weasyprint.draw import draw_stacking_context
from weasyprint.layout.background import layout_box_backgrounds
from weasyprint.pdf.stream import Stream
from weasyprint.stacking import StackingContext

from chapbook.cache import digest
from chapbook.laid import FontUse, Furniture, Rectangle
from chapbook.typeset.galley.boxes import POINTS_PER_PIXEL, Box
from chapbook.typeset.galley.chase import Chase
from chapbook.typeset.galley.drawing import Gathering, add_plain_states
from chapbook.typeset.galley.edges import SIDES, edge_of, in_points
from chapbook.typeset.galley.engine import Engine, engine_for
from chapbook.typeset.galley.faces import face_uses, signs_by_character
from chapbook.typeset.galley.page_facts import page_boxes
from chapbook.typeset.galley.records import keep_records
from chapbook.typeset.margins import Furnished, FurnitureTask, Margin

RESOURCES = ("ExtGState", "XObject", "Pattern", "Shading")


class Furnisher:
    """Draws furniture by one style sheet; `drawn` keeps what was drawn, and may be kept on."""

    def __init__(self, engine: Engine, faces: Path, drawn: dict[str, Furniture]) -> None:
        """Take the engine; fonts are put into the folder `faces`."""
        self.drawn = drawn
        self.serves = (engine.sheet.digest, faces)
        self._engine = engine
        self._faces = faces
        self._fonts: dict[Any, Any] = {}
        self._chases: dict[Any, Chase] = {}

    def furnish(self, margin: Margin) -> tuple[str, ...]:
        """Draw the furniture of a page where it is not yet drawn; give its keys in `drawn`."""
        chase = self._chase(margin)
        keys = []
        for edge in chase.frame(margin).edges:
            frame = chase.frame(margin)
            shown = chase.shown(frame, edge, margin)
            key = digest(self._engine.sheet.digest, frame.name, edge, shown)
            if key not in self.drawn:
                found = chase.compose(frame, edge, margin)
                self.drawn[key] = self._draw(frame.page, found, chase.get_image)
            keys.append(key)
        return tuple(keys)

    def _chase(self, margin: Margin) -> Chase:
        carried = (one for here, before in margin.running.values() for one in (*here, before))
        running = tuple(dict.fromkeys(html for html in carried if html is not None))
        key = (margin.body_class, running)
        if key not in self._chases:
            self._chases[key] = Chase(self._engine, *key)
        return self._chases[key]

    def _draw(self, page: Box, found: list[Box], get_image: Any) -> Furniture:
        images: dict[str, Any] = {}
        pdf, resources = pydyf.PDF(), _new_resources()
        stream = self._stream(page, resources, images)
        with keep_records() as records, signs_by_character(), stream.stacked():
            stream.transform(a=POINTS_PER_PIXEL, d=POINTS_PER_PIXEL)
            for box in found:
                box.translate(dx=-edge_of(page))
                layout_box_backgrounds(page, box, get_image)
                draw_stacking_context(stream, StackingContext.from_box(box, page))
        fonts = pydyf.Dictionary()
        for item in (stream, fonts):
            pdf.add_object(item)
        resources["Font"] = fonts.reference
        weasyprint.pdf._use_references(pdf, resources, images, {})
        names = [name for name in ("XObject", "Pattern", "Shading") if resources[name]]
        is_bare = add_plain_states(resources) and not names
        gathering = Gathering(pdf, [stream], resources, fonts)
        return Furniture(
            gathering.draw(),
            gathering.parts[stream.number],
            self._area(page),
            self._used(),
            dict(records.glyphs),
            is_bare,
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

    def _used(self) -> tuple[FontUse, ...]:
        return face_uses(self._fonts.values(), self._faces)

    def _area(self, page: Box) -> Rectangle:
        sized = SimpleNamespace(
            width=page.margin_width(),
            height=page.margin_height(),
            bleed={edge: page.style[f"bleed_{edge}"].value for edge in SIDES},
        )
        return page_boxes(sized).media


def _new_resources() -> Any:
    resources = pydyf.Dictionary({name: pydyf.Dictionary() for name in RESOURCES})
    resources["ColorSpace"] = pydyf.Dictionary()
    return resources


_last: list[Furnisher] = []


def draw_furniture(task: FurnitureTask) -> Furnished:
    """Furnish the pages of a chapter; runs in a worker, which keeps what it drew for the next."""
    engine = engine_for(task.sheet)
    if not _last or _last[0].serves != (task.sheet.digest, task.faces):
        _last[:] = [Furnisher(engine, task.faces, {})]
    return furnish_chapter(_last[0], task.margins)


def furnish_chapter(furnisher: Furnisher, margins: Sequence[Margin]) -> Furnished:
    """Furnish pages; give the keys for each, and what was drawn by key."""
    keys = tuple(furnisher.furnish(margin) for margin in margins)
    return keys, {key: furnisher.drawn[key] for page in keys for key in page}
