"""An image alone in its paragraph becomes a figure; its title, or else its words, the caption."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import IMAGE_LINK_RE
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from chapbook.parse.dialect.attributes import LIST, assign
from chapbook.parse.dialect.inline import ImageReferences, Images, ShortImageReferences
from chapbook.parse.marks import FIGURE
from chapbook.parse.tree import classes

ATTRIBUTES = re.compile(rf"\s*{LIST}\s*")
LINE = re.compile(r"\n(?=!\[)")
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


class FigureMaker(Treeprocessor):
    """Works before the words are read, so that a caption's are read with all others."""

    def __init__(self, md: Markdown) -> None:
        """Read images as the inline patterns do."""
        super().__init__(md)
        kinds = (Images, ImageReferences, ShortImageReferences)
        self.readers = [kind(IMAGE_LINK_RE, md) for kind in kinds]

    def run(self, root: Element) -> None:
        """Make figures of the paragraphs that hold an image, its attributes, and nothing else."""
        self._plain("")  # the readers ask for what it leaves behind
        for box in root.iter("div"):
            if "figures" in classes(box):
                _part_lines(box)
        for paragraph in list(root.iter("p")):
            text = (paragraph.text or "").strip()
            if text.startswith("![") and not len(paragraph):
                self._read(paragraph, text)

    def _read(self, paragraph: Element, text: str) -> None:
        start = re.match(IMAGE_LINK_RE, text)
        if start is None:
            return
        for reader in self.readers:
            image, _, end = reader.handleMatch(start, text)
            if isinstance(image, Element) and end is not None:
                attributes = [match[1] for match in ATTRIBUTES.finditer(text[end:])]
                if not ATTRIBUTES.sub("", text[end:]).strip():
                    for written in attributes:
                        assign(image, written)
                    self._make(paragraph, image)
                return

    def _make(self, figure: Element, image: Element) -> None:
        names = image.attrib.pop("class", "").split()
        title = image.attrib.pop("title", "")
        words = image.get("alt", "")
        figure.tag = "figure"
        figure.text = None
        figure.set("class", " ".join([FIGURE, *names]))
        if "id" in image.attrib:
            figure.set("id", image.attrib.pop("id"))
        if "decorative" in names:
            image.set("class", "decorative")
        image.set("src", ESCAPE.sub(r"\1", image.get("src", "")))
        image.set("alt", self._plain(words))
        figure.append(image)
        is_captioned = bool(title) if "decorative" in names else bool(title or words)
        if is_captioned and "plain" not in names:
            SubElement(figure, "figcaption").text = title or words
        elif title:
            image.set("title", self._plain(title))

    def _plain(self, words: str) -> str:
        """Read Markdown and keep the words alone."""
        holder = Element("div")
        SubElement(holder, "p").text = words
        self.md.treeprocessors["inline"].run(holder)
        return HTML_PLACEHOLDER_RE.sub("", "".join(holder.itertext()))


def _part_lines(box: Element) -> None:
    """Give each image of a group a paragraph of its own, though no blank line parts them."""
    for paragraph in list(box):
        pieces = LINE.split((paragraph.text or "").strip())
        is_row = paragraph.tag == "p" and not len(paragraph) and len(pieces) > 1
        if is_row and all(piece.startswith("![") for piece in pieces):
            place = list(box).index(paragraph)
            box.remove(paragraph)
            for step, piece in enumerate(pieces):
                part = Element("p")
                part.text = piece
                box.insert(place + step, part)


class Figures(Extension):
    """Registers the above before the words are read (20)."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds."""
        md.treeprocessors.register(FigureMaker(md), "figures", 22)
