"""Leaves that an author asks for: a page break, a blank page."""

from xml.etree.ElementTree import Element

from chapbook.parse.dialect.directives import directives_in, settle

LEAVES = {"page break": "page-break", "blank page": "blank-page"}


def turn_leaves(root: Element) -> None:
    """Make of each such directive an empty block of its class."""
    for word, name in LEAVES.items():
        for element in directives_in(root, word):
            settle(element, name)
