"""Between text and tree: read clean HTML, write well-formed XHTML, and move about in a tree."""

import re
from collections.abc import Iterable, Iterator
from html import escape
from xml.etree.ElementTree import Element, fromstring

from chapbook.parse.tags import BLOCKS, VOID

ROOM = " \t\n\r\f"
# All that is not one space already.
MUCH_ROOM = re.compile(f"[\\t\\n\\r\\f][{ROOM}]*| [{ROOM}]+")


# As html5ever writes it: https://html.spec.whatwg.org/#serialising-html-fragments
VOID_TAG = re.compile(rf"<((?:{'|'.join(sorted(VOID))})(?: [^>]*)?)>")
BROKEN_TAG = re.compile(r"<[^>\n\t]*[\n\t][^>]*>")


def read_html(html: str) -> Element:
    """Read the HTML that the sanitiser wrote, which is well nested, into the tree of a `<div>`.

    `>` stands nowhere in it but at the end of a tag, and no character that XML can not hold.
    """
    xml = VOID_TAG.sub(r"<\1/>", html).replace("&nbsp;", "\xa0")
    return fromstring(f"<div>{BROKEN_TAG.sub(_keep_breaks, xml)}</div>")


def _keep_breaks(tag: re.Match[str]) -> str:
    # A literal line end in an attribute would be read as a space.
    return tag.group().replace("\n", "&#10;").replace("\t", "&#9;")


def write(elements: Iterable[Element]) -> str:
    """Write elements and their tails as XHTML: only void elements are closed in their own tag."""
    pieces: list[str] = []
    for element in elements:
        _write(element, pieces)
    return "".join(pieces)


def write_inside(element: Element) -> str:
    """Write what stands inside an element."""
    return escape(element.text or "", quote=False) + write(element)


def _write(element: Element, pieces: list[str]) -> None:
    tag, text, tail = element.tag, element.text, element.tail
    pieces.append(f"<{tag}")
    for name, value in element.items():
        pieces.append(f' {name}="{_quote(value)}"')
    if tag in VOID:
        pieces.append("/>")
    else:
        pieces.append(f">{escape(text, quote=False)}" if text else ">")
        for child in element:
            _write(child, pieces)
        pieces.append(f"</{tag}>")
    if tail:
        pieces.append(escape(tail, quote=False))


def _quote(value: str) -> str:
    # A literal line end in an attribute would be read back as a space.
    return escape(value, quote=False).replace('"', "&quot;").replace("\n", "&#10;")


def is_block(element: Element) -> bool:
    """Whether an element is one of those that stand on lines of their own."""
    return element.tag in BLOCKS


def classes(element: Element) -> list[str]:
    """Give the classes of an element."""
    return element.get("class", "").split()


def has_class(root: Element, *names: str) -> bool:
    """Whether an element of a tree may have one of these classes."""
    written = " ".join({element.get("class", "") for element in root.iter()})
    return any(name in written for name in names)


def set_classes(element: Element, names: Iterable[str]) -> None:
    """Give an element just these classes."""
    joined = " ".join(dict.fromkeys(names))
    if joined:
        element.set("class", joined)
    else:
        element.attrib.pop("class", None)


def inner_text(element: Element) -> str:
    """Give all text inside an element."""
    return "".join(element.itertext())


def squeeze(text: str) -> str:
    """Make one space of each stretch of white space, as the reader sees it."""
    return MUCH_ROOM.sub(" ", text).strip(ROOM)


def with_parents(root: Element) -> Iterator[tuple[Element, Element]]:
    """Give every element below `root` with its parent, outer ones first."""
    for parent in root.iter():
        for child in parent:
            yield parent, child


def remove(parent: Element, child: Element) -> None:
    """Take a child out and leave the text that follows it."""
    place = list(parent).index(child)
    tail = child.tail or ""
    parent.remove(child)
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail


def unwrap(parent: Element, child: Element) -> None:
    """Put what stands inside a child in its place."""
    place = list(parent).index(child)
    parent.remove(child)
    before = child.text or ""
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + before
    else:
        parent.text = (parent.text or "") + before
    for step, inner in enumerate(list(child)):
        parent.insert(place + step, inner)
    after = place + len(child)
    if after:
        parent[after - 1].tail = (parent[after - 1].tail or "") + (child.tail or "")
    else:
        parent.text = (parent.text or "") + (child.tail or "")
