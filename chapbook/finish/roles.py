"""Say in the terms of a tagged PDF what the elements of the book are.

The roles are those of ISO 32000-1, 14.8.4, the rules those of ISO 14289-1 (PDF/UA-1). Elements
that mean nothing to a reader give their content to their parent.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from chapbook.finish.lists import contents_tags, definition_tags, list_tags, note_tags
from chapbook.finish.tables import cell_tags, figure_tags, table_tags
from chapbook.finish.tags import Kid, Tag, every, in_paragraphs, is_heading
from chapbook.laid import Hotspot, LaidElement, Mark

Rule = Callable[[LaidElement, list[Kid]], list[Kid]]

GROUPS = {"section": "Sect", "article": "Art", "aside": "Aside", "blockquote": "BlockQuote"}
# Every element that is one tag with the same content. The roles in small letters are for the
# list around them to read.
SAME = {
    "em": "Em", "i": "Em", "strong": "Strong", "b": "Strong", "q": "Quote",
    "code": "Code", "kbd": "Code", "samp": "Code", "p": "P",
    "thead": "THead", "tbody": "TBody", "tfoot": "TFoot", "tr": "TR",
    "caption": "Caption", "figcaption": "Caption", "li": "li", "dt": "dt", "dd": "dd",
    "li::marker": "Lbl", "rb": "RB", "rt": "RT", "rp": "RP",
}  # fmt: skip
# Items that stand in no list keep those roles to the end; they become blocks.
STRAYS = frozenset({"li", "dt", "dd"})
# Links back to the call, which are the numbers of notes.
NUMBERS = frozenset({"note-back", "side-number"})
REFERENCES = frozenset({"note-call", "locator"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def tag_body(body: LaidElement, language: str, name: str) -> Tag:
    """Give the structure of a text whose name tells its notes from those of other texts."""
    document = Tag("Document", in_paragraphs(_kids(body, _Place(language))))
    notes = 0
    for tag in every(document):
        if tag.role in STRAYS:
            tag.role = "Div"
            tag.kids = in_paragraphs(tag.kids)
        elif tag.role == "Note":
            # Every note has an identifier (ISO 14289-1, 7.9).
            notes += 1
            tag.key = f"note-{name}-{notes}"
    return document


def close_heading_gaps(tags: Iterable[Tag], level: int) -> None:
    """Let no heading stand more than one level below the one before it (ISO 14289-1, 7.4.2).

    `level` is that of the last heading before the tags, 0 where there is none.
    """
    headings = [tag for tag in tags if is_heading(tag)]
    levels = closed_levels([int(tag.role[1]) for tag in headings], level)
    for heading, closed in zip(headings, levels, strict=True):
        heading.role = f"H{closed}"


def closed_levels(levels: Iterable[int], level: int) -> list[int]:
    """Close the gaps in the levels of headings; `level` is the one before them."""
    closed = [level]
    for wish in levels:
        closed.append(min(wish, closed[-1] + 1, 6))
    return closed[1:]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the reading stands: its language, and whether in a part, in contents, in notes."""

    language: str
    in_part: bool = False
    in_contents: bool = False
    in_notes: bool = False

    def inside(self, element: LaidElement) -> "_Place":
        classes = _classes(element)
        return _Place(
            element.attributes.get("lang", self.language),
            self.in_part or "in-part" in classes,
            self.in_contents or element.name == "nav" or "entries" in classes,
            "endnotes" in classes or (self.in_notes and element.name != "li"),
        )


def _classes(element: LaidElement) -> list[str]:
    return element.attributes.get("class", "").split()


def _kids(element: LaidElement, place: _Place) -> list[Kid]:
    kids: list[Kid] = []
    for kid in element.kids:
        if isinstance(kid, LaidElement):
            kids += _element(kid, place)
        else:
            kids.append(kid)
    return kids


def _element(element: LaidElement, place: _Place) -> list[Kid]:
    """Give the tags of an element: one, or what is in it where it has no meaning of its own."""
    inside = place.inside(element)
    kids = _kids(element, inside)
    if not kids and element.name not in ("td", "th"):
        return []
    tags = _tags(element, kids, inside)
    if inside.language != place.language:
        return [_in_language(element, tags, inside.language)]
    return tags


def _in_language(element: LaidElement, tags: list[Kid], language: str) -> Tag:
    if len(tags) == 1 and isinstance(tags[0], Tag):
        tags[0].language = language
        return tags[0]
    if element.is_block:
        return Tag("Div", in_paragraphs(tags), language=language)
    return Tag("Span", tags, language=language)


