"""Follow each run of marked content back to its element, and so rebuild the text as a tree.

The engine draws page by page, and would tag a paragraph that runs over two pages as two. Here
the pieces of an element come together again. What is no part of the text (running heads, the
repeated head of a table, ornament) is marked as an artifact in the page's own stream
(ISO 32000-1, 14.8.2.2).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from weasyprint.formatting_structure import boxes

from chapbook.laid import Hotspot, LaidElement, Mark
from chapbook.typeset.galley.boxes import POINTS_PER_PIXEL, Box, children, drawn_text, walk

SVG = "{http://www.w3.org/2000/svg}"
KEPT = (
    "id", "lang", "title", "role", "aria-label", "class",
    "href", "scope", "colspan", "rowspan", "start", "type",
)  # fmt: skip
NAMED = frozenset({"a", "h1", "h2", "h3", "h4", "h5", "h6"})
PICTURES = frozenset({"img", "svg"})


class _Draft:
    """An element while its pieces are still being gathered."""

    __slots__ = ("attributes", "first_page", "is_block", "kids", "name", "words")

    def __init__(self, name: str, page: int) -> None:
        self.name = name
        self.first_page = page
        self.attributes: dict[str, str] = {}
        self.is_block = True
        self.words = ""
        self.kids: list[_Draft | Mark | Hotspot] = []

    def finish(self) -> LaidElement:
        kids = tuple(kid.finish() if isinstance(kid, _Draft) else kid for kid in self.kids)
        return LaidElement(self.name, self.attributes, self.is_block, self.words, kids)


class BodyBuilder:
    """Gathers the elements of all pages."""

    def __init__(self, parts: Mapping[int, int]) -> None:
        """Begin with an empty body; `parts` gives the part of each object of the PDF."""
        self.parts = parts
        self._body = _Draft("body", 1)
        self._drafts: dict[tuple[Any, str], _Draft] = {}

    def read(
        self, pages: Sequence[Any], streams: Sequence[Any], forms: Sequence[Sequence[Any]]
    ) -> LaidElement:
        """Read every page, the stream drawn for it and the page's forms; give the body."""
        drawn = zip(pages, streams, forms, strict=True)
        for number, (page, stream, inner) in enumerate(drawn, 1):
            _Page(number, page, [stream, *inner], self).read()
        return self._body.finish()

    @property
    def body(self) -> _Draft:
        """The root of the tree."""
        return self._body

    def draft(self, box: Box, parent: _Draft, page: int) -> _Draft:
        """Give the draft of a box's element, begun under `parent` where it is new."""
        if box.element is None or box.element_tag in ("html", "body"):
            return parent
        key = (box.element, box.element_tag)
        draft = self._drafts.get(key)
        if draft is None:
            draft = self._drafts[key] = _begin(box, page)
            parent.kids.append(draft)
            if box.footnote is not None:
                self._begin_note(box.footnote, parent, page)
        return draft

    def _begin_note(self, note: Box, parent: _Draft, page: int) -> None:
        """Put the text of a note behind its call, wherever it is printed."""
        draft = _begin(note, page)
        draft.name = "::footnote"
        draft.is_block = True
        self._drafts[note.element, note.element_tag] = draft
        parent.kids.append(draft)


