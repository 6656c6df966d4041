"""`!!! only print epub` and an indented text: what these editions alone show.

`read` has checked the names, and left out what is for another language.
"""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension

from chapbook.conditions import CLASS
from chapbook.parse.dialect.indented import gather

ONLY = re.compile(r"!!! ?only(?P<names>(?: +[\w-]+)+) *$", re.IGNORECASE)


class Only(BlockProcessor):
    """Makes `<div class="only-print only-epub">`: `compose` keeps its inside, or nothing."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        """Whether this block is one of ours."""
        return ONLY.match(block.split("\n", 1)[0]) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Take the block and make its element."""
        first, *lines = blocks.pop(0).split("\n")
        match = ONLY.match(first)
        if match is None:
            return
        names = [f"{CLASS}{name}" for name in match["names"].lower().split()]
        inside, _ = gather(lines, blocks, is_lazy=False)
        self.parser.state.set("admonition")
        self.parser.parseChunk(SubElement(parent, "div", {"class": " ".join(names)}), inside)
        self.parser.state.reset()


class Conditions(Extension):
    """Registers the above before the boxes (97)."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds."""
        md.parser.blockprocessors.register(Only(md.parser), "only", 97.5)
