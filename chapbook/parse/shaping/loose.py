"""Text in no paragraph, elements that say nothing, and anchors on lines of their own."""

from xml.etree.ElementTree import Element

from chapbook.parse.marks import CALL
from chapbook.parse.tree import is_block, remove, unwrap, with_parents

MEANT = frozenset({"img", "br", "wbr"})


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
    if (element.text or "").strip() or element.tag in MEANT or "class" in element.attrib:
        return False
    return all(is_empty(child) and not (child.tail or "").strip() for child in element)


def remove_empty(root: Element) -> None:
    """Remove paragraphs that show nothing and that nothing can link to."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == "p" and is_empty(child) and not _has_id(child):
                remove(parent, child)


def _has_id(element: Element) -> bool:
    return any("id" in inner.attrib for inner in element.iter())


def move_anchors(root: Element) -> None:
    """Move the anchors of an otherwise empty paragraph into the block after it.

    An anchor alone could come to stand at the foot of the page before the heading it is for.
    """
    for parent in list(root.iter()):
        for place in range(len(parent) - 1, -1, -1):
            child = parent[place]
            if child.tag == "p" and is_empty(child):
                _move(parent, place)


def _move(parent: Element, place: int) -> None:
    holder = parent[place]
    names = [inner.attrib["id"] for inner in holder.iter() if "id" in inner.attrib]
    following = parent[place + 1] if place + 1 < len(parent) else None
    if following is None or following.tag not in ("h1", "h2", "h3", "h4", "h5", "h6", "p"):
        holder.tag = "div"
        return
    remove(parent, holder)
    text, following.text = following.text, None
    for step, name in enumerate(names):
        following.insert(step, Element("span", {"id": name}))
    following[len(names) - 1].tail = text


def unlink(root: Element) -> None:
    """Take links apart that lead nowhere, for their address was unsafe, and images of that kind."""
    for parent, child in reversed(list(with_parents(root))):
        if child.tag == "a" and not {"href", "id"} & set(child.attrib):
            if CALL not in child.get("class", ""):
                unwrap(parent, child)
        elif child.tag == "img" and not child.get("src"):
            remove(parent, child)
