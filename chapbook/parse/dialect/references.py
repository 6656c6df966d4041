"""Where a name leads: `[name]: address "title"` on a line of its own.

The address must look like one, so that a speaker's name in brackets stays a word.
"""

import re

from markdown import Markdown
from markdown.blockprocessors import ReferenceProcessor
from markdown.extensions import Extension

DEFINED = r"(?:<[^<>\n]*>|(?=\S*(?:[/#:@%]|[.?]\w))\S+)"


class Definitions(ReferenceProcessor):
    """Reads such lines; a note's `[^key]:` is none of them."""

    RE = re.compile(
        rf"^[ ]{{0,3}}\[(?!\^)([^\[\]]*)\]:[ ]*(?:\n[ ]*)?({DEFINED})[ ]*"
        r"(?:\n[ ]*)?(([\"'])(.*)\4[ ]*|\((.*)\)[ ]*)?$",
        re.MULTILINE,
    )


class References(Extension):
    """Registers the above in the place of Python-Markdown's own."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds."""
        md.parser.blockprocessors.register(Definitions(md.parser), "reference", 15)
