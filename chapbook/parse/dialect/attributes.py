"""Attribute lists: `{: #id .class key="value" }`, or short `{#id}` and `{.class}`.

Python-Markdown takes any braces at the end of a heading; words in braces are words here.
"""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.attr_list import (
    AttrListExtension,
    AttrListTreeprocessor,
    get_attrs_and_remainder,
)

LIST = r"\{(?::[ ]*(?![ ])|(?=[ ]*[#.][^\s{}]))([^{}\n]*)\}"
ALONE = re.compile(rf"\s*{LIST}\s*")


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


class BreakLists(BlockProcessor):
    """Gives a line across the page the list that stands below it."""

    def test(self, parent: Element, block: str) -> bool:
        """Whether this block is one of ours."""
        last = self.lastChild(parent)
        is_line = last is not None and last.tag == "hr" and not last.get("class")
        return is_line and ALONE.fullmatch(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Take the block and give what it says to the line."""
        last, match = self.lastChild(parent), ALONE.fullmatch(blocks.pop(0))
        if last is not None and match is not None:
            assign(last, match[1])


class Attributes(AttrListExtension):
    """Registers it in the place of Python-Markdown's own."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds."""
        md.treeprocessors.register(Lists(md), "attr_list", 8)
        md.parser.blockprocessors.register(BreakLists(md.parser), "break_lists", 96)
