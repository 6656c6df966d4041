"""Where an element of raw HTML begins and ends among the lines of a source."""

import re

from chapbook.parse.lines import Line
from chapbook.parse.tags import ATTRIBUTE, TAG, WITH_CONTENT, names

# These begin a stretch of HTML, which ends at the next blank line.
# https://spec.commonmark.org/0.31.2/#html-blocks
BLOCK = names(
    "address article aside base basefont blockquote body caption center col colgroup dd details"
    " dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6"
    " head header hgroup hr html legend li link main menu menuitem meta nav noframes ol optgroup"
    " option p param search section summary table tbody td tfoot th thead title tr track"
    " ul"
)
# These are taken as a whole, blank lines included, for nobody writes Markdown inside.
WHOLE = WITH_CONTENT | names("dl figure ol pre table ul")
# Inside these `markdown="1"` means words, not blocks.
WORDS = names("address dd dt h1 h2 h3 h4 h5 h6 legend li p summary td th")


class Elements:
    """Knows the elements, and remembers which of them are not closed any more in this file."""

    def __init__(self) -> None:
        """Start with nothing known of the file."""
        self.never_closed: set[str] = set()

    def is_block(self, name: str) -> bool:
        """Whether a tag of this name begins a stretch of HTML."""
        return name in BLOCK

    def is_whole(self, name: str) -> bool:
        """Whether an element is taken from its first tag to its last."""
        return name in WHOLE

    def end_of(
        self, lines: list[Line], first: int, column: int, name: str
    ) -> tuple[int, int] | None:
        """Give the line and column after the closing tag, or None."""
        if name in self.never_closed:
            return None
        end = find_close(lines, first, column, name)
        if end is None:
            self.never_closed.add(name)
        return end

    def holds_words(self, name: str, tag: re.Match[str]) -> bool:
        """Whether the Markdown inside is a stretch of words rather than blocks."""
        value = _markdown(tag) or "1"
        return value == "span" or (value in ("1", "markdown") and name in WORDS)

    def without_markdown(self, tag: re.Match[str]) -> str:
        """Write an opening tag without its `markdown` attribute."""
        kept = [m.group() for m in ATTRIBUTE.finditer(tag["attributes"]) if m["name"] != "markdown"]
        return "<" + " ".join([tag["name"], *kept]) + ">"


def markdown_tag(text: str, column: int) -> re.Match[str] | None:
    """Give the tag that opens at `column`, where it asks for Markdown inside."""
    tag = TAG.match(text, column)
    if tag is None or tag["end"] or tag["empty"] or _markdown(tag) in (None, "0"):
        return None
    return tag


def _markdown(tag: re.Match[str]) -> str | None:
    for match in ATTRIBUTE.finditer(tag["attributes"]):
        if match["name"] == "markdown":
            return match["a"] or match["b"] or match["c"] or "1"
    return None


def find_close(lines: list[Line], first: int, column: int, name: str) -> tuple[int, int] | None:
    """Give the line and the column after the tag that closes the element opened there."""
    tags = re.compile(rf"<(/?){name}(?=[\s/>]|$)[^<>]*(/?)>?", re.IGNORECASE)
    depth = 0
    for number in range(first, len(lines)):
        for match in tags.finditer(lines[number].text, column):
            if match[1]:
                depth -= 1
            elif not match.group().endswith("/>"):
                depth += 1
            if depth <= 0:
                return number, match.end()
        column = 0
    return None