class _Page:
    """One page on its way into the tree."""

    def __init__(
        self, number: int, page: Any, streams: Sequence[Any], builder: BodyBuilder
    ) -> None:
        self._number = number
        self._page = page
        self._streams = streams
        self._builder = builder
        self._marks = {box: mark["mcid"] for box, mark in streams[0]._tags.items()}
        self._forms = {
            mark["MCID"]: builder.parts[form.number]
            for form in streams[1:]
            for _, mark in _marked(form.stream)
        }
        self._artifacts: dict[int, Mapping[str, str]] = {}
        self._hotspots = {
            box: Hotspot(number, place) for place, (*_, box) in enumerate(linked(page))
        }

    def read(self) -> None:
        stack: list[tuple[Box, _Draft]] = [(self._page._page_box, self._builder.body)]
        while stack:
            box, parent = stack.pop()
            artifact = self._artifact(box)
            if artifact is not None:
                self._hide(box, artifact)
                continue
            draft = self._draft(box, parent)
            self._place(box, draft)
            stack.extend((child, draft) for child in reversed(children(box)))
        for stream in self._streams:
            _mark_artifacts(stream.stream, self._artifacts)

    def _draft(self, box: Box, parent: _Draft) -> _Draft:
        if isinstance(box, (boxes.TextBox, boxes.LineBox)):
            return parent
        return self._builder.draft(box, parent, self._number)

    def _place(self, box: Box, draft: _Draft) -> None:
        if box in self._hotspots:
            draft.kids.append(self._hotspots[box])
        if box in self._marks:
            number = self._marks[box]
            if isinstance(box, boxes.TextBox) and not box.text.strip():
                self._artifacts[number] = {}
            else:
                form = self._forms.get(number, 0)
                draft.kids.append(Mark(self._number, number, self._area(box), form))

    def _area(self, box: Box) -> tuple[float, float, float, float] | None:
        if not isinstance(box, boxes.ReplacedBox):
            return None
        left, top = box.content_box_x(), box.content_box_y()
        corners = (left, self._page.height - top - box.height, left + box.width)
        area = (*corners, self._page.height - top)
        left, bottom, right, top = (round(side * POINTS_PER_PIXEL, 3) for side in area)
        return left, bottom, right, top

    def _hide(self, box: Box, artifact: Mapping[str, str]) -> None:
        self._artifacts.update(
            (self._marks[inner], artifact) for inner in walk(box) if inner in self._marks
        )

    def _artifact(self, box: Box) -> Mapping[str, str] | None:
        """Give the properties of an artifact, or None for what belongs to the text."""
        if isinstance(box, boxes.MarginBox):
            return {"Type": "/Pagination"}
        if self._is_repeated(box):
            return {"Type": "/Pagination"}
        if box.is_leader or _is_ornament(box):
            return {"Type": "/Layout"}
        return None

    def _is_repeated(self, box: Box) -> bool:
        """Whether a table's head or foot was already read on an earlier page."""
        if not isinstance(box, boxes.TableRowGroupBox) or not (box.is_header or box.is_footer):
            return False
        known = self._builder._drafts.get((box.element, box.element_tag))
        return known is not None and known.first_page != self._number


def linked(page: Any) -> list[Any]:
    """Give the links of a page that are drawn as annotations, in order."""
    return [link for link in page.links if link[0] in ("internal", "external")]


def forms_of(pdf: Any, streams: Sequence[Any]) -> list[list[Any]]:
    """Give the forms drawn for each page: what is half transparent is drawn apart."""
    by_page: dict[int, list[Any]] = {id(stream._tags): [] for stream in streams}
    pages = {id(stream) for stream in streams}
    for item in pdf.objects:
        page = id(getattr(item, "_tags", None))
        if page in by_page and id(item) not in pages:
            by_page[page].append(item)
    return [by_page[id(stream._tags)] for stream in streams]


def _begin(box: Box, page: int) -> _Draft:
    draft = _Draft(box.element_tag.removeprefix(SVG), page)
    element = box.element
    draft.is_block = not isinstance(box, boxes.InlineLevelBox)
    if draft.name.endswith(("::footnote-call", "::footnote-marker")):
        draft.words = _text(drawn_text(box))
    elif "::" not in draft.name:
        draft.attributes = {name: element.get(name) for name in KEPT if element.get(name)}
        if draft.name in PICTURES:
            draft.attributes["alt"] = _alternative(element)
        if draft.name in NAMED:
            draft.words = _text(element.itertext()) or _text(
                _alternative(inner) for inner in element.iter() if inner.tag in ("img", f"{SVG}svg")
            )
    return draft


def _is_ornament(box: Box) -> bool:
    element = box.element
    if element is None or isinstance(box, boxes.TextBox):
        return False
    if element.get("aria-hidden") == "true":
        return True
    if not isinstance(box, boxes.ReplacedBox):
        return False
    return "::" in box.element_tag or not _alternative(element)


def _alternative(element: Any) -> str:
    """Give the words that stand for a picture (https://www.w3.org/TR/svg-aam-1.0/)."""
    title = element.find(f"{SVG}title")
    words = element.get("alt") or element.get("aria-label")
    return _text([words or (title.text if title is not None else "") or ""])


def _text(parts: Iterable[str]) -> str:
    return " ".join("".join(parts).split())


def _mark_artifacts(stream: list[Any], artifacts: Mapping[int, Mapping[str, str]]) -> None:
    for place, mark in _marked(stream):
        properties = artifacts.get(mark["MCID"])
        if properties is not None:
            stream[place - 1] = "/Artifact"
            mark.clear()
            mark.update(properties)


def _marked(stream: list[Any]) -> list[tuple[int, Any]]:
    """Find the runs of marked content: `/Span <</MCID 3>> BDC` is three items of a stream."""
    return [
        (place, item)
        for place, item in enumerate(stream)
        if isinstance(item, dict) and "MCID" in item
    ]
