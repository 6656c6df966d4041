"""`~~gone~~`, by the rules for the signs of emphasis: https://github.github.com/gfm/#strikethrough"""

from markdown import Markdown
from markdown.extensions import Extension
from pymdownx.delimiterprocessor import Delimiter, DelimiterProcessor


class Deletions(Extension):
    """Makes `<del>`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds."""
        tildes = Delimiter("~", "del", double=True, no_space=True)
        md.inlinePatterns.register(DelimiterProcessor(tildes, md), "delimiter", 60)
