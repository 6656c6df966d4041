"""`[glossary]`: the lists of definitions behind it in the file explain the book's terms."""

from xml.etree.ElementTree import Element

from chapbook.parse.dialect.directives import directives_in
from chapbook.parse.tree import classes, set_classes, with_parents

GLOSSARY_LIST = "glossary-list"


def name_glossaries(root: Element) -> None:
    """Name these lists, and take the directive out where there is such a list."""
    for directive in directives_in(root, "glossary"):
        order = list(root.iter())
        lists = [e for e in order[order.index(directive) :] if e.tag == "dl"]
        for one in lists:
            set_classes(one, [GLOSSARY_LIST, *classes(one)])
        if lists:
            parent = next(above for above, child in with_parents(root) if child is directive)
            parent.remove(directive)
