"""Draw formulas for paged editions, whose engine reads no MathML.

The drawing has the size and the colour of the text around it, for its measures are in `em` and its
paint is `currentColor`; it stands on the base line. The letters are those of STIX Two Math
(https://www.stixfonts.org, under the SIL Open Font License), as outlines.
"""

import re
import warnings
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from chapbook.compose.markup import MATHML
from chapbook.diagnostics import BookError, Code, Diagnostic, Location, error

# Units of the drawing in one em.
EM = 1000
# Room after the last sign, that an italic one may lean into.
AFTER = 40
# A formula may reach so far, in em, into the room between the lines without pushing them apart.
ABOVE, BELOW = 0.18, 0.12
# As between ideographs and Latin (https://www.w3.org/TR/css-text-4/#text-autospace-property).
AUTOSPACE = 0.125
CJK = re.compile("[\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff\uf900-\ufaff]")
# Fewer signs stand in one piece.
LONG = 9
RELATIONS = frozenset("=≠≈≡≤≥<>\u223c≅∝→⇒⇔↦∈⊂⊆")
ADDING = frozenset("+\u2212\u00b1\u222a\u2229\u2227\u2228")
OPENING, CLOSING = frozenset("([{"), frozenset(")]}")
UNSEEN = frozenset("\u2061\u2062\u2063\u200b")
BLACK = ("black", "#000", "#000000")
INTEGRALS = frozenset("∫∬∭∮∯∰")
COMBINING = {"^": "\u0302", "~": "\u0303"}
POINTS = re.compile(r"([0-9.]+)pt")
CLOSED = re.compile(r"\s*Z\s*(?=M|$)")


def draw_formulas(root: Element, places: Mapping[str, Location]) -> None:
    """Put a drawing in the place of each `<math>` of a tree; its words are its label.

    `places` are those of the blocks. Raises `BookError` where a formula has a sign that the font
    does not have.
    """
    if faults := list(_draw_all(root, "", places)):
        raise BookError(dict.fromkeys(faults))


def _draw_all(parent: Element, block: str, places: Mapping[str, Location]) -> Iterator[Diagnostic]:
    block = parent.get("data-block", block)
    for child in list(parent):
        if child.tag != "math":
            yield from _draw_all(child, block, places)
            continue
        place = list(parent).index(child)
        sides = _last_sign(parent, place), (child.tail or "")[:1]
        drawn, lacking = _draw(child, tuple(AUTOSPACE if CJK.match(s) else 0 for s in sides))
        drawn[-1].tail = child.tail
        parent[place : place + 1] = drawn
        if lacking:
            message = f"the font of formulas has no “{lacking}”"
            at = places.get(child.get("data-block", block))
            yield error(Code.MISSING_GLYPH, message, at, "write these words beside the formula")


def _last_sign(parent: Element, place: int) -> str:
    """Give the sign before a child, as far as it stands bare in the same element."""
    before = parent[place - 1].tail if place else parent.text
    return (before or "")[-1:]


def _draw(math: Element, gaps: tuple[float, ...]) -> tuple[list[Element], str]:
    """Draw a formula, in the pieces between which a line may end.

    Gives the signs too that the font does not have. The first piece has the words of all.
    """
    is_block = math.get("display") == "block"
    pieces = [list(math)] if is_block else _cut(math)
    before, after = gaps
    last = len(pieces) - 1
    made = [
        _draw_piece(piece, is_block, (before if n == 0 else 0, after if n == last else 0))
        for n, piece in enumerate(pieces)
    ]
    first, *others = (drawn for drawn, _ in made)
    first.attrib |= {"role": "math", "aria-label": math.get("alttext", "")}
    first.attrib |= {
        name: math.attrib[name] for name in ("id", "data-block") if name in math.attrib
    }
    for other in others:
        other.set("aria-hidden", "true")
    return [first, *others], "".join(dict.fromkeys("".join(lacking for _, lacking in made)))


def _cut(math: Element) -> list[list[Element]]:
    """Cut a long formula after its relations, and what is still long after its signs of adding."""
    row = math
    while len(row) == 1 and row[0].tag == "mrow":
        row = row[0]
    pieces = [list(row)]
    for signs in (RELATIONS, ADDING):
        pieces = [
            part
            for piece in pieces
            for part in (_cut_after(piece, signs) if _count(piece) >= LONG else [piece])
        ]
    return pieces


def _count(elements: list[Element]) -> int:
    return sum(not len(inner) for element in elements for inner in element.iter())


def _cut_after(elements: list[Element], signs: frozenset[str]) -> list[list[Element]]:
    """Cut after each of these signs that stands in no brackets, and has something before it."""
    pieces: list[list[Element]] = [[]]
    depth = 0
    for element in elements:
        pieces[-1].append(element)
        sign = element.text if element.tag == "mo" else ""
        depth += (sign in OPENING) - (sign in CLOSING) if sign else 0
        if sign and sign in signs and not depth and len(pieces[-1]) > 1:
            pieces.append([])
    return [piece for piece in pieces if piece]


