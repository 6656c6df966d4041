"""Letters as outlines.

Drawn as outlines, the slug line needs no font in the file, and no reader takes it for text of
the book. The one file of this room that knows fontTools (https://fonttools.readthedocs.io).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

EM = 1000

Step = tuple[bytes, tuple[tuple[int, int], ...]]  # an operator, and the points before it


class Lettering:
    """Draws letters as outlines, each in the first of some faces that has it."""

    def __init__(self, faces: Sequence[Path]) -> None:
        """Take the font files."""
        self._faces = [_face(file) for file in faces]

    def can_draw(self, text: str) -> bool:
        """Whether the faces have every letter of a text."""
        return all(self._glyph(letter) is not None for letter in text)

    def width_of(self, text: str) -> int:
        """Give the width of a text in thousandths of an em; letters that no face has are 0 wide."""
        return sum(glyph[1] for letter in text if (glyph := self._glyph(letter)))

    def outline(self, text: str) -> bytes:
        """Give a text as a path, an em being 1000 units, its first letter at 0, 0."""
        path, x = [], 0
        for letter in text:
            if glyph := self._glyph(letter):
                path += [_moved(step, x) for step in _shape(glyph[0], letter)]
                x += glyph[1]
        return b"".join(path)

    def _glyph(self, letter: str) -> tuple["_Face", int] | None:
        """Give the face that has a letter, and the width of the letter there."""
        for face in self._faces:
            if ord(letter) in face.letters:
                width = face.font["hmtx"][face.letters[ord(letter)]][0]
                return face, round(width * EM / face.font["head"].unitsPerEm)
        return None


@dataclass(frozen=True, slots=True, eq=False)
class _Face:
    font: TTFont
    letters: Mapping[int, str]
    shapes: Any


@lru_cache(maxsize=8)
def _face(file: Path) -> _Face:
    font = TTFont(file, lazy=True)
    return _Face(font, font.getBestCmap(), font.getGlyphSet())


@lru_cache(maxsize=4096)
def _shape(face: _Face, letter: str) -> tuple[Step, ...]:
    pen = _Pen(face.shapes, EM / face.font["head"].unitsPerEm)
    face.shapes[face.letters[ord(letter)]].draw(pen)
    return tuple(pen.steps)


def _moved(step: Step, x: int) -> bytes:
    operator, points = step
    return b"".join([b"%d %d " % (across + x, up) for across, up in points]) + operator


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
