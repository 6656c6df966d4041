"""Read off the engine's pages what stands where, in points from the lower left corner."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from weasyprint.css import StyleFor
from weasyprint.formatting_structure import boxes
from weasyprint.layout import page as page_layout
from weasyprint.layout.block import _add_break_values
from weasyprint.layout.percent import resolve_percentages

from chapbook.laid import Bookmark, LaidPage, Link, PageBoxes, PageKind, Rectangle
from chapbook.typeset.galley.boxes import (
    POINTS_PER_PIXEL,
    Box,
    main_area,
    page_text,
    side_notes,
    walk,
)
from chapbook.typeset.galley.edges import SIDES as SIDES_OF_PAGE
from chapbook.typeset.galley.edges import edge_of, in_points
from chapbook.typeset.galley.page_starts import PageStarts
from chapbook.typeset.galley.placing import FAR_AWAY, Seen, turns_sides
from chapbook.typeset.galley.running import looks_alike, write_running
from chapbook.typeset.galley.structure import linked
from chapbook.typeset.task import Task

SIDES = frozenset({"left", "right", "recto", "verso"})
NEAR = 1e-6  # CSS pixels: sums of margins in another order differ by less


class PageReader:
    """Reads the pages of one chapter. `roots` gives the id of each section's root element."""

    def __init__(
        self,
        pages: Sequence[Any],
        roots: Mapping[Any, str],
        seen: Seen,
        task: Task,
        html: Any,
        css: Any,
    ) -> None:
        """Take the engine's pages, and what it knew: the counters, the strings."""
        self._pages = pages
        self._roots = roots
        self._seen = seen
        self._context = seen.context
        self._css = css
        self._html = html
        self._task = task
        self._other_edges: dict[Any, float | None] = {}
        self._first_side = _first_side(seen.context, task)
        self._starts = PageStarts(roots, lambda: self._parents)

    def read(self, contents: Sequence[int]) -> tuple[LaidPage, ...]:
        """Give the pages; `contents` are the parts that are their content streams."""
        can_turn = not self._task.is_whole and not turns_sides(self._context)
        numbers = (page._page_box.page_type.index for page in self._pages)
        first = 0 if self._task.is_whole or self._task.is_first else 1
        return tuple(
            self._page(number - first, page, content, can_turn)
            for number, page, content in zip(numbers, self._pages, contents, strict=True)
        )

    def opening(self) -> str | None:
        """Tell the side that the chapter must begin on, as `LaidChapter.opening` has it."""
        task = self._task
        if task.is_whole:
            return ""
        turns_next = not task.is_last and SIDES & set(self._breaks(-1, "after"))
        if turns_next or not self._seen.can_part:
            return None
        wishes = ["page"] if task.is_first else self._breaks(0, "before")
        side = next((wish for wish in reversed(wishes) if wish in SIDES), None)
        if side in ("left", "right"):
            return "recto" if side == self._first_side else "verso"
        return side or ("" if "page" in wishes else None)

    def _breaks(self, place: int, where: str) -> list[str]:
        """Give the breaks wished before or after the chapter, by its root and what is in it."""
        pages = self._pages
        for box in walk(pages[place]._page_box):
            if box.element in self._roots and isinstance(box, boxes.BlockLevelBox):
                return list(_add_break_values(box, where))
        return []

    def _page(self, index: int, page: Any, content: int, can_turn: bool) -> LaidPage:
        box = page._page_box
        folio = self._context.page_maker[index + 1][3][1].get("page", [0])[-1]
        goes_on = folio > FAR_AWAY // 2  # pages may be counted backwards
        words = page_text(box).split() or [""]
        height = page.height
        return LaidPage(
            content=content,
            section=self._section(box),
            kind=self._kind(box.page_type),
            folio=folio - FAR_AWAY if goes_on else folio,
            goes_on=goes_on,
            boxes=page_boxes(page),
            anchors={n: _point(area[0], area[1], height) for n, area in page.anchors.items()},
            links=tuple(
                Link(kind == "internal", target, _area(area, height))
                for kind, target, area, _ in linked(page)
            ),
            bookmarks=tuple(_bookmark(bookmark, height) for bookmark in page.bookmarks),
            strings=self._strings(index + 1),
            blocks=tuple(sorted(_blocks(box))),
            words=(words[0], words[-1]),
            starts=tuple(sorted(_starts(box))),
            running=self._running(index + 1),
            edge=in_points(edge_of(box)),
            # Side notes stand in the outer margin, which is another on the other side.
            other_edge=self._other_edge(box) if can_turn and not side_notes(box) else None,
            start=self._starts.read(box),
            references=self._references(box),
        )

    def _references(self, page_box: Box) -> tuple[int, ...]:
        known = self._seen.references
        if not known:
            return ()
        return tuple(sorted({known[box.element] for box in walk(page_box) if box.element in known}))

    def _kind(self, kind: Any) -> PageKind:
        is_recto = kind.side == self._first_side
        return PageKind(is_recto, bool(kind.blank), kind.name or "", tuple(kind.groups))

    def _strings(self, number: int) -> dict[str, tuple[str, ...]]:
        found = self._context.string_set.items()
        return {name: tuple(pages[number]) for name, pages in found if number in pages}

    def _running(self, number: int) -> dict[str, tuple[str, ...]]:
        found = self._context.running_elements.items()
        return {
            name: tuple(self._written(box) for box in pages[number])
            for name, pages in found
            if pages.get(number)
        }

    def _written(self, box: Box) -> str:
        """Write a running element; note where it would not be the same on another page."""
        html = write_running(box.element, self._parents)
        if not self._task.is_whole and self._seen.can_part:
            root = self._html.wrapper_element
            self._seen.can_part = looks_alike(box, html, self._parents, root, self._css)
        return html

    @cached_property
    def _parents(self) -> dict[Any, Any]:
        return {kid: element for element in self._html.etree_element.iter() for kid in element}

    def _section(self, page_box: Box) -> str:
        """Give the section that a page begins with, '' where the page is blank."""
        if page_box.page_type.blank:
            return ""
        for area in main_area(page_box):
            for box in walk(area):
                if box.element in self._roots:
                    return self._roots[box.element]
        return ""

    def _other_edge(self, page: Box) -> float | None:
        """Tell the left edge of the text on the other side; None where more would change."""
        kind = page.page_type
        other = kind._replace(side="left" if kind.side == "right" else "right")
        style = (matching_rules(self._css, kind), matching_rules(self._css, other))
        if style not in self._other_edges:
            self._other_edges[style] = self._turn(page, other)
        return self._other_edges[style]

    def _turn(self, page: Box, other: Any) -> float | None:
        style_for = self._context.style_for
        page_layout.set_page_type_computed_styles(other, self._html, style_for)
        if not edge_of(page) or not _same_style(style_for, page.page_type, other):
            return None
        turned = empty_page(other, self._context)
        here, there = ((one.width, one.height, one.content_box_y()) for one in (page, turned))
        is_same = all(abs(a - b) < NEAR for a, b in zip(here, there, strict=True))
        return in_points(edge_of(turned)) if is_same else None


