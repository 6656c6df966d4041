"""Text in no paragraph, elements that say nothing, and anchors on lines of their own."""

from xml.etree.ElementTree import Element

from chapbook.parse.marks import CALL, CITATION
from chapbook.parse.tree import is_block, remove, unwrap, with_parents

MEANT = frozenset({"img", "br", "wbr"})
HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p"})
# What may hold words, or else holds blocks that do.
HOLDERS = HEADS | frozenset({"dt", "dd", "li", "td", "th", "figcaption", "pre", "summary"})


def wrap_loose(root: Element) -> None:
    """Put what stands between the blocks of the text into paragraphs."""
    children = list(root)
    loose = Element("p")
    loose.text, root.text = root.text or "", None
    for child in children:
        root.remove(child)
    for child in children:
        if is_block(child):
            _keep(root, loose)
            loose = Element("p")
            loose.text, child.tail = child.tail or "", None
            root.append(child)
        else:
            loose.append(child)
    _keep(root, loose)


def _keep(root: Element, loose: Element) -> None:
    if len(loose) or (loose.text or "").strip():
        root.append(loose)


def is_empty(element: Element) -> bool:
    """Whether an element shows nothing."""
    if (element.text or "").strip() or element.tag in MEANT:
        return False
    if "class" in element.attrib or "href" in element.attrib:  # the name of its target comes later
        return False
    return all(is_empty(child) and not (child.tail or "").strip() for child in element)


def remove_empty(root: Element) -> None:
    """Remove paragraphs that show nothing and that nothing can link to."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == "p" and is_empty(child) and not _has_id(child):
                remove(parent, child)


def _has_id(element: Element) -> bool:
    return any("id" in inner.attrib or "data-brace" in inner.attrib for inner in element.iter())


def move_anchors(root: Element) -> None:
    """Move the anchors and marks of an otherwise empty paragraph into the block after it.

    Alone they could come to stand at the foot of the page before the heading they are for.
    """
    for parent in list(root.iter()):
        for place in range(len(parent) - 1, -1, -1):
            child = parent[place]
            if child.tag == "p" and is_empty(child):
                _move(parent, place)


def _move(parent: Element, place: int) -> None:
    holder = parent[place]
    moved = [Element("span", {"id": e.attrib["id"]}) for e in holder.iter() if "id" in e.attrib]
    marks = [inner for inner in holder.iter() if "data-brace" in inner.attrib]
    following = parent[place + 1] if place + 1 < len(parent) else None
    if following is not None and not moved:
        following = next((e for e in following.iter() if e.tag in HOLDERS), None)
    elif following is not None and following.tag not in HEADS:
        following = None
    if following is None:
        holder.tag = "div"
        return
    remove(parent, holder)
    _begin_with(following, [*moved, *marks])


def _begin_with(following: Element, moved: list[Element]) -> None:
    text, following.text = following.text, None
    for step, element in enumerate(moved):
        element.tail = None
        following.insert(step, element)
    moved[-1].tail = text


def unlink(root: Element) -> None:
    """Take links apart that lead nowhere, for their address was unsafe, and images of that kind."""
    for parent, child in reversed(list(with_parents(root))):
        if child.tag == "a" and not {"href", "id"} & set(child.attrib):
            if not child.get("class", "").startswith((CALL, CITATION)):
                unwrap(parent, child)
        elif child.tag == "img" and not child.get("src"):
            if parent.tag == "figure" or not child.get("alt"):
                remove(parent, child)
            else:
                _show_words(child)


def _show_words(image: Element) -> None:
    """Keep what an image shows, in words, where its address was unsafe."""
    image.tag, image.text = "span", image.get("alt")
    image.attrib.clear()
    image.set("class", "missing-image")
