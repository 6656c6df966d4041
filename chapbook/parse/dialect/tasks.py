"""Task lists: an item that begins with `[ ]` or `[x]`."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from chapbook.parse.marks import DONE, TO_DO

BOX = re.compile(r"\s*\[([ xX])\][ \n]+(?=\S)")


class TaskMarker(Treeprocessor):
    """Marks such items before their words are read; the box is drawn in the finished tree."""

    def run(self, root: Element) -> None:
        """Take the block and make its element."""
        for item in root.iter("li"):
            first = item
            if not (item.text or "").strip() and len(item) and item[0].tag == "p":
                first = item[0]
            match = BOX.match(first.text or "")
            if match:
                first.text = (first.text or "")[match.end() :]
                item.set("class", TO_DO if match[1] == " " else DONE)


class Tasks(Extension):
    """Registers the above before the words are read (20)."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds."""
        md.treeprocessors.register(TaskMarker(md), "tasks", 25)