def empty_page(kind: Any, context: Any) -> Box:
    """Give the box of a page without content; its style must have been computed."""
    style = context.style_for(kind)
    page = boxes.PageBox(kind, style)
    resolve_percentages(page, style["size"])
    page.position_x = page.position_y = 0
    page_layout.page_width(page, context, style["size"][0])
    page_layout.page_height(page, context, style["size"][1])
    page.children = []
    return page


def matching_rules(css: Any, kind: Any) -> tuple[int, ...]:
    """Number the selectors of `@page` rules that match a kind of page: they make its style."""
    selectors = (selector for _, selectors, _ in css.page_rules for selector in selectors)
    return tuple(
        place
        for place, (_, _, wanted) in enumerate(selectors)
        if StyleFor._page_type_match(wanted, kind)
    )


def _same_style(style_for: Any, one: Any, other: Any) -> bool:
    """Whether two kinds of pages differ in nothing but their margins at the sides."""
    cascaded = style_for.get_cascaded_styles()
    for part in (None, "@footnote", "@note-area"):
        left, right = (cascaded.get((kind, part), {}) for kind in (one, other))
        for name in left.keys() | right.keys():
            at_side = part is None and name in ("margin_left", "margin_right")
            if not at_side and left.get(name) != right.get(name):
                return False
    return True


def page_boxes(page: Any) -> PageBoxes:
    """Give the boundaries of a page: it is drawn to the end of its bleed, and no further."""
    top, right, bottom, left = (page.bleed[edge] * POINTS_PER_PIXEL for edge in SIDES_OF_PAGE)
    width, height = page.width * POINTS_PER_PIXEL, page.height * POINTS_PER_PIXEL
    bleed = _exact(-left, -bottom, width + right, height + top)
    return PageBoxes(media=bleed, bleed=bleed, trim=_exact(0, 0, width, height))


def _blocks(page_box: Box) -> set[str]:
    elements = {box.element for box in walk(page_box) if box.element is not None}
    return {block for element in elements if (block := element.get("data-block"))}


def _starts(page: Box) -> set[str]:
    """Give the named strings that the page begins with, as `string(name, start)` asks."""
    found: set[str] = set()
    box: Box | None = page
    while box is not None:
        if box.style["string_set"] != "none":
            found.update(name for name, _ in box.style["string_set"])
        box = box.children[0] if getattr(box, "children", None) else None
    return found


def _bookmark(bookmark: Any, height: float) -> Bookmark:
    level, label, (x, y), state = bookmark
    return Bookmark(level, label, *_point(x, y, height), state == "closed")


def _point(x: float, y: float, height: float) -> tuple[float, float]:
    return round(x * POINTS_PER_PIXEL, 4), round((height - y) * POINTS_PER_PIXEL, 4)


def _area(area: Rectangle, height: float) -> Rectangle:
    left, top, right, bottom = area
    (left, top), (right, bottom) = _point(left, top, height), _point(right, bottom, height)
    return left, min(top, bottom), right, max(top, bottom)


def _exact(left: float, bottom: float, right: float, top: float) -> Rectangle:
    return round(left, 4), round(bottom, 4), round(right, 4), round(top, 4)


def _first_side(context: Any, task: Task) -> str:
    """Give the side of a recto: the right one, where the book runs from left to right."""
    begins_right = context.page_maker[0][2]
    is_recto = task.is_whole or task.is_recto
    return "right" if begins_right == is_recto else "left"
