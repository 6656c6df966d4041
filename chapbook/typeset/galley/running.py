"""Write a running element as HTML, so that it can be laid out again in the margin of any page."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from html import escape
from typing import Any
from xml.etree import ElementTree

from weasyprint import HTML
from weasyprint.formatting_structure import boxes

from chapbook.typeset.document import write_page
from chapbook.typeset.galley.boxes import Box

SHOWING = frozenset({"img", "image", "object", "embed", "input", "use"})
HIDDEN = "display: none !important"
OF_LISTS = frozenset({"li", "ol"})
Parents = Mapping[Any, Any]


def write_running(element: Any, parents: Parents) -> str:
    """Write an element inside those that it stands in, below `<body>`, without their content.

    Their next neighbours stand there too, empty and out of sight. So rules that ask for what is
    around the element still hold, and it inherits what it did.
    """
    alone = deepcopy(element)
    alone.tail = None
    for inner in alone.iter():
        inner.tag = _bare(inner.tag)
    html = _beside(ElementTree.tostring(alone, "unicode", method="html"), element, parents)
    for around in _around(element, parents):
        html = _beside(f"{_opening(around)}{html}</{_bare(around.tag)}>", around, parents)
    return html


def looks_alike(box: Box, html: str, parents: Parents, root: Any, css: Any) -> bool:
    """Whether a running element and what it stands in follow the same rules when written as HTML.

    `root` is the engine's view of the document that it comes from. What it names, numbers or
    shows from a file would not be the same.
    """
    if _has_place(box) or any(_bare(e.tag) in SHOWING | OF_LISTS for e in box.element.iter()):
        return False
    own = {wrapper.etree_element: wrapper for wrapper in root.iter_subtree()}
    there = [*_around(box.element, parents)][::-1] + list(box.element.iter())
    document = HTML(string=write_page(root.lang or "", _body_class(root), [html]))
    here = _written(document, len(there))
    rules = [_rules(css, own[element]) for element in there if element in own]
    return rules == [_rules(css, wrapper) for wrapper in here]


def _body_class(root: Any) -> str:
    body = root.etree_element.find("body")
    return "" if body is None else str(body.get("class", ""))


def _written(document: Any, count: int) -> list[Any]:
    """Give the elements of the document below its body, without the neighbours."""
    body = next(one for one in document.wrapper_element.iter_children() if one.local_name == "body")
    wrappers = [one for one in body.iter_subtree() if not _is_hidden(one)][1:]
    return wrappers if len(wrappers) == count else []


def _rules(css: Any, wrapper: Any) -> list[tuple[int, str | None]]:
    return [(order, pseudo) for _, order, pseudo, _ in css.matcher.match(wrapper)]


def _has_place(box: Box) -> bool:
    """Whether a link or the outline could lead to the element, or it has a picture in its style."""
    return any(
        inner.style["anchor"] or inner.bookmark_label or isinstance(inner, boxes.ReplacedBox)
        for inner in box.descendants()
    )


def _around(element: Any, parents: Parents) -> Iterator[Any]:
    """Give what an element stands in, from the inside to the outside, below the body."""
    around = parents.get(element)
    while around is not None and around.tag != "body":
        yield around
        around = parents.get(around)


def _beside(html: str, element: Any, parents: Parents) -> str:
    """Put the neighbours of an element before and after it."""
    siblings = [one for one in parents[element] if isinstance(one.tag, str)]
    place = siblings.index(element)
    before, after = siblings[max(place - 1, 0) : place], siblings[place + 1 : place + 2]
    return "".join([*map(_stub, before), html, *map(_stub, after)])


def _stub(element: Any) -> str:
    return f"{_opening(element, HIDDEN)}</{_bare(element.tag)}>"


def _opening(element: Any, style: str = "") -> str:
    own = dict(element.items()) | ({"style": style} if style else {})
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in own.items())
    return f"<{_bare(element.tag)}{attributes}>"


def _is_hidden(wrapper: Any) -> bool:
    return bool(wrapper.etree_element.get("style") == HIDDEN)


def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]
