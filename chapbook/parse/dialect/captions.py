"""The caption of a table, a listing or an equation: `Table: …`, `Listing: …`, `Equation: …`.

It stands right before or after what it belongs to; after a table, `: …` will do.
"""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension

from chapbook.parse.dialect.attributes import LIST, assign
from chapbook.parse.marks import CAPTION as CLASS

CAPTION = re.compile(r" {0,3}(?P<kind>Table|Listing|Equation):[ ]+(?=\S)")
COLON = re.compile(r" {0,3}:[ ]+(?=\S)")
ATTRIBUTES = re.compile(rf"\s*{LIST}\s*$")


class CaptionLines(BlockProcessor):
    """Marks such a paragraph; what stands beside it is seen when all is read."""

    def test(self, parent: Element, block: str) -> bool:
        """Whether this block is one of ours."""
        if CAPTION.match(block):
            return True
        last = self.lastChild(parent)
        return last is not None and last.tag == "table" and COLON.match(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Take the block and make its element."""
        block = blocks.pop(0)
        caption = SubElement(parent, "p")
        match = ATTRIBUTES.search(block)
        if match:
            assign(caption, match[1])
            block = block[: match.start()]
        named = CAPTION.match(block)
        kind = named["kind"].lower() if named else "table"
        caption.set("class", f"{CLASS}{kind} {caption.get('class', '')}".strip())
        opening = named or COLON.match(block)
        caption.text = block[opening.end() :] if opening else block


class Captions(Extension):
    """Registers the above."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds."""
        md.parser.blockprocessors.register(CaptionLines(md.parser), "captions", 78)
