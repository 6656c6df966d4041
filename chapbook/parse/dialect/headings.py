"""Headings and section breaks. In a heading `#` must be followed by a space. https://spec.commonmark.org/0.31.2/#atx-headings"""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension

from chapbook.parse.dialect.lines import HEADING, RULE, is_table


class HashHeadings(BlockProcessor):
    """Makes a heading of a line that begins with `# `."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        """Whether this block is one of ours."""
        return HEADING.match(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Take the block and make its element."""
        match = HEADING.match(blocks.pop(0))
        if match is not None:
            heading = SubElement(parent, f"h{len(match['level'])}")
            heading.text = (match["words"] or "").strip()


class UnderlinedHeadings(BlockProcessor):
    """Makes a heading of the lines above `===` or `---`."""

    UNDERLINED = re.compile(
        r"(?P<words>(?:.+\n)+?) {0,3}(?P<line>=+|-+)[ ]*(?:\n(?P<rest>(?s:.*))|$)"
    )

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        """Whether this block is one of ours."""
        match = self.UNDERLINED.match(block)
        return match is not None and not is_table(block.split("\n", 2)[:2])

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Take the block and make its element."""
        match = self.UNDERLINED.match(blocks.pop(0))
        if match is not None:
            heading = SubElement(parent, "h1" if match["line"][0] == "=" else "h2")
            heading.text = match["words"].strip()
            if match["rest"]:
                blocks.insert(0, match["rest"])


class SectionBreaks(BlockProcessor):
    """Makes `<hr>` of `***`, `---` or `___`, with or without spaces."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        """Whether this block is one of ours."""
        return RULE.match(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Take the block and make its element."""
        blocks.pop(0)
        SubElement(parent, "hr")


class Headings(Extension):
    """Replaces the headings and section breaks of Python-Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds."""
        processors = md.parser.blockprocessors
        processors.deregister("hashheader")
        processors.deregister("setextheader")
        processors.register(HashHeadings(md.parser), "hash_headings", 70)
        processors.register(SectionBreaks(md.parser), "hr", 50)
        processors.register(UnderlinedHeadings(md.parser), "underlined_headings", 60)
