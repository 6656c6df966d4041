"""XHTML fragments as trees, and trees as the text that each edition's reader understands."""

from collections.abc import Callable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

EPUB = "http://www.idpf.org/2007/ops"
XML = "http://www.w3.org/XML/1998/namespace"
SVG = "http://www.w3.org/2000/svg"
MATHML = "http://www.w3.org/1998/Math/MathML"
XHTML = "http://www.w3.org/1999/xhtml"
OWN_NAMESPACE = {"svg": SVG, "math": MATHML}

ElementTree.register_namespace("epub", EPUB)


def parse_fragment(xhtml: str) -> Element:
    """Read a fragment into one root element, `x`; names of SVG, MathML and XHTML stand bare.

    Raises `ElementTree.ParseError` where it is not well-formed.
    """
    return _bare(ElementTree.fromstring(f'<x xmlns:epub="{EPUB}">{xhtml}</x>'))


def parse_document(xml: str) -> Element:
    """Read a whole document, with names as in a fragment; raises `ElementTree.ParseError`."""
    return _bare(ElementTree.fromstring(xml.encode()))


def _bare(root: Element) -> Element:
    for element in root.iter():
        space, _, name = element.tag.rpartition("}")
        if space[1:] in (SVG, MATHML, XHTML):
            element.tag = name
    return root


def write_html(root: Element) -> str:
    """Write what stands in `root` for a parser of HTML."""
    return _inside(ElementTree.tostring(root, "unicode", method="html"))


def write_xhtml(root: Element) -> str:
    """Write what stands in `root` for a parser of XML; SVG and MathML get their namespace.

    `xmlns:epub` is not declared in it: the document around it does so.
    """
    for element in root.iter():
        if element.tag in OWN_NAMESPACE:
            element.set("xmlns", OWN_NAMESPACE[element.tag])
    return _inside(ElementTree.tostring(root, "unicode"))


def _inside(text: str) -> str:
    """Take the root's own tags off; the namespaces are declared in them alone."""
    if text.endswith("/>"):
        return ""
    return text[text.index(">") + 1 : text.rindex("</")]


def classes(element: Element) -> list[str]:
    """Give the classes of an element."""
    return element.get("class", "").split()


def unwrap(root: Element, unwanted: Callable[[Element], bool]) -> None:
    """Replace each unwanted element by what stands in it."""
    for parent in list(root.iter()):
        while (found := next((c for c in parent if unwanted(c)), None)) is not None:
            _dissolve(parent, found)


def remove(parent: Element, child: Element) -> None:
    """Take an element out and leave the text after it."""
    child.text, child[:] = "", []
    _dissolve(parent, child)


def _dissolve(parent: Element, child: Element) -> None:
    index = list(parent).index(child)
    inner = list(child)
    child[:] = []  # whoever still goes through it must not meet them twice
    before = child.text or ""
    if inner:
        inner[-1].tail = (inner[-1].tail or "") + (child.tail or "")
    else:
        before += child.tail or ""
    parent[index : index + 1] = inner
    if index:
        parent[index - 1].tail = (parent[index - 1].tail or "") + before
    else:
        parent.text = (parent.text or "") + before
