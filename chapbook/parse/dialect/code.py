"""Code, coloured by Pygments with classes alone: https://pygments.org/docs/tokens/."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, Token, _TokenType
from pygments.util import ClassNotFound

from chapbook.parse.dialect.context import Context
from chapbook.parse.marks import stashed
from chapbook.parse.scan import Fence

INDENT = 4
LANGUAGE = re.compile(r"\{?[ ]*\.?([A-Za-z0-9_+#.-]+)")
# Lexers are many regular expressions: what is longer than any listing stays plain.
LONGEST = 200_000


def write_code(fence: Fence) -> str:
    """Write `<pre><code class="language-x">` in HTML, its text exactly that of the fence."""
    match = LANGUAGE.match(fence.info)
    language = match[1].lower() if match else ""
    named = f' class="language-{language}"' if language else ""
    pieces = [f"<pre><code{named}>"]
    for style, text in _colour(fence.code, language):
        written = escape(text, quote=False)
        pieces.append(f'<span class="{style}">{written}</span>' if style else written)
    return "".join([*pieces, "</code></pre>"])


def _colour(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Give the pieces of a code with the short class of each, empty for what has none."""
    tokens = _tokens(text, language)
    if "".join(value for _, value in tokens) != text:
        tokens = [(Token.Text, text)]
    styled = ((_style(kind), value) for kind, value in tokens)
    for style, run in groupby(styled, key=lambda piece: piece[0]):
        yield style, "".join(value for _, value in run)


def _tokens(text: str, language: str) -> list[tuple[_TokenType, str]]:
    if not language or len(text) > LONGEST:
        return [(Token.Text, text)]
    lexer = _lexer(language)
    return list(lexer.get_tokens(text)) if lexer else [(Token.Text, text)]


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@lru_cache(maxsize=1024)
def _style(kind: _TokenType) -> str:
    # A piece that the lexer cannot read is no fault of the book.
    is_plain = any(kind is part for part in (Token.Error, Token.Text, Token.Text.Whitespace))
    return "" if is_plain else STANDARD_TYPES.get(kind, "")


class Blanks(BlockProcessor):
    """Drops the blank lines between blocks; none of them belongs to a code before them."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        """Whether a block begins with a blank line."""
        return not block or block.startswith("\n")

    def run(self, parent: Element, blocks: list[str]) -> None:  # noqa: ARG002
        """Drop them."""
        rest = blocks.pop(0).lstrip("\n")
        if rest:
            blocks.insert(0, rest)


class IndentedCode(BlockProcessor):
    """Takes lines that are indented by four, and the blank lines between them, for a fence."""

    def __init__(self, parser: BlockParser, context: Context) -> None:
        """Work for the file of `context`."""
        super().__init__(parser)
        self.stash = context.scan.stash

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        """Whether a block begins with such a line."""
        return block.startswith(" " * INDENT)

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Take all such lines."""
        code: list[str] = []
        lines = blocks.pop(0).split("\n")
        while True:
            for place, line in enumerate(lines):
                if line.strip() and not line.startswith(" " * INDENT):
                    blocks.insert(0, "\n".join(lines[place:]))
                    break
                code.append(line[INDENT:])
            following = next((place for place, block in enumerate(blocks) if block.strip()), None)
            if following is None or not _is_code(blocks[following]):
                break
            lines = [*[""] * (2 * following + 1), *blocks[following].split("\n")]
            del blocks[: following + 1]
        SubElement(parent, "hr", {"class": stashed("F", len(self.stash))})
        self.stash.append(Fence("", "\n".join(code).strip("\n")))


def _is_code(block: str) -> bool:
    return block.lstrip("\n").startswith(" " * INDENT)


class Code(Extension):
    """Replaces the code of Python-Markdown, which also adds to the fence before it."""

    def __init__(self, context: Context) -> None:
        """Work for the file of `context`."""
        super().__init__()
        self.context = context

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds."""
        md.parser.blockprocessors.register(Blanks(md.parser), "empty", 100)
        md.parser.blockprocessors.register(IndentedCode(md.parser, self.context), "code", 80)
