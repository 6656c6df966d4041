"""Read the HTML that our own writer makes, which is plainer than HTML may be.

The engine's reader follows all of https://html.spec.whatwg.org/multipage/parsing.html. Here only
what is properly nested and would be put nowhere else is read, tag by tag; whatever else there is,
even one odd sign, leaves the whole document to the engine.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import tinyhtml5

from chapbook.typeset.galley.swap import swapped

PAGE = re.compile(
    '<!DOCTYPE html><html lang="([^"]*)"><head><meta charset="utf-8"></head>'
    '<body class="([^"]*)">(.*)</body></html>',
    re.DOTALL,
)
ODD = re.compile("[\0\r\f\ud800-\udfff]")
TAG = re.compile('<(/?)([a-z][a-z0-9]*)((?: [a-z][a-z0-9:_-]*="[^"]*")*)>([^<]*)')
ATTRIBUTE = re.compile(' ([a-z][a-z0-9:_-]*)="([^"]*)"')
ENTITY = re.compile("&(amp|lt|gt|quot);")
MEANINGS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"'}
SPACE = " \t\n"

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
FORMATTING = frozenset({"a", "b", "code", "em", "i", "s", "small", "strong", "u"})
INLINE = frozenset({
    "abbr", "bdi", "bdo", "cite", "data", "del", "dfn", "ins", "kbd", "mark", "q", "ruby", "samp",
    "span", "sub", "sup", "time", "var",
})  # fmt: skip
# A paragraph ends where one of these begins.
BLOCKS = HEADINGS | frozenset({
    "address", "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "figcaption",
    "figure", "footer", "header", "hgroup", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "summary", "table", "ul",
})  # fmt: skip
VOID = frozenset({"br", "col", "hr", "img", "wbr"})
# Where else the engine would put these, or add what is missing around them.
PARENTS = {
    "li": frozenset({"ol", "ul"}),
    "dt": frozenset({"dl"}),
    "dd": frozenset({"dl"}),
    "rt": frozenset({"ruby"}),
    "rp": frozenset({"ruby"}),
    "caption": frozenset({"table"}),
    "colgroup": frozenset({"table"}),
    "col": frozenset({"colgroup"}),
    "thead": frozenset({"table"}),
    "tbody": frozenset({"table"}),
    "tfoot": frozenset({"table"}),
    "tr": frozenset({"thead", "tbody", "tfoot"}),
    "th": frozenset({"tr"}),
    "td": frozenset({"tr"}),
}
TABLE_PARTS = frozenset({"table", "colgroup", "thead", "tbody", "tfoot", "tr"})
KNOWN = FORMATTING | INLINE | BLOCKS | VOID | PARENTS.keys()
# None of these may begin while one of those is open.
BARRED: dict[str, frozenset[str]] = {
    **dict.fromkeys(BLOCKS, frozenset({"p"})),
    **dict.fromkeys(HEADINGS, HEADINGS | {"p"}),
    "a": frozenset({"a"}),
    "pre": frozenset({"p", "table"}),
    "table": FORMATTING | {"p", "table"},
}
MOST_ALIKE = 2  # formatting elements of one name inside each other


class _OddError(Exception):
    """Raised for all that is left to the engine."""


def read_html(page: str) -> Element | None:
    """Read a page as `write_page` writes it; None where it takes more than that."""
    found = PAGE.fullmatch(page)
    if found is None or ODD.search(page):
        return None
    try:
        root = Element("html", {"lang": _meaning(found[1])})
        head = SubElement(root, "head")
        SubElement(head, "meta", {"charset": "utf-8"})
        body = SubElement(root, "body", {"class": _meaning(found[2])})
        _Reader(body).read(found[3])
    except _OddError:
        return None
    return root


class _Reader:
    def __init__(self, body: Element) -> None:
        self._open = [body]
        self._names: Counter[str] = Counter()

    def read(self, markup: str) -> None:
        start = markup.find("<")
        start = len(markup) if start < 0 else start
        self._add(self._open[-1], None, markup[:start])
        for found in TAG.finditer(markup, start):
            if found.start() != start:
                raise _OddError
            start = found.end()
            slash, name, attributes, text = found.groups()
            if slash:
                last: Element | None = self._end(name)
            else:
                last = self._begin(name, attributes)
                if name == "pre" and text[:1] == "\n":
                    text = text[1:]
            self._add(self._open[-1], last, text)
        if len(self._open) > 1 or start < len(markup):
            raise _OddError

    def _begin(self, name: str, attributes: str) -> Element | None:
        """Begin an element; give it where it is void."""
        parent = self._open[-1]
        self._check(name, parent.tag)
        element = SubElement(parent, name)
        if attributes:
            pairs = ATTRIBUTE.findall(attributes)
            element.attrib.update((key, _meaning(value)) for key, value in pairs)
            if len(element.attrib) < len(pairs):
                raise _OddError
        if name in VOID:
            return element
        self._open.append(element)
        self._names[name] += 1
        return None

    def _check(self, name: str, parent: str) -> None:
        names = self._names
        if name not in KNOWN:
            raise _OddError
        wanted = PARENTS.get(name)
        if wanted is None:
            if parent in TABLE_PARTS:
                raise _OddError
        elif parent not in wanted:
            raise _OddError
        barred = BARRED.get(name)
        if barred and any(names[one] for one in barred):
            raise _OddError
        if name in FORMATTING and names[name] > MOST_ALIKE:
            raise _OddError

    def _end(self, name: str) -> Element:
        element = self._open.pop()
        if element.tag != name or not self._open:
            raise _OddError
        self._names[name] -= 1
        return element

    def _add(self, parent: Element, before: Element | None, text: str) -> None:
        if not text:
            return
        if parent.tag in TABLE_PARTS and text.strip(SPACE):
            raise _OddError
        text = _meaning(text)
        if before is None:
            parent.text = text
        else:
            before.tail = text


def _meaning(text: str) -> str:
    if "&" not in text:
        return text
    meaning, count = ENTITY.subn(lambda entity: MEANINGS[entity[1]], text)
    if count != text.count("&"):
        raise _OddError
    return meaning


@contextmanager
def quick_html() -> Iterator[None]:
    """While the block runs, read documents so where that is enough."""
    engine_parse = tinyhtml5.parse

    def parse(document: Any, *rest: Any, **named: Any) -> Any:
        if rest or named != {"namespace_html_elements": False} or not hasattr(document, "read"):
            return engine_parse(document, *rest, **named)
        page = document.read()
        root = read_html(page) if isinstance(page, str) else None
        if root is None:
            document.seek(0)
            return engine_parse(document, **named)
        return root

    with swapped((tinyhtml5, "parse", parse)):
        yield
