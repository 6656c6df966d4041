"""`[words]{.class}`: words with a class, an id or a language, as Pandoc writes them.

https://pandoc.org/MANUAL.html#extension-bracketed_spans
"""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension

from chapbook.parse.dialect.attributes import LIST, assign
from chapbook.parse.dialect.inline import Brackets

OPENING = r"(?<!!)\["
ATTRIBUTES = re.compile(LIST)
NAMES = ("spans", "spans_1", "spans_2", "spans_3")  # as many as may stand in one another

Found = re.Match[str]
Made = tuple[Element | str | None, int | None, int | None]


class Spans(Brackets):
    """Makes `<span>`."""

    def handleMatch(self, m: Found, data: str) -> Made:  # type: ignore[override]  # noqa: N802
        """Give what is to stand in the place of the match, and its bounds."""
        words, end, is_whole = self.getText(data, m.end(0))
        attributes = ATTRIBUTES.match(data, end) if is_whole and words.strip() else None
        if attributes is None or words.startswith("^"):
            return None, None, None
        span = Element("span")
        assign(span, attributes[1])
        span.text = words
        return span, m.start(0), attributes.end()


class SpansExtension(Extension):
    """Registers the above before references (170), whose brackets are the same."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds."""
        # What stands in a span is only read by the patterns behind its own.
        for depth, name in enumerate(NAMES):
            md.inlinePatterns.register(Spans(OPENING, md), name, 172 - depth / 10)
