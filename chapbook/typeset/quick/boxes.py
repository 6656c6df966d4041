"""Give boxes their lengths and backgrounds by their style, once for all of one style."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import attrgetter, itemgetter
from typing import Any

from weasyprint.formatting_structure.boxes import Box, PageBox
from weasyprint.layout import (
    absolute,
    background,
    block,
    column,
    float,
    grid,
    inline,
    page,
    percent,
    table,
)  # fmt: skip

from chapbook.typeset.galley.swap import swapped

SIDES = ("top", "right", "bottom", "left")
# Fields that the engine sets, each by the property of its name.
FIELDS = (
    *(f"{part}_{side}" for part in ("margin", "padding") for side in SIDES),
    *(f"border_{side}_width" for side in SIDES),
    "width", "min_width", "max_width", "height", "min_height", "max_height",
)  # fmt: skip
RADII = tuple(
    f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
)
SHARP = dict.fromkeys(RADII, (0, 0))
ZERO = (0, "px")
IN_FLOW = ("static", "relative")
NOTHING: tuple[None, None, dict[str, Any]] = (None, None, {})
USERS = (absolute, block, column, float, grid, inline, page, percent, table)

_said = itemgetter(*FIELDS, "box_sizing", "border_collapse")
_used = attrgetter(*FIELDS)
_radii = itemgetter(*RADII)

Function = Callable[..., Any]


def _resolving(engine_resolve: Function) -> Function:
    """Resolve the lengths of a box as for the last box of its style in as wide a place."""
    known: dict[Any, tuple[Any, Any, dict[str, Any]]] = {}

    def resolve(box: Any, containing_block: Any) -> None:
        if isinstance(containing_block, Box):
            width, height = containing_block.width, containing_block.height
        else:
            width, height = containing_block
        style = box.style
        key = id(style), width, height, type(width), type(height)
        said = _said(style)
        _, said_known, fields = known.get(key, NOTHING)
        if said == said_known:
            vars(box).update(fields)
            return
        engine_resolve(box, containing_block)
        is_own = "style" not in vars(box) or isinstance(box, PageBox) or said[-1] == "collapse"
        if width and height and not is_own:
            known[key] = style, said, dict(zip(FIELDS, _used(box), strict=True))

    return resolve


def _backing(engine_backing: Function) -> Function:
    """Give no background to boxes of a style that has none, which most are."""
    bare: dict[int, tuple[Any, bool]] = {}

    def lay_out(
        page_box: Any, box: Any, get_image: Any, layout_children: bool = True, style: Any = None
    ) -> None:
        own = box.style
        known = bare.get(id(own))
        if known is None:
            known = bare[id(own)] = own, _is_bare(own)
        if not known[1] or style is not None or box is page_box or "style" not in vars(box):
            if layout_children:
                for child in box.all_children():
                    lay_out(page_box, child, get_image)
            engine_backing(page_box, box, get_image, False, style)
            return
        vars(box).update(SHARP)
        box.background = None
        if layout_children:
            for child in box.all_children():
                lay_out(page_box, child, get_image)

    return lay_out


def _is_bare(style: Any) -> bool:
    color = style["background_color"]
    return (
        style["visibility"] != "hidden"
        and (style["color"] if color == "currentcolor" else color).alpha == 0
        and not style["box_shadow"]
        and all(kind == "none" for kind, _ in style["background_image"])
        and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
        and all(ZERO in radius for radius in _radii(style))
    )


def _flowing(engine_flowing: Function) -> Function:
    def is_in_normal_flow(box: Any) -> Any:
        style = box.style
        if style["float"] == "none" and style["position"] in IN_FLOW:
            return True
        return engine_flowing(box)

    return is_in_normal_flow


@contextmanager
def quick_boxes() -> Iterator[None]:
    """While the block runs, do so."""
    resolve = _resolving(percent.resolve_percentages)
    with swapped(
        *((user, "resolve_percentages", resolve) for user in USERS),
        (background, "layout_box_backgrounds", _backing(background.layout_box_backgrounds)),
        (Box, "is_in_normal_flow", _flowing(Box.is_in_normal_flow)),
    ):
        yield
