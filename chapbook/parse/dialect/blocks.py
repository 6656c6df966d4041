"""Cut blocks where CommonMark does, and put back what was taken out of them."""

import re
from collections.abc import Callable
from html import escape
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.util import ETX, INLINE_PLACEHOLDER_RE, STX

from chapbook.parse.dialect.captions import CAPTION
from chapbook.parse.dialect.charts import is_chart
from chapbook.parse.dialect.code import write_code
from chapbook.parse.dialect.context import Context
from chapbook.parse.dialect.csv_tables import put_table
from chapbook.parse.dialect.formulas import write_block
from chapbook.parse.dialect.lines import (
    ADMONITION,
    DEFINITION,
    QUOTE,
    TABLE_NOTE,
    UNDERLINE,
    interrupts,
    is_item,
    is_stashed,
    is_table,
    stands_alone,
)
from chapbook.parse.formula_lines import FormulaLines
from chapbook.parse.marks import BARE, CLOSE, DIRECTIVE, OPEN, STASHED, stashed
from chapbook.parse.scan import Fence


class CutBlocks(BlockProcessor):
    """Cuts a block before a line that interrupts it, so that the others need look at one line."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        """Whether this block is one of ours."""
        return "\n" in block and self._place(block.split("\n")) > 0

    def run(self, parent: Element, blocks: list[str]) -> None:  # noqa: ARG002
        """Take the block and make its element."""
        lines = blocks.pop(0).split("\n")
        place = self._place(lines)
        blocks[:0] = ["\n".join(lines[:place]), "\n".join(lines[place:])]

    def _place(self, lines: list[str]) -> int:
        first = lines[0]
        if stands_alone(first):
            return 1
        if first.startswith("    ") or QUOTE.match(first) or ADMONITION.match(first):
            return 0
        if is_item(first):
            return 0
        if CAPTION.match(first) and is_table(lines[1:]):
            return 1
        return _next(lines, _ends_table if is_table(lines) else _ends_text)


def _next(lines: list[str], ends: Callable[[str], bool]) -> int:
    for place, line in enumerate(lines):
        if place and ends(line):
            return place
    return 0


def _ends_table(line: str) -> bool:
    begins = (CAPTION, DEFINITION, TABLE_NOTE)
    return interrupts(line) or any(pattern.match(line) for pattern in begins)


def _ends_text(line: str) -> bool:
    # `---` under a paragraph makes a heading of it.
    return interrupts(line) and not UNDERLINE.match(line)


class PutBack(BlockProcessor):
    """Keeps a place for code, raw HTML and directives where their sign stands."""

    def __init__(self, parser: BlockParser, context: Context) -> None:
        """Work for the file of `context`."""
        super().__init__(parser)
        self.directives = context.directives

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        """Whether this block is one of ours."""
        return is_stashed(block)

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Take the block and make its element."""
        match = STASHED.fullmatch(blocks.pop(0).strip())
        if match is None or match[1] == "C":
            return
        if match[1] == "D":
            directive = self.directives.taken[int(match[2])]
            if directive.word == "table" and put_table(parent, directive, self.directives):
                return
        SubElement(parent, "hr", {"class": match.group()})


class PutBackHtml(Postprocessor):
    """Replaces the signs of code, raw HTML and directives by HTML that no one else reads."""

    SIGN = re.compile(f'<hr class="{OPEN}([DFMR])([0-9]+){CLOSE}">')

    def __init__(self, context: Context) -> None:
        """Work for the file of `context`."""
        super().__init__()
        self.context = context

    def run(self, text: str) -> str:
        """Take the block and make its element."""
        text = self.SIGN.sub(self._html, text)
        text = text.replace(f"<p>{BARE}", "").replace(f"{BARE}</p>", "").replace(BARE, "")
        return STASHED.sub(self._misplaced, text)

    def _html(self, sign: re.Match[str]) -> str:
        if sign[1] == "D":
            return f'<div class="{DIRECTIVE}{sign[2]}"></div>'
        content = self.context.scan.stash[int(sign[2])]
        if isinstance(content, FormulaLines):
            return write_block(content, self.context.formulas)
        if not isinstance(content, Fence):
            return content
        return self.context.charts.write(content) if is_chart(content.info) else write_code(content)

    def _misplaced(self, sign: re.Match[str]) -> str:
        """Show what was taken out of a place where no block can stand."""
        if sign[1] == "N":
            return sign.group()
        if sign[1] == "D":
            return escape(self.context.directives.taken[int(sign[2])].written)
        content = self.context.scan.stash[int(sign[2])]
        if isinstance(content, FormulaLines):
            return escape(content.latex)
        return escape(content.code) if isinstance(content, Fence) else content


class PutBackInline(Postprocessor):
    """Shows what stands inside a mark that another mark has cut in two."""

    def __init__(self, markdown: Markdown) -> None:
        """Look among what `markdown` has put aside."""
        super().__init__()
        self.inline = markdown.treeprocessors["inline"]

    def run(self, text: str) -> str:
        """Take Python-Markdown's own signs out of finished HTML."""
        return INLINE_PLACEHOLDER_RE.sub(self._show, text).replace(STX, "").replace(ETX, "")

    def _show(self, sign: re.Match[str]) -> str:
        node = self.inline.stashed_nodes.get(sign[1], "")  # type: ignore[attr-defined]
        return escape(node if isinstance(node, str) else "".join(node.itertext()))


def note_sign(number: int) -> str:
    """Give the line that stands before the Markdown of a note."""
    return stashed("N", number)


def cut_notes(html: str) -> list[str]:
    """Cut the HTML of a file into that of its text and that of each of its notes."""
    return re.split(f'<hr class="{OPEN}N[0-9]+{CLOSE}">', html)


class Blocks(Extension):
    """Registers the above."""

    def __init__(self, context: Context) -> None:
        """Work for the file of `context`."""
        super().__init__()
        self.context = context

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds."""
        # Lines reach us whole: what these two would do to them has been done.
        md.preprocessors.deregister("html_block")
        md.treeprocessors.deregister("prettify")
        md.parser.blockprocessors.register(CutBlocks(md.parser), "cut", 99)
        md.parser.blockprocessors.register(PutBack(md.parser, self.context), "put_back", 98)
        md.postprocessors.register(PutBackHtml(self.context), "put_back_html", 40)
        md.postprocessors.register(PutBackInline(md), "put_back_inline", 5)
