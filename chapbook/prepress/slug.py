"""The slug line: whose page it is, and of which file."""

from collections.abc import Sequence
from itertools import pairwise

from chapbook.prepress.frame import MILLIMETRE, Frame
from chapbook.prepress.marks import ARM, middle_of
from chapbook.prepress.outlines import EM, Lettering
from chapbook.print_shop import PrintMark

TYPE_SIZE = 6.0
CAP_HEIGHT = 0.66  # of the type size
CLEAR = 1.5 * MILLIMETRE  # between the slug and its neighbours
ELLIPSIS = "…"

Gap = tuple[float, float]  # where it begins, and its width


class SlugLine:
    """Draws the slug under a page, between the other marks: the title, and the facts.

    The facts end with what only one page says of itself. All is drawn in the current colour.
    """

    def __init__(
        self,
        lettering: Lettering,
        frame: Frame,
        marks: Sequence[PrintMark],
        folds: Sequence[float],
        widest: str,
    ) -> None:
        """Find the room there is; `widest` is the longest that the facts will be."""
        self._lettering = lettering
        (self._title_x, self._title_room), (self._facts_x, room) = _gaps(frame, marks, folds)
        self._size = min(TYPE_SIZE, room * EM / max(lettering.width_of(widest), 1))
        self._y = frame.trim[1] - (frame.start + frame.end) / 2 - TYPE_SIZE * CAP_HEIGHT / 2

    def common(self, title: str, facts: str) -> bytes:
        """Draw what all pages say; a long title is cut short."""
        shown = cut_short(self._lettering, title, self._title_room * EM / TYPE_SIZE)
        return self._words(shown, TYPE_SIZE, self._title_x) + self._words(
            facts, self._size, self._facts_x
        )

    def own(self, facts: str, words: str) -> bytes:
        """Draw what one page says, after the facts that all say."""
        x = self._facts_x + self._lettering.width_of(facts) * self._size / EM
        return self._words(words, self._size, x)

    def _words(self, text: str, size: float, x: float) -> bytes:
        scale = size / EM
        place = b"q %.6f 0 0 %.6f %.3f %.3f cm\n" % (scale, scale, x, self._y)
        return place + self._lettering.outline(text) + b"f\nQ\n"


def cut_short(lettering: Lettering, text: str, room: float) -> str:
    """Give as much of a text as has room, in thousandths of an em; … for the rest."""
    if lettering.width_of(text) <= room:
        return text
    while text and lettering.width_of(text + ELLIPSIS) > room:
        text = text[:-1].rstrip()
    return text + ELLIPSIS if text else ""


def _gaps(frame: Frame, marks: Sequence[PrintMark], folds: Sequence[float]) -> tuple[Gap, Gap]:
    """Give the two widest gaps between the marks under a page."""
    left, _, right, _ = frame.trim
    middle = middle_of(frame, folds)
    half = ARM if PrintMark.REGISTRATION in marks else 0.0
    taken = sorted([(left, 0.0), (middle, half), *((left + x, 0.0) for x in folds), (right, 0.0)])
    gaps = [
        (x + reach + CLEAR, to - to_reach - x - reach - 2 * CLEAR)
        for (x, reach), (to, to_reach) in pairwise(taken)
    ]
    first, second = sorted(sorted(gaps, key=lambda gap: -gap[1])[:2])
    return first, second
