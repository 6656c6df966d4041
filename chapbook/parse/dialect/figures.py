"""An image alone in its paragraph becomes a figure; its title, or else its words, the caption."""

from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from chapbook.parse.marks import FIGURE


class FigureMaker(Treeprocessor):
    """Works when images are made and attribute lists are read, but escapes are still marked."""

    def run(self, root: Element) -> None:
        """Take the block and make its element."""
        for paragraph in list(root.iter("p")):
            if len(paragraph) == 1 and paragraph[0].tag == "img" and _is_alone(paragraph):
                self._make(paragraph, paragraph[0])

    def _make(self, figure: Element, image: Element) -> None:
        names = f"{figure.get('class', '')} {image.get('class', '')}".split()
        figure.tag = "figure"
        figure.set("class", " ".join([FIGURE, *names]))
        if "id" in image.attrib:
            figure.set("id", image.attrib.pop("id"))
        image.attrib.pop("class", None)
        if "decorative" in names:
            image.set("alt", "")
            image.set("class", "decorative")
        title = image.attrib.pop("title", "")
        if "plain" in names or not (title or image.get("alt")):
            return
        caption = SubElement(figure, "figcaption")
        if title:
            caption.text = title
            self._read_inline(figure, caption)
        else:
            caption.text = AtomicString(image.get("alt", ""))

    def _read_inline(self, figure: Element, caption: Element) -> None:
        """Read the Markdown of a title: it was an attribute when the others were read."""
        holder = Element("div")
        figure.remove(caption)
        holder.append(caption)
        self.md.treeprocessors["inline"].run(holder)
        figure.append(caption)


def _is_alone(paragraph: Element) -> bool:
    return not (paragraph.text or "").strip() and not (paragraph[0].tail or "").strip()


class Figures(Extension):
    """Registers the above between the attribute lists (8) and the abbreviations (7)."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds."""
        md.treeprocessors.register(FigureMaker(md), "figures", 7.5)
