"""Compose the sheet that tells with pictures how the printed sheets become a booklet."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chapbook.cache import Cache
from chapbook.compose.folders import Folders
from chapbook.compose.rendering import Renderer
from chapbook.imposition import Place, Plan
from chapbook.print_shop import Binding, Flip
from chapbook.words import Words

TEMPLATE = "booklet/folding.svg.j2"
# Heights on the sheet in millimetres; how many square letters a line of text, or the title, holds.
HEAD, STEP, FOOT = 44, 44, 4
LINE, TITLE = 19.0, 39.0
# Sheets in a gathering from which on the fore edge is seen to be no longer straight.
STEPPED = 4
# Pictures in which it shows on which side the spine is.
MIRRORED = ("staple", "bind", "trim", "sew")
NEVER_FIRST = frozenset("\u3001\u3002\u300d\u300f\uff01\uff09\uff0c\uff0e\uff1f")

Step = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A page on the first sheet; its middle is `x` of the width and `y` of the height."""

    label: str
    x: float
    y: float
    is_turned: bool = False


def compose_folding(
    plan: Plan, title: str, folders: tuple[Path, ...], words: Words, cache: Cache | None = None
) -> str:
    """Write the instruction for a plan as SVG. Raises `BookError` where a template is at fault."""
    named = list(_steps(plan))
    first = plan.sheets[0]
    context = {
        "plan": plan,
        "title": _shortened(title),
        "words": words,
        "height": HEAD + STEP * len(named) + FOOT,
        "tops": [HEAD + STEP * index for index in range(len(named))],
        "facts": _facts(plan, words),
        "steps": [(picture, _balanced(_text(word, plan, words))) for picture, word in named],
        "front": [_cell(plan, place) for place in first.front],
        "back": [_cell(plan, place) for place in first.back],
        "piles": [_cell(plan, place) for place in sorted(first.front, key=_page)],
        "is_over_head": first.back[0].is_turned,
        "right_to_left": plan.right_to_left,
        "mirrored": MIRRORED,
    }
    return Renderer(Folders(folders), cache).render(TEMPLATE, context)


def _facts(plan: Plan, words: Words) -> list[tuple[str, str]]:
    named = words.folding
    facts = [
        (named["paper"], plan.sheet.name),
        (named["sheets"], str(len(plan.sheets))),
        (named["pages"], str(plan.pages)),
    ]
    return [*facts, (named["gatherings"], str(plan.gatherings))] if plan.gatherings > 1 else facts


def _steps(plan: Plan) -> Iterator[tuple[str, str]]:
    """Name the picture and the text of each step."""
    yield "print", "print_short" if plan.booklet.flip is Flip.SHORT else "print_long"
    if not plan.is_folded:
        yield from (("cut", "cut"), ("pile", "pile"), ("bind", "bind"))
        return
    deepest = max(sheet.depth for sheet in plan.sheets) + 1
    if plan.gatherings > 1:
        yield ("part", "part") if deepest > 1 else ("part", "order")
    elif deepest > 1:
        yield "nest", "nest"
    yield "fold", "fold"
    if plan.gatherings > 1:
        is_glued = plan.booklet.binding is Binding.PERFECT
        yield ("glue", "glue" if plan.has_bars else "glue_plain") if is_glued else ("sew", "sew")
    else:
        yield "staple", "staple"
    if deepest >= STEPPED:
        yield "trim", "trim"


def _text(word: str, plan: Plan, words: Words) -> str:
    in_one = max(sheet.depth for sheet in plan.sheets) + 1
    return words.folding[word].replace("{sheets}", str(in_one))


def _cell(plan: Plan, place: Place) -> Cell:
    left, bottom = place.left - place.shift, place.bottom
    is_blank = plan.pages - plan.blanks < place.page <= plan.pages and not plan.booklet.cover
    return Cell(
        "" if is_blank else str(place.page),
        (left + plan.page.width / 2) / plan.sheet.width,
        (bottom + plan.page.height / 2) / plan.sheet.height,
        place.is_turned,
    )


def _page(place: Place) -> int:
    return place.page


def _shortened(title: str) -> str:
    first, *more = _lines(title, TITLE)
    return f"{first} …" if more else first


def _balanced(text: str) -> tuple[str, ...]:
    """Break a text into as few lines as it takes, about equally long."""
    lines, widest = _lines(text), LINE
    while len(closer := _lines(text, widest - 0.5)) == len(lines) and widest > 1:
        lines, widest = closer, widest - 0.5
    return lines


def _lines(text: str, widest: float = LINE) -> tuple[str, ...]:
    """Break a text into lines: at spaces, and between ideographs."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and _width((line + piece).rstrip()) > widest:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return (*lines, line.rstrip())


def _pieces(text: str) -> Iterator[str]:
    piece = ""
    for letter in text:
        if piece and letter not in NEVER_FIRST and (piece[-1] == " " or _is_wide(piece[-1])):
            yield piece
            piece = ""
        piece += letter
    if piece:
        yield piece


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in ("W", "F")


def _width(text: str) -> float:
    return sum(1.0 if _is_wide(letter) else 0.48 for letter in text)
