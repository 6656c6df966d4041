"""The tags of the neutral markup that name a place, an image or a caption, as they can be changed.

All else in the markup stays as it was written: no tree is made of it.
"""

import re
from dataclasses import dataclass
from html import escape
from xml.parsers.expat import ParserCreate

# A start tag, together with its end where nothing but space stands before that; or the end of a
# link.
TAG = re.compile(
    r"</(?P<end>a)\s*>|<(?P<name>a|img|figcaption)"
    r"(?P<attributes>(?:\s+[^\s=/>]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*+)\s*"
    r"(?P<closed>/>|>(?:(?P<blank>\s*)</(?P=name)\s*>)?)"
)
# A literal quotation mark would end an attribute; other space would be read as a mere space.
IN_ATTRIBUTE = str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


@dataclass(slots=True)
class Tag:
    """An element that is empty, or the start of one that `is_open`.

    `label` is the text of a `<span>` that comes first in it, `text` what follows on that;
    `inside`, which is XHTML, takes the place of both.
    """

    name: str
    attributes: dict[str, str]
    is_open: bool
    text: str = ""
    label: str = ""
    inside: str = ""

    @property
    def classes(self) -> list[str]:
        """Its classes."""
        return self.attributes.get("class", "").split()

    def write(self) -> str:
        """Write it as XHTML."""
        pairs = (f' {key}="{_quote(value)}"' for key, value in self.attributes.items())
        start = f"<{self.name}{''.join(pairs)}"
        inside = self.inside or escape(self.text, quote=False)
        if self.label:
            label = f'<span class="label">{escape(self.label, quote=False)}</span>'
            inside = f"{label} {inside}" if inside or self.is_open else label
        if self.is_open:
            return f"{start}>{inside}"
        return f"{start}>{inside}</{self.name}>" if inside else f"{start} />"


def _quote(value: str) -> str:
    return escape(value, quote=False).translate(IN_ATTRIBUTE)


def read_tag(found: re.Match[str]) -> Tag:
    """Read a start tag that `TAG` has found."""
    attributes: dict[str, str] = {}
    parser = ParserCreate()
    parser.StartElementHandler = lambda _, pairs: attributes.update(pairs)
    parser.Parse(f"<x{found['attributes']}/>", True)
    return Tag(found["name"], attributes, found["closed"] == ">", found["blank"] or "")