def _draw_piece(
    elements: list[Element], is_block: bool, gaps: tuple[float, float]
) -> tuple[Element, str]:
    bare = Element("math", {"xmlns": MATHML, "display": "block" if is_block else "inline"})
    SubElement(bare, "mrow").extend(deepcopy(elements))
    _suit(bare)
    made = _outline(tostring(bare, "unicode"))
    left, up, right, down = made.box
    drawn = Element("svg", {"class": "math", "fill": "currentColor"})
    drawn.set("viewBox", f"{left:.0f} {-up:.0f} {right - left:.0f} {up + down:.0f}")
    drawn.set("style", _style(right - left, up, down, () if is_block else gaps))
    drawn.extend(Element(tag, dict(attributes)) for tag, attributes in made.shapes)
    return drawn, made.lacking


@dataclass(frozen=True, slots=True)
class _Outline:
    """The outlines of a formula, how far they reach (left, up, right, down), what has none."""

    box: tuple[float, float, float, float]
    shapes: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    lacking: str


# The same letters come again and again, and each edition draws them all.
@lru_cache(maxsize=4096)
def _outline(mathml: str) -> _Outline:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of how it finds its font
        # Imported here: most books have no formula, and the font takes time to load.
        from ziamath.config import config
        from ziamath.zmath import Math
    config.svg2 = False
    config.precision = 1
    made = Math(mathml, size=EM, margin=0)
    box = made.node.bbox
    left, right = min(0, box.xmin), max(box.xmax + AFTER, EM / 10)
    up, down = max(box.ymax, EM / 10), max(-box.ymin, 0) + 0.0  # never minus nothing
    shapes = ((shape.tag, tuple(shape.items())) for shape in _shapes(made.svgxml()))
    signs = dict.fromkeys("".join(fromstring(mathml).itertext()))
    lacking = (s for s in signs if not s.isspace() and s not in UNSEEN)
    return _Outline(
        (left, up, right, down),
        tuple(shapes),
        "".join(sign for sign in lacking if not made.font.glyphindex(sign)),
    )


def _suit(math: Element) -> None:
    """Write what the drawing library understands otherwise than readers do in its own way."""
    for element in math.iter():
        if element.tag == "mo" and element.text in INTEGRALS:
            element.set("stretchy", "false")
        if element.tag in ("mover", "munder") and len(element) == 2 and element[1].tag == "mo":
            base, sign = "".join(element[0].itertext()), element[1].text or ""
            if sign == "¯" and (len(base) > 1 or element.tag == "munder"):
                element[1].text = "―"
            elif len(base) == 1 and sign in COMBINING:
                element[1].text = COMBINING[sign]
        if element.tag == "mtable":
            element.set("columnspacing", element.get("columnspacing", "0.9em"))
            element.set("rowspacing", element.get("rowspacing", "0.25em"))
        for name in ("rowspacing", "columnspacing"):
            if lengths := element.get(name):
                element.set(name, POINTS.sub(_in_em, lengths))


def _in_em(points: re.Match[str]) -> str:
    return f"{float(points[1]) / 10:.3f}em"


def _style(width: float, up: float, down: float, gaps: tuple[float, ...]) -> str:
    """Give the size and, in a line, the place; `gaps` are those before and after it."""
    size = f"width:{width / EM:.3f}em;height:{(up + down) / EM:.3f}em"
    if not gaps:
        return size
    before, after = gaps
    above, below = min(ABOVE, up / EM / 4), min(BELOW, down / EM)
    return f"{size};vertical-align:{below - down / EM:.3f}em;{_margin(above, after, below, before)}"


def _margin(above: float, after: float, below: float, before: float) -> str:
    return f"margin:-{above:.3f}em {after}em -{below:.3f}em {before}em"


def _shapes(svg: Element) -> Iterator[Element]:
    """Give the outlines as one path, and what is no outline as it is."""
    outlines: list[str] = []
    for shape in svg.iter():
        if shape.tag == "path" and "stroke" not in shape.attrib:
            outlines.append(CLOSED.sub("Z", shape.get("d", "")))
        elif shape.tag == "rect" and "stroke" not in shape.attrib:
            x, y, width, height = (shape.get(name, "0") for name in ("x", "y", "width", "height"))
            outlines.append(f"M {x} {y} h {width} v {height} h -{width} Z")
        elif shape.tag in ("path", "rect", "ellipse", "line", "polygon"):
            yield _in_text_colour(shape)
    if outlines:
        yield Element("path", {"d": "".join(outlines)})


def _in_text_colour(shape: Element) -> Element:
    kept = {name: "currentColor" if v in BLACK else v for name, v in shape.items()}
    return Element(shape.tag, kept)
