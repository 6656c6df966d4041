"""Letters as outlines, from the house's own faces.

Drawn as outlines, the slug line needs no font in the file, and no reader takes it for text of
the book. The one file of this room that knows fontTools (https://fonttools.readthedocs.io).
"""

from functools import cache
from importlib import resources
from io import BytesIO
from typing import Any, BinaryIO

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

FACES = (
    "source-sans-3/SourceSans3-Regular.ttf",
    "noto-sans-jp/NotoSansJP-Regular.ttf",
)
EM = 1000

Step = tuple[bytes, tuple[tuple[int, int], ...]]  # an operator, and the points before it


def can_draw(text: str) -> bool:
    """Whether the house's faces have every letter of a text."""
    return all(_glyph(letter) is not None for letter in text)


def width_of(text: str) -> int:
    """Give the width of a text in thousandths of an em; letters that no face has count nothing."""
    return sum(glyph[1] for letter in text if (glyph := _glyph(letter)))


def outline(text: str) -> bytes:
    """Give a text as a path, an em being 1000 units, its first letter at 0, 0."""
    path, x = [], 0
    for letter in text:
        if glyph := _glyph(letter):
            path += [_moved(step, x) for step in _shape(letter)]
            x += glyph[1]
    return b"".join(path)


@cache
def _glyph(letter: str) -> tuple[int, int] | None:
    """Give the place of the face that has a letter, and the width of the letter there."""
    for place, _ in enumerate(FACES):
        font, letters, _ = _face(place)
        if ord(letter) in letters:
            width = font["hmtx"][letters[ord(letter)]][0]
            return place, round(width * EM / font["head"].unitsPerEm)
    return None


@cache
def _shape(letter: str) -> tuple[Step, ...]:
    glyph = _glyph(letter)
    assert glyph
    font, letters, shapes = _face(glyph[0])
    pen = _Pen(shapes, EM / font["head"].unitsPerEm)
    shapes[letters[ord(letter)]].draw(pen)
    return tuple(pen.steps)


def _moved(step: Step, x: int) -> bytes:
    operator, points = step
    return b"".join([b"%d %d " % (across + x, up) for across, up in points]) + operator


@cache
def _face(place: int) -> tuple[Any, dict[int, str], Any]:
    font = TTFont(_file(FACES[place]), lazy=True)
    return font, font.getBestCmap(), font.getGlyphSet()


def _file(name: str) -> BinaryIO:
    """Open a face of the house's: inside the package as installed, or beside its sources."""
    with resources.as_file(resources.files("chapbook")) as package:
        inside = package / "templates" / "fonts" / name
        beside = package.parent / "templates" / "fonts" / name
        return BytesIO((inside if inside.is_file() else beside).read_bytes())


class _Pen(BasePen):  # type: ignore[misc]
    """Notes what is drawn as a path of PDF (ISO 32000-1, 8.5.2)."""

    def __init__(self, shapes: Any, scale: float) -> None:
        super().__init__(shapes)
        self.steps: list[Step] = []
        self._scale = scale

    def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._note(b"m\n", point)

    def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._note(b"l\n", point)

    def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._note(b"c\n", *points)

    def _closePath(self) -> None:  # noqa: N802
        self._note(b"h\n")

    def _note(self, operator: bytes, *points: tuple[float, float]) -> None:
        places = [(round(across * self._scale), round(up * self._scale)) for across, up in points]
        self.steps.append((operator, tuple(places)))
