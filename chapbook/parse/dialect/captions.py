"""The caption of a table: a paragraph `Table: …`, or `: …` right after it."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension

from chapbook.parse.dialect.attributes import LIST, assign
from chapbook.parse.marks import CAPTION as CLASS
from chapbook.parse.marks import CAPTION_AFTER

CAPTION = re.compile(r" {0,3}Table:[ ]+(?=\S)")
COLON = re.compile(r" {0,3}:[ ]+(?=\S)")
ATTRIBUTES = re.compile(rf"\s*{LIST}\s*$")


class TableCaptions(BlockProcessor):
    """Marks such a paragraph; whether it stands by a table is seen when all is read."""

    def test(self, parent: Element, block: str) -> bool:
        """Whether this block is one of ours."""
        if CAPTION.match(block):
            return True
        last = self.lastChild(parent)
        return last is not None and last.tag == "table" and COLON.match(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Take the block and make its element."""
        block = blocks.pop(0)
        last = self.lastChild(parent)
        is_after = last is not None and last.tag == "table"
        caption = SubElement(parent, "p")
        match = ATTRIBUTES.search(block)
        if match:
            assign(caption, match[1])
            block = block[: match.start()]
        name = CAPTION_AFTER if is_after else CLASS
        caption.set("class", f"{name} {caption.get('class', '')}".strip())
        opening = CAPTION.match(block) or COLON.match(block)
        caption.text = block[opening.end() :] if opening else block


class Captions(Extension):
    """Registers the above."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds."""
        md.parser.blockprocessors.register(TableCaptions(md.parser), "captions", 78)
