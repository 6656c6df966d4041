"""Proves that an SVG image is well-formed, draws only itself, and ends.

What is refused could run, could load something from elsewhere, or could keep a reader busy
without end. https://www.w3.org/TR/SVG2/conform.html#secure-static-mode is the mode meant.
"""

import base64
import binascii
import re
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from urllib.parse import unquote_to_bytes
from xml.sax import SAXParseException
from xml.sax.handler import (
    ContentHandler,
    LexicalHandler,
    feature_external_ges,
    feature_namespaces,
    property_lexical_handler,
)
from xml.sax.xmlreader import AttributesNSImpl, InputSource, Locator

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from chapbook.diagnostics import BookError, Code, Diagnostic, Location, error

SVG = "http://www.w3.org/2000/svg"
XHTML = "http://www.w3.org/1999/xhtml"
XML = "http://www.w3.org/XML/1998/namespace"

_PIXELS = {
    "": 1.0,
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96.0,
}
_LENGTH = re.compile(r"\s*\+?(\d*\.?\d+(?:e[+-]?\d+)?)(px|pt|pc|mm|cm|in|)\s*", re.IGNORECASE)
_DOCTYPES = {
    None,
    "-//W3C//DTD SVG 1.1//EN",  # the one that https://www.w3.org/TR/epub-33/ lets through
}
_REFUSED = {"script", "foreignobject", "handler", "listener", "audio", "video", "iframe", "canvas"}
# What names another element without drawing it.
_POINTERS = {"a", "animate", "animateMotion", "animateTransform", "mpath", "set"}
_RASTER_DATA = re.compile(r"data:image/(?:png|jpeg|jpg|gif|webp)(;base64)?,(.*)", re.DOTALL)
# A drawing program's own copy of a typeface: harmless, since a book's images load nothing.
_FONT_DATA = re.compile(r"data:(?:font/|application/(?:x-)?font)", re.IGNORECASE)
_CSS_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE | re.DOTALL)
_CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_CSS_LOAD = re.compile(
    r"(@import|image-set|src\()|url\(\s*([\"']?)(.*?)\2\s*(?:\)|\Z)", re.I | re.S
)
_NAMESPACE_RULE = re.compile(r"@namespace[^;]*;", re.IGNORECASE)

_MOST_FINDINGS = 20
_DEEPEST = 200
_MOST_SHAPES = 1_000_000
_ROOT = "\0root"

CheckRaster = Callable[[bytes], None]


def inspect_svg(content: bytes, path: str, check_raster: CheckRaster) -> tuple[float, float]:
    """Give the width and height of an image in CSS pixels, 0 where it has none.

    `check_raster` is asked about each image inside, and raises BookError. Raises BookError with
    every fault, each at the start of its element.
    """
    reader = _Reader(path, check_raster)
    parser = make_parser()
    parser.setFeature(feature_namespaces, True)
    # Or else the parser takes the mere name of SVG 1.1 for a file to load, and refuses.
    parser.setFeature(feature_external_ges, False)
    parser.forbid_external = False
    parser.setContentHandler(reader)
    parser.setProperty(property_lexical_handler, reader)
    source = InputSource()
    source.setByteStream(BytesIO(content))
    try:
        parser.parse(source)
    except SAXParseException as fault:
        at = Location(path, fault.getLineNumber() or 0, (fault.getColumnNumber() or 0) + 1)
        reader.findings.append(
            error(Code.IMAGE_UNREADABLE, f"not well-formed XML: {fault.getMessage()}", at)
        )
    except DefusedXmlException:
        reader.refuse("an entity", "save it as plain SVG")
    except (LookupError, ValueError):
        message = "its encoding is unknown"
        reader.findings.append(error(Code.IMAGE_UNREADABLE, message, Location(path)))
    else:
        reader.check_ends()
    if reader.findings:
        raise BookError(reader.findings)
    return reader.size