def _tags(element: LaidElement, kids: list[Kid], place: _Place) -> list[Kid]:
    name = element.name
    rule = RULES.get(name)
    if rule is not None:
        return rule(element, kids)
    if name in SAME:
        return [Tag(SAME[name], kids)]
    if name in HEADINGS:
        level = int(name[1]) + place.in_part
        return [Tag(f"H{level}", kids, title=element.words)]
    if name in ("ol", "ul", "menu"):
        return _list(element, kids, place)
    if name == "a":
        return _anchor(element, kids, place)
    return _by_pseudo_element(element, kids)


def _list(element: LaidElement, kids: list[Kid], place: _Place) -> list[Kid]:
    if place.in_notes:
        return note_tags(kids)
    return contents_tags(kids) if place.in_contents else list_tags(element, kids)


def _anchor(element: LaidElement, kids: list[Kid], place: _Place) -> list[Kid]:
    is_reference = place.in_contents or not REFERENCES.isdisjoint(_classes(element))
    link = _link(element, kids)
    if not NUMBERS.isdisjoint(_classes(element)):
        return [Tag("Lbl", link)]
    return [Tag("Reference", link)] if is_reference else link


def _by_pseudo_element(element: LaidElement, kids: list[Kid]) -> list[Kid]:
    if element.name.endswith("::footnote-call"):
        return [Tag("Reference", _link(element, kids))]
    if element.name.endswith("::footnote-marker"):
        return [Tag("Lbl", _link(element, kids))]
    return _meaningless(element, kids)


def _group(element: LaidElement, kids: list[Kid]) -> list[Kid]:
    tag = Tag(GROUPS[element.name], in_paragraphs(kids))
    if element.name != "blockquote":
        tag.title = element.attributes.get("aria-label") or _first_heading(tag)
    return [tag]


def _first_heading(tag: Tag) -> str:
    for kid in tag.kids:
        if isinstance(kid, Tag):
            words = kid.title if is_heading(kid) else _first_heading(kid)
            if words:
                return words
    return ""


def _listing(_element: LaidElement, kids: list[Kid]) -> list[Kid]:
    if len(kids) == 1 and isinstance(kids[0], Tag) and kids[0].role == "Code":
        return [Tag("P", kids)]
    return [Tag("P", [Tag("Code", kids)])]


def _link(element: LaidElement, kids: list[Kid]) -> list[Kid]:
    """Tag a link; on paper, where it has no area, it is text like other text."""
    return [Tag("Link", kids, words=element.words)] if _has_hotspot(kids) else kids


def _has_hotspot(kids: list[Kid]) -> bool:
    return any(
        isinstance(kid, Hotspot) or (isinstance(kid, Tag) and _has_hotspot(kid.kids))
        for kid in kids
    )


def _footnote(_element: LaidElement, kids: list[Kid]) -> list[Kid]:
    return note_tags([Tag("li", kids)])


def _picture(element: LaidElement, kids: list[Kid]) -> list[Kid]:
    """Tag a picture, with its words and its rectangle on the page."""
    is_formula = element.attributes.get("role") == "math" or "math" in _classes(element)
    tag = Tag("Formula" if is_formula else "Figure", kids)
    tag.alternative = element.attributes.get("alt", "")
    areas = [kid.area for kid in kids if isinstance(kid, Mark) and kid.area]
    if areas:
        tag.attributes["Layout"] = {"BBox": list(areas[0])}
    return [tag]


def _abbreviation(element: LaidElement, kids: list[Kid]) -> list[Kid]:
    title = element.attributes.get("title", "")
    return [Tag("Span", kids, expansion=title)] if title else kids


def _ruby(_element: LaidElement, kids: list[Kid]) -> list[Kid]:
    """Tag a base text and its reading; bare text in a ruby is base text."""
    parts: list[Kid] = []
    for kid in kids:
        if isinstance(kid, Tag) and kid.role in ("RB", "RT", "RP"):
            parts.append(kid)
        elif parts and isinstance(parts[-1], Tag) and parts[-1].role == "RB":
            parts[-1].kids.append(kid)
        else:
            parts.append(Tag("RB", [kid]))
    return [Tag("Ruby", parts)]


def _meaningless(element: LaidElement, kids: list[Kid]) -> list[Kid]:
    """Give the content of an element away; a block keeps its text apart from its neighbours'."""
    if "sidenote" in _classes(element):
        return note_tags([Tag("li", kids)])
    if "index-list" in _classes(element):
        return [Tag("Index", in_paragraphs(kids))]
    return in_paragraphs(kids) if element.is_block and "::" not in element.name else kids


RULES: dict[str, Rule] = {
    **dict.fromkeys(GROUPS, _group),
    "pre": _listing,
    "dl": definition_tags,
    "table": table_tags,
    "th": cell_tags,
    "td": cell_tags,
    "figure": figure_tags,
    "img": _picture,
    "svg": _picture,
    "abbr": _abbreviation,
    "ruby": _ruby,
    "::footnote": _footnote,
}
