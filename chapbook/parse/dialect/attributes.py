"""Attribute lists: `{: #id .class key="value" }`, or short `{#id}` and `{.class}`.

Python-Markdown takes any braces at the end of a heading; words in braces are words here.
"""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.attr_list import (
    AttrListExtension,
    AttrListTreeprocessor,
    get_attrs_and_remainder,
)

LIST = r"\{(?::[ ]*(?![ ])|(?=[ ]*[#.][^\s{}]))([^{}\n]*)\}"


def assign(element: Element, written: str) -> None:
    """Give an element the attributes of a list."""
    for name, value in get_attrs_and_remainder(written)[0]:
        if name == ".":
            element.set("class", f"{element.get('class', '')} {value}".strip())
        else:
            element.set(name, value or "")


class Lists(AttrListTreeprocessor):
    """Reads the lists that begin as ours do."""

    HEADER_RE = re.compile(rf"(?:^|[ ]+){LIST}[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{LIST}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{LIST}")  # type: ignore[misc]


class Attributes(AttrListExtension):
    """Registers it in the place of Python-Markdown's own."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds."""
        md.treeprocessors.register(Lists(md), "attr_list", 8)
