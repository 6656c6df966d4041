"""Code, coloured by Pygments with classes alone: https://pygments.org/docs/tokens/."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString, code_escape
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, Token, _TokenType
from pygments.util import ClassNotFound

from chapbook.parse.scan import Fence

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


def _style(kind: _TokenType) -> str:
    # A piece that the lexer cannot read is no fault of the book.
    is_plain = any(kind is part for part in (Token.Error, Token.Text, Token.Text.Whitespace))
    return "" if is_plain else STANDARD_TYPES.get(kind, "")
