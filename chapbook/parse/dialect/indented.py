"""What is indented under a line that opens something: admonitions and definitions.

Python-Markdown reads the blocks inside one by one, which tears lists apart at their blank lines;
here they are gathered first and read together.
"""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension

from chapbook.parse.dialect.attributes import LIST, assign
from chapbook.parse.dialect.lines import ADMONITION, DEFINITION, interrupts, width_of
from chapbook.parse.marks import MADE, SHAPES

DEPTH = 4
# These only say how their text is laid out: no box is drawn around it, and it has no name.
LAYOUTS = frozenset({"columns", "landscape"})
# These have a title only where their author gives one.
UNTITLED = LAYOUTS | SHAPES
ATTRIBUTES = re.compile(rf"[ ]*{LIST}[ ]*")


def gather(first: list[str], blocks: list[str], is_lazy: bool) -> tuple[str, bool]:
    """Take the indented lines after an opening one, off the rest of its block and the next ones.

    Gives their text, and whether a blank line stands in it. `is_lazy` lets lines that are not
    indented go on with a paragraph.
    """
    inside: list[str] = []
    has_blank = False
    lines = first
    while True:
        for place, line in enumerate(lines):
            if line.strip() and width_of(line) < 2 and not _is_lazy(is_lazy, inside, place, line):
                blocks.insert(0, "\n".join(lines[place:]))
                return _dedent(inside), has_blank
            inside.append(line)
        while blocks and not blocks[0].strip():
            blocks.pop(0)
        if not blocks or width_of(blocks[0].lstrip("\n")) < DEPTH - 1:
            return _dedent(inside), has_blank
        lines = blocks.pop(0).lstrip("\n").split("\n")
        inside.append("")
        has_blank = True
        is_lazy = False


def _is_lazy(allowed: bool, inside: list[str], place: int, line: str) -> bool:
    return allowed and len(inside) == place and not (interrupts(line) or DEFINITION.match(line))


def _dedent(lines: list[str]) -> str:
    return "\n".join(line[min(DEPTH, width_of(line)) :] for line in lines)


class Admonitions(BlockProcessor):
    """Makes `<div class="admonition KIND">` of `!!! KIND "TITLE"` and what is indented below.

    An attribute list may follow in the same line or stand alone in the next.
    """

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        """Whether this block is one of ours."""
        return ADMONITION.match(block.split("\n", 1)[0]) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Take the block and make its element."""
        first, *lines = blocks.pop(0).split("\n")
        match = ADMONITION.match(first)
        if match is None:
            return
        kind = match["kind"].lower().split()
        is_layout = kind[0] in LAYOUTS
        names = _layout(kind) if is_layout else ["admonition", *kind]
        box = SubElement(parent, "div", {"class": " ".join(names)})
        assign(box, match["attributes"] or "")
        own = ATTRIBUTES.fullmatch(lines[0]) if lines else None
        if own is not None:
            assign(box, own[1])
            del lines[0]
        usual = "" if kind[0] in UNTITLED else kind[0].capitalize()
        title = usual if match["title"] is None else match["title"]
        if title:
            made = f" {MADE}" if match["title"] is None else ""
            SubElement(box, "p", {"class": f"admonition-title{made}"}).text = title
        inside, _ = gather(lines, blocks, is_lazy=False)
        self.parser.state.set("admonition")
        self.parser.parseChunk(box, inside)
        self.parser.state.reset()


def _layout(kind: list[str]) -> list[str]:
    """Give the classes of a layout; `columns 3` has one that says how many."""
    return [f"{kind[0]}-{name}" if name.isdecimal() else name for name in kind]


class Definitions(BlockProcessor):
    """Makes `<dl>` of terms on lines of their own, each followed by `:   ` and its meaning."""

    def test(self, parent: Element, block: str) -> bool:
        """Whether this block is one of ours."""
        lines = block.split("\n")
        if DEFINITION.match(lines[0]):
            last = self.lastChild(parent)
            return last is not None and last.tag in ("dl", "p") and not last.get("class")
        return len(lines) > 1 and self._first(lines) > 0

    def _first(self, lines: list[str]) -> int:
        for place, line in enumerate(lines):
            if DEFINITION.match(line):
                return place
        return 0

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Take the block and make its element."""
        lines = blocks.pop(0).split("\n")
        place = self._first(lines)
        terms = [line.strip() for line in lines[:place]]
        last = self.lastChild(parent)
        is_loose = False
        if not terms and last is not None and last.tag == "p":
            terms = [term.strip() for term in (last.text or "").split("\n")]
            parent.remove(last)
            last = self.lastChild(parent)
            is_loose = True
        found = last if last is not None and last.tag == "dl" else SubElement(parent, "dl")
        for term in terms:
            SubElement(found, "dt").text = term
        match = DEFINITION.match(lines[place])
        start = match.end() if match else 0
        inside, has_blank = gather(lines[place + 1 :], blocks, is_lazy=True)
        text = lines[place][start:] + ("\n" + inside if inside else "")
        self.parser.state.set("looselist" if is_loose or has_blank else "list")
        self.parser.parseChunk(SubElement(found, "dd"), re.sub(r"(?m)^ +$", "", text))
        self.parser.state.reset()


class Indented(Extension):
    """Registers both."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds."""
        md.parser.blockprocessors.register(Admonitions(md.parser), "admonitions", 97)
        md.parser.blockprocessors.register(Definitions(md.parser), "definitions", 25)