class _Reader(ContentHandler, LexicalHandler):
    """Looks at each element once, as the parser meets it."""

    def __init__(self, path: str, check_raster: CheckRaster) -> None:
        super().__init__()
        self.locator = Locator()
        self.path, self.check_raster = path, check_raster
        self.findings: list[Diagnostic] = []
        self.size = (0.0, 0.0)
        self.open: list[str] = []
        self.style: list[str] | None = None
        self.shapes: Counter[str] = Counter()
        self.uses: dict[str, Counter[str]] = {}

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802
        self.locator = locator

    def startElementNS(  # noqa: N802  # the parser's name
        self, name: tuple[str | None, str], _qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        namespace, tag = name
        if not self.open:
            self._start(namespace, tag, attrs)
        if tag.casefold() in _REFUSED or namespace == XHTML:
            self.refuse(f"<{tag}>", "delete it")
        self.open.append(_ROOT if not self.open else attrs.get((None, "id"), ""))
        if len(self.open) > _DEEPEST:
            self.refuse(f"elements nested deeper than {_DEEPEST}")
            raise BookError(self.findings)
        if tag == "style":
            self.style = []
        for holder in filter(None, self.open):
            self.shapes[holder] += 1
        for attribute, value in attrs.items():
            self._look_at(tag, attribute, value)

    def endElementNS(self, name: tuple[str | None, str], _qname: str | None) -> None:  # noqa: N802
        self.open.pop()
        if name[1] == "style" and self.style is not None:
            self._look_at_css("".join(self.style))
            self.style = None

    def characters(self, content: str) -> None:
        if self.style is not None:
            self.style.append(content)

    def processingInstruction(self, target: str, _data: str) -> None:  # noqa: N802
        if target == "xml-stylesheet":
            self.refuse("a style sheet of its own", "put the style inside, or draw without")

    def skippedEntity(self, name: str) -> None:  # noqa: N802
        message = f"the entity &{name}; is not known in SVG"
        self.findings.append(error(Code.IMAGE_UNREADABLE, message, self._here()))

    def startDTD(self, _name: str, public_id: str | None, system_id: str | None) -> None:  # noqa: N802
        if public_id not in _DOCTYPES or (system_id and not public_id):
            self.refuse("a document type other than SVG 1.1", "delete the line <!DOCTYPE …>")

    def refuse(self, what: str, *hints: str) -> None:
        message = f"the image has {what}, which is not safe in a book"
        self.findings.append(error(Code.UNSAFE_SVG, message, self._here(), *hints))
        if len(self.findings) >= _MOST_FINDINGS:
            raise BookError(self.findings)

    def check_ends(self) -> None:
        """Refuse what draws itself, or too much, by using parts again and again."""
        drawn: dict[str, int] = {}

        def count(shape: str, above: tuple[str, ...]) -> int:
            if shape in above or len(above) > _DEEPEST:
                return _MOST_SHAPES + 1
            if shape not in drawn:
                used = self.uses.get(shape, Counter())
                below = (n * count(each, (*above, shape)) for each, n in used.items())
                drawn[shape] = min(self.shapes[shape] + sum(below), _MOST_SHAPES + 1)
            return drawn[shape]

        if count(_ROOT, ()) > _MOST_SHAPES:
            self.refuse(f"parts that draw themselves, or more than {_MOST_SHAPES:,} shapes")

    def _here(self) -> Location:
        line, column = self.locator.getLineNumber(), self.locator.getColumnNumber()
        return Location(self.path, line or 0, (column or 0) + 1)

    def _start(self, namespace: str | None, tag: str, attrs: AttributesNSImpl) -> None:
        if (namespace, tag) != (SVG, "svg"):
            message = f"not an SVG image: its root is not <svg> in the namespace {SVG}"
            self.findings.append(error(Code.IMAGE_UNREADABLE, message, self._here()))
        self.size = _size(*(attrs.get((None, key), "") for key in ("width", "height", "viewBox")))

    def _look_at(self, tag: str, attribute: tuple[str | None, str], value: str) -> None:
        namespace, name = attribute
        if namespace is None and name.casefold().startswith("on"):
            self.refuse(f'the event "{name}"', "delete it")
        elif attribute == (XML, "base"):
            self.refuse("another base address", 'delete "xml:base"')
        elif name == "attributeName" and re.fullmatch("(?i)(xlink:)?href|on.*", value.strip()):
            self.refuse(f'an animation of "{value}"', "delete it")
        elif name in ("href", "src"):
            self._look_at_address(value, tag)
        elif "\\" in value or "(" in value or name == "style":
            self._look_at_css(value)

    def _look_at_css(self, css: str) -> None:
        css = _CSS_ESCAPE.sub(_unescape, _CSS_COMMENT.sub(" ", css))
        for found in _CSS_LOAD.finditer(_NAMESPACE_RULE.sub("", css)):
            if found[1]:
                self.refuse(f'"{found[1]}" in its style', "draw without it")
            else:
                self._look_at_address(found[3])

    def _look_at_address(self, address: str, tag: str = "") -> None:
        address = address.strip()
        if address.startswith("#") and tag in _POINTERS:
            return
        if address.startswith("#"):
            for holder in filter(None, self.open):
                self.uses.setdefault(holder, Counter())[address[1:]] += 1
        elif raster := _RASTER_DATA.fullmatch(address):
            self._look_at_raster(bool(raster[1]), raster[2])
        elif _FONT_DATA.match(address):
            return
        elif address and not (tag == "a" and re.match("(?i)https?:", address)):
            short = address if len(address) <= 60 else f"{address[:59]}…"
            self.refuse(f'the reference "{short}"', "put what it names inside the image")

    def _look_at_raster(self, is_base64: bool, written: str) -> None:
        content = unquote_to_bytes(written)
        try:
            self.check_raster(base64.b64decode(content) if is_base64 else content)
        except binascii.Error:
            message = "an image inside is not base64"
            self.findings.append(error(Code.IMAGE_UNREADABLE, message, self._here()))
        except BookError as fault:
            self.findings += [
                error(found.code, f"an image inside: {found.message}", self._here())
                for found in fault.diagnostics
            ]


def _size(width: str, height: str, box: str) -> tuple[float, float]:
    """Give the size that an image has where nothing else tells; its box keeps its shape."""
    sides = re.split(r"[\s,]+", box.strip())
    across, down = (_pixels(side) for side in sides[2:]) if len(sides) == 4 else (0.0, 0.0)
    x, y = _pixels(width), _pixels(height)
    if not (across and down) or (x and y):
        return x, y
    return x or (y * across / down if y else across), y or (x * down / across if x else down)


def _pixels(length: str) -> float:
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _PIXELS[found[2].casefold()] if found else 0.0


def _unescape(found: re.Match[str]) -> str:
    point = int(found[1], 16) if found[1] else ord(found[2])
    return chr(point) if 0 < point < 0x110000 else "\ufffd"
