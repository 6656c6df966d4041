"""Lists as CommonMark understands them, and a little more kindly.

An item holds the lines that are indented as far as its words. As many authors nest with two
spaces whatever the marker, two are enough. https://spec.commonmark.org/0.31.2/#lists
"""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension

from chapbook.parse.dialect.context import DEEPEST, Context
from chapbook.parse.dialect.lines import MARKER, interrupts, is_item, stands_alone, width_of

LEAST = 2


@dataclass(slots=True)
class _Item:
    """An item while its lines are gathered; `width` is what is taken off each of them."""

    words_at: int
    width: int = 0
    lines: list[str] = field(default_factory=list)
    nested_at: int | None = None
    is_loose: bool = False


@dataclass(slots=True)
class _List:
    """A list while it is gathered."""

    kind: str
    start: int
    indent: int
    items: list[_Item] = field(default_factory=list)
    is_loose: bool = False

    def take(self, line: str, after_blank: bool) -> bool:
        """Take a line into the list, or say that it does not belong."""
        if width_of(line) >= self.indent + LEAST and not self._is_next(line):
            self._go_on(line, after_blank)
            return True
        if is_item(line):
            return self._begin(line, after_blank)
        if after_blank or interrupts(line) or self._ends_with_block():
            return False
        self.items[-1].lines.append(line.strip())
        return True

    def _is_next(self, line: str) -> bool:
        """Whether a line bears the next number and is not indented as far as the words above."""
        match = MARKER.match(line)
        if match is None or match["number"] is None or _kind(match["mark"]) != self.kind:
            return False
        is_child = width_of(line) >= self.items[-1].words_at
        return not is_child and int(match["number"]) == self.start + len(self.items) != 1

    def _begin(self, line: str, after_blank: bool) -> bool:
        match = MARKER.match(line)
        if match is None or _kind(match["mark"]) != self.kind:
            return False
        self.is_loose |= after_blank
        room = len(match["room"])
        words_at = match.end() if 1 <= room <= 4 else match.end("mark") + 1
        item = _Item(words_at, lines=[line[words_at:]])
        self.items.append(item)
        inner = MARKER.match(item.lines[0])
        item.nested_at = width_of(item.lines[0]) if inner else None
        return True

    def _go_on(self, line: str, after_blank: bool) -> None:
        item = self.items[-1]
        item.width = item.width or min(item.words_at, width_of(line))
        text = line[min(item.width, width_of(line)) :]
        is_nested = item.nested_at is not None and (
            is_item(text) or width_of(text) >= item.nested_at + LEAST
        )
        if after_blank:
            item.lines.append("")
            item.is_loose |= not is_nested and any(item.lines)
        if is_item(text) and not is_nested:
            item.nested_at = width_of(text)
        elif after_blank and not is_nested:
            item.nested_at = None
        item.lines.append(text)

    def _ends_with_block(self) -> bool:
        last = self.items[-1].lines[-1]
        return not last.strip() or stands_alone(last)


def _kind(mark: str) -> str:
    return mark if mark in "-+*" else mark[-1]


class Lists(BlockProcessor):
    """Makes `<ul>` and `<ol>`."""

    def __init__(self, parser: BlockParser, context: Context) -> None:
        """Work for the file of `context`."""
        super().__init__(parser)
        self.context = context

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        """Whether this block is one of ours."""
        if not is_item(block.split("\n", 1)[0]):
            return False
        if len(self.parser.state) >= DEEPEST:
            self.context.is_too_deep = True
            return False
        return True

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Take the block and make its element."""
        found = self._gather(blocks)
        element = SubElement(parent, "ul" if found.kind in "-+*" else "ol")
        if found.kind not in "-+*" and found.start != 1:
            element.set("start", str(found.start))
        is_loose = found.is_loose or any(item.is_loose for item in found.items)
        self.parser.state.set("looselist" if is_loose else "list")
        for item in found.items:
            self.parser.parseChunk(SubElement(element, "li"), "\n".join(item.lines))
        self.parser.state.reset()

    def _gather(self, blocks: list[str]) -> _List:
        """Take the lines of the list off `blocks` and leave the rest."""
        lines = blocks.pop(0).split("\n")
        match = MARKER.match(lines[0])
        if match is None:
            raise ValueError(lines[0])
        found = _List(_kind(match["mark"]), int(match["number"] or 1), len(match["indent"]))
        after_blank = False
        while True:
            for place, line in enumerate(lines):
                if not found.items:
                    found._begin(line, False)
                elif not found.take(line, after_blank and place == 0):
                    blocks.insert(0, "\n".join(lines[place:]))
                    return found
            while blocks and not blocks[0].strip():
                blocks.pop(0)
            if not blocks:
                return found
            lines = blocks.pop(0).lstrip("\n").split("\n")
            after_blank = True


class ListsExtension(Extension):
    """Replaces the lists of Python-Markdown."""

    def __init__(self, context: Context) -> None:
        """Work for the file of `context`."""
        super().__init__()
        self.context = context

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds."""
        for name in ("indent", "olist", "ulist"):
            md.parser.blockprocessors.deregister(name)
        md.parser.blockprocessors.register(Lists(md.parser, self.context), "lists", 95)
