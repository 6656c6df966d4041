# ruff: noqa: RUF001  # the signs that look alike are the matter here
"""What stands inside a line: escapes, line breaks, HTML, addresses and the calls of notes."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import (
    REFERENCE_RE,
    EscapeInlineProcessor,
    HtmlInlineProcessor,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.util import ETX, STX

from chapbook.parse.dialect.context import Context
from chapbook.parse.marks import CALL, PLAIN
from chapbook.parse.tags import TAG, WITHIN, Fate

# https://spec.commonmark.org/0.31.2/#backslash-escapes
PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
ADDRESS = r"(?<![\w/.])https?://[^\s<>\x02\x03\"“”«»]*[^\s<>\x02\x03\"“”«».,;:!?'’)\]*_~]"
DEEPEST = 32
BRACKET = re.compile(r"[\[\]]")

Found = re.Match[str]
Made = tuple[Element | str | None, int | None, int | None]


class Escapes(EscapeInlineProcessor):
    """Keeps escaped quotes, dashes and full stops from smart punctuation."""

    def handleMatch(self, m: Found, data: str) -> Made:  # type: ignore[override]  # noqa: N802
        """Give what is to stand in the place of the match, and its bounds."""
        char = m.group(1)
        if char in PLAIN:
            return f"{STX}{ord(PLAIN[char])}{ETX}", m.start(), m.end()
        return super().handleMatch(m, data)


class Tags(HtmlInlineProcessor):
    """Lets known HTML pass, drops the unknown, and leaves `Vec<T>` a text."""

    def __init__(self, pattern: str, md: Markdown, context: Context) -> None:
        """Work for the file of `context`."""
        super().__init__(pattern, md)
        self.context = context

    def handleMatch(self, m: Found, data: str) -> Made:  # type: ignore[override]  # noqa: N802
        """Give what is to stand in the place of the match, and its bounds."""
        tag = TAG.fullmatch(m.group(1))
        if tag is None:
            is_comment = m.group(1).startswith("<!--")
            return "" if is_comment else None, m.start(), m.end()
        match self.context.policy.decide(tag):
            case Fate.KEEP:
                return super().handleMatch(m, data)
            case Fate.DROP:
                return "", m.start(), m.end()
            case Fate.SHOW:
                return None, m.start(), m.end()


class Dropped(InlineProcessor):
    """Takes out scripts and the like with all that is in them."""

    def handleMatch(self, m: Found, data: str) -> Made:  # type: ignore[override]  # noqa: ARG002, N802
        """Give what is to stand in the place of the match, and its bounds."""
        return "", m.start(), m.end()


class Addresses(InlineProcessor):
    """Keeps a bare address from being read as Markdown; it becomes a link in the finished tree."""

    def handleMatch(self, m: Found, data: str) -> Made:  # type: ignore[override]  # noqa: ARG002, N802
        """Give what is to stand in the place of the match, and its bounds."""
        return m.group(), m.start(), m.end()


class Calls(InlineProcessor):
    """Makes the call of a note out of `[^key]`; an unknown key stays as it was written."""

    def __init__(self, pattern: str, md: Markdown, context: Context) -> None:
        """Work for the file of `context`."""
        super().__init__(pattern, md)
        self.keys = context.keys
        self.calls = context.calls

    def handleMatch(self, m: Found, data: str) -> Made:  # type: ignore[override]  # noqa: ARG002, N802
        """Give what is to stand in the place of the match, and its bounds."""
        key = m.group(1)
        if key not in self.keys:
            return m.group(), m.start(), m.end()
        call = Element("a", {"class": f"{CALL}{len(self.calls)}"})
        self.calls.append(key)
        return call, m.start(), m.end()


class Brackets(LinkInlineProcessor):
    """Finds the partner of a bracket, and gives up where others stand inside too deeply."""

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802
        """Give the words in the brackets, the offset after them, and whether there is a partner."""
        depth = 1
        for match in BRACKET.finditer(data, index):
            depth += 1 if match.group() == "[" else -1
            if depth == 0:
                return data[index : match.start()], match.end(), True
            if depth > DEEPEST:
                break
        return "", index, False

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802
        """Give the target and the title after the words; where no bracket closes, it is text."""
        href, title, end, is_link = super().getLink(data, index)
        return href, title, end, is_link and data[end - 1 : end] == ")"


# `[words] [more words]` are two things.
NAME = re.compile(r"\[([^\]]*)\]")


class Links(Brackets):
    """`[words](target)`."""


class References(Brackets, ReferenceInlineProcessor):
    """`[words][name]`."""

    RE_LINK = NAME


class ShortReferences(Brackets, ShortReferenceInlineProcessor):
    """`[name]`."""


class Images(Brackets, ImageInlineProcessor):
    """`![words](target)`."""


class ImageReferences(Brackets, ImageReferenceInlineProcessor):
    """`![words][name]`."""

    RE_LINK = NAME


class ShortImageReferences(Brackets, ShortImageReferenceInlineProcessor):
    """`![name]`."""


class Inline(Extension):
    """Registers the above."""

    def __init__(self, context: Context) -> None:
        """Work for the file of `context`."""
        super().__init__()
        self.context = context

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds."""
        from markdown.inlinepatterns import ESCAPE_RE, HTML_RE, IMAGE_LINK_RE, LINK_RE

        md.ESCAPED_CHARS = list(PUNCTUATION)
        patterns = md.inlinePatterns
        patterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "hard_break", 185)
        patterns.register(Escapes(ESCAPE_RE, md), "escape", 180)
        patterns.register(Calls(r"\[\^([^\]\s]+)\]", md, self.context), "calls", 175)
        patterns.register(References(REFERENCE_RE, md), "reference", 170)
        patterns.register(Links(LINK_RE, md), "link", 160)
        patterns.register(Images(IMAGE_LINK_RE, md), "image_link", 150)
        patterns.register(ImageReferences(IMAGE_LINK_RE, md), "image_reference", 140)
        patterns.register(ShortReferences(REFERENCE_RE, md), "short_reference", 130)
        patterns.register(ShortImageReferences(IMAGE_LINK_RE, md), "short_image_ref", 125)
        patterns.register(Dropped(f"(?i:{WITHIN.pattern})", md), "dropped", 91)
        patterns.register(Tags(HTML_RE, md, self.context), "html", 90)
        patterns.register(Addresses(ADDRESS, md), "addresses", 85)
