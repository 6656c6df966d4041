"""Code, coloured by Pygments with classes alone: https://pygments.org/docs/tokens/."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.util import AtomicString, code_escape
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, Token, _TokenType
from pygments.util import ClassNotFound

from chapbook.parse.scan import Fence

INDENT = 4
LANGUAGE = re.compile(r"\{?[ ]*\.?([A-Za-z0-9_+#.-]+)")
# Lexers are many regular expressions: what is longer than any listing stays plain.
LONGEST = 200_000


def write_code(fence: Fence) -> Element:
    """Make `<pre><code class="language-x">`, its text exactly that of the fence."""
    pre = Element("pre")
    code = SubElement(pre, "code")
    match = LANGUAGE.match(fence.info)
    language = match[1].lower() if match else ""
    if language:
        code.set("class", f"language-{language}")
    for style, text in _colour(fence.code, language):
        if style:
            span = SubElement(code, "span", {"class": style})
            span.text = AtomicString(code_escape(text))
        elif len(code):
            code[-1].tail = AtomicString(code_escape(text))
        else:
            code.text = AtomicString(code_escape(text))
    return pre


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
    """Makes code of lines that are indented by four, and of the blank lines between them."""

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
        parent.append(write_code(Fence("", "\n".join(code).strip("\n"))))


def _is_code(block: str) -> bool:
    return block.lstrip("\n").startswith(" " * INDENT)


class Code(Extension):
    """Replaces the code of Python-Markdown, which also adds to the fence before it."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds."""
        md.parser.blockprocessors.register(Blanks(md.parser), "empty", 100)
        md.parser.blockprocessors.register(IndentedCode(md.parser), "code", 80)
