"""What is drawn in the colour of the text has it: `currentColor` in a drawing in a line.

The engine knows no colour for a drawing but black (https://www.w3.org/TR/SVG2/styling.html).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.images import SVGImage

from chapbook.typeset.galley.swap import swapped


@contextmanager
def drawings_in_text_colour() -> Iterator[None]:
    """While the block runs, hand each such drawing the colour of its element."""
    engine_draw = SVGImage.draw

    def draw(self: Any, stream: Any, width: float, height: float, style: Any) -> None:
        root = self._svg.tree
        if root._etree_node.get("fill") == "currentColor":
            root.attrib["fill"] = root.attrib["color"] = _written(style["color"])
        engine_draw(self, stream, width, height, style)

    with swapped((SVGImage, "draw", draw)):
        yield


def _written(colour: Any) -> str:
    red, green, blue = (round(max(0, min(1, part)) * 100, 3) for part in colour.to("srgb")[:3])
    return f"rgb({red}%,{green}%,{blue}%)"
