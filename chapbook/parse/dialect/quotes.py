"""Block quotes: a blank line ends one. https://spec.commonmark.org/0.31.2/#block-quotes"""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension

from chapbook.parse.dialect.context import DEEPEST, Context
from chapbook.parse.dialect.lines import QUOTE, interrupts, stands_alone

SIGN = re.compile(r" {0,3}> ?")


class Quotes(BlockProcessor):
    """Makes `<blockquote>`."""

    def __init__(self, parser: BlockParser, context: Context) -> None:
        """Work for the file of `context`."""
        super().__init__(parser)
        self.context = context

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        """Whether this block is one of ours."""
        if not QUOTE.match(block):
            return False
        if len(self.parser.state) >= DEEPEST:
            self.context.is_too_deep = True
            return False
        return True

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Take the block and make its element."""
        lines = blocks.pop(0).split("\n")
        inside: list[str] = []
        for line in lines:
            sign = SIGN.match(line)
            if sign:
                inside.append(line[sign.end() :])
            elif interrupts(line) or not inside[-1].strip() or stands_alone(inside[-1]):
                break
            else:
                inside.append(line)
        if len(inside) < len(lines):
            blocks.insert(0, "\n".join(lines[len(inside) :]))
        self.parser.state.set("blockquote")
        self.parser.parseChunk(SubElement(parent, "blockquote"), _blank("\n".join(inside)))
        self.parser.state.reset()


def _blank(text: str) -> str:
    return re.sub(r"(?m)^ +$", "", text)


class QuotesExtension(Extension):
    """Replaces the quotes of Python-Markdown."""

    def __init__(self, context: Context) -> None:
        """Work for the file of `context`."""
        super().__init__()
        self.context = context

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds."""
        md.parser.blockprocessors.deregister("quote")
        md.parser.blockprocessors.register(Quotes(md.parser, self.context), "quotes", 94)
