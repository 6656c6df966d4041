"""Content streams: each mark gets its ink at the moment it is made.

A colour is only noted where the stream sets it, and written where something is painted with it,
since the same colour is another ink for text than for an area.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from chapbook.prepress.colour.functions import UnconvertibleError
from chapbook.prepress.colour.press import Ink, Press
from chapbook.prepress.colour.separation import Colour
from chapbook.prepress.colour.spaces import Family, Space, device
from chapbook.prepress.colour.syntax import Instruction, instructions, values, written

OVERPRINT, KNOCKOUT = "InkOver", "InkOut"
_SMALL = 12.0  # points: up to this, white shows round black that is a hair out of register
_BLACKS = ((0.0,), (0.0, 0.0, 0.0, 1.0))
_FILLED, _STROKED = (0, 2, 4, 6), (1, 2, 5, 6)  # text rendering modes
_SETTERS = {1: (b"g", b"G"), 3: (b"rg", b"RG"), 4: (b"k", b"K")}
_DEVICES = {b"g": 1, b"rg": 3, b"k": 4}


def spot_name(spot: int) -> str:
    """Give the name by which content streams call a spot, counted from 1."""
    return f"InkSpot{spot}"


def pattern_name(ink: Ink) -> str:
    """Give the name of the space of uncoloured patterns that are painted with such an ink."""
    return f"InkPattern{len(ink.values)}{'s' * bool(ink.spot)}{ink.spot or ''}"


@dataclass(frozen=True, slots=True)
class Raw:
    """A colour that stays as written, a pattern or registration black: its space, its values."""

    space: bytes
    values: bytes


@dataclass(frozen=True, slots=True)
class Reader:
    """What content may ask of the resources that it goes by.

    `space` reads the space of that name. `draw` is told of an external object, of the scale it
    is drawn at, and says whether the current colour reaches it. `call` makes sure that there is
    a space, or a state, of a name of ours.
    """

    space: Callable[[str], Space]
    draw: Callable[[str, float], bool]
    call: Callable[[str, Ink | None], None]


@dataclass(slots=True)
class _State:
    """What `q` keeps: for filling and stroking the space, the colour, and what was last written.

    A colour of None is that of the content which this one is drawn in.
    """

    spaces: list[Space]
    colours: list[Colour | Raw | None]
    laid: list[bytes]
    scale: float = 1.0
    size: float = 0.0
    mode: int = 0
    overprints: bool = False

    def copy(self) -> "_State":
        return replace(self, spaces=self.spaces[:], colours=self.colours[:], laid=self.laid[:])


class Painter:
    """Goes through one content stream, once."""

    def __init__(self, press: Press, reader: Reader, *, is_page: bool, scale: float = 1.0) -> None:
        """Start as a page does, in black, or as a form does, with the colours of its caller."""
        gray = device(1)
        start = gray.initial if is_page else None
        self._press, self._reader = press, reader
        self._state = _State([gray, gray], [start, start], [b"", b""], scale)
        self._kept: list[_State] = []
        self._pieces: list[bytes] = []
        self._copied = 0
        self._path = -1
        self._text_scale = 1.0

    def repaint(self, content: bytes) -> bytes:
        """Give the stream with its colours in ink.

        Raises `UnreadableError`, and `UnconvertibleError` where a colour is unknown.
        """
        for found in instructions(content):
            if step := _STEPS.get(found.operator):
                step(self, content, found)
        self._pieces.append(content[self._copied :])
        return b"".join(self._pieces)

    # Each step takes the stream and one instruction of it.

    def _save(self, _content: bytes, _found: Instruction) -> None:
        self._kept.append(self._state.copy())

    def _restore(self, _content: bytes, _found: Instruction) -> None:
        if self._kept:
            self._state = self._kept.pop()

    def _turn(self, _content: bytes, found: Instruction) -> None:
        self._state.scale *= _scale(found.operands)

    def _begin_text(self, _content: bytes, _found: Instruction) -> None:
        self._text_scale = 1.0

    def _place_text(self, _content: bytes, found: Instruction) -> None:
        self._text_scale = _scale(found.operands)

    def _choose_font(self, _content: bytes, found: Instruction) -> None:
        self._state.size = abs(_last(found.operands))

    def _choose_mode(self, _content: bytes, found: Instruction) -> None:
        self._state.mode = int(_last(found.operands))

    def _start_path(self, _content: bytes, found: Instruction) -> None:
        if self._path < 0:
            self._path = found.start

    def _end_path(self, _content: bytes, _found: Instruction) -> None:
        self._path = -1

    def _set_device(self, content: bytes, found: Instruction) -> None:
        given = tuple(min(max(value, 0.0), 1.0) for value in values(found.operands))
        space = device(_DEVICES[found.operator.lower()])
        if len(given) != space.count:
            raise UnconvertibleError("a colour of too few or too many values")
        self._note(content, found, space, given)

    def _set_space(self, content: bytes, found: Instruction) -> None:
        name = found.operands.strip()
        space = self._reader.space(name[1:].decode("latin-1"))
        if space.family is Family.KEPT:
            self._note(content, found, space, Raw(name, b"1"))
        else:
            colour = space.colour(space.initial) if space.initial else None
            self._note(content, found, space, colour)

    def _set_colour(self, content: bytes, found: Instruction) -> None:
        at = found.operator[:1] == b"S"
        space, before = self._state.spaces[at], self._state.colours[at]
        if space.family is Family.PATTERN:
            self._note(content, found, space, self._pattern(found.operands, space))
        elif isinstance(before, Raw):
            self._note(content, found, space, Raw(before.space, found.operands.strip()))
        elif len(given := values(found.operands)) != space.count:
            raise UnconvertibleError("a colour of too few or too many values")
        else:
            self._note(content, found, space, space.colour(given))

    def _pattern(self, operands: bytes, space: Space) -> Raw:
        cut = operands.rfind(b"/")
        name, given = operands[cut:].strip(), values(operands[:cut])
        if space.base is None or len(given) != space.base.count:
            return Raw(b"/Pattern", name)
        ink = self._press.ink(space.base.colour(given))
        self._reader.call(pattern_name(ink), ink)
        return Raw(b"/" + pattern_name(ink).encode(), written(ink.values) + b" " + name)

    def _note(
        self, content: bytes, found: Instruction, space: Space, colour: Colour | Raw | None
    ) -> None:
        at = found.operator[:1].isupper()
        self._state.spaces[at], self._state.colours[at] = space, colour
        self._pieces.append(content[self._copied : found.start])
        self._copied = found.end

    def _fill(self, content: bytes, found: Instruction) -> None:
        self._lay(content, found, (True, False))

    def _stroke(self, content: bytes, found: Instruction) -> None:
        self._lay(content, found, (False, True))

    def _fill_and_stroke(self, content: bytes, found: Instruction) -> None:
        self._lay(content, found, (True, True))

    def _show(self, content: bytes, found: Instruction) -> None:
        mode = self._state.mode
        self._lay(content, found, (mode in _FILLED, mode in _STROKED), is_text=True)

    def _draw(self, content: bytes, found: Instruction) -> None:
        name = found.operands.strip()[1:].decode("latin-1")
        needed = self._reader.draw(name, self._state.scale)
        self._lay(content, found, (needed, needed))

    def _shade(self, content: bytes, found: Instruction) -> None:
        self._lay(content, found, (False, False))

    def _lay(
        self, content: bytes, found: Instruction, needed: tuple[bool, bool], is_text: bool = False
    ) -> None:
        """Write what is not yet written of the inks that a mark needs, before its path begins."""
        code = b""
        for at in (0, 1):
            if needed[at] and (setting := self._setting(at, is_text)) != self._state.laid[at]:
                self._state.laid[at] = setting
                code += setting
        code += self._overprint(is_text and needed == (True, False))
        start = self._path if self._path >= 0 and not is_text else found.start
        self._path = -1
        if code:
            start = max(start, self._copied)
            self._pieces += content[self._copied : start], b"\n", code
            self._copied = start

    def _setting(self, at: int, is_text: bool) -> bytes:
        colour = self._state.colours[at]
        if colour is None:
            return self._state.laid[at]
        special = (b"cs", b"scn") if at == 0 else (b"CS", b"SCN")
        if isinstance(colour, Raw):
            return b"%b %b %b %b\n" % (colour.space, special[0], colour.values, special[1])
        ink = self._press.ink(colour, is_text)
        if not ink.spot:
            return b"%b %b\n" % (written(ink.values), _SETTERS[len(ink.values)][at])
        self._reader.call(spot_name(ink.spot), ink)
        named = spot_name(ink.spot).encode()
        return b"/%b %b %b %b\n" % (named, special[0], written(ink.values), special[1])

    def _overprint(self, is_plain_text: bool) -> bytes:
        """Let small black text overprint: switch it on, or off again, where that changes."""
        wanted = self._press.overprints and is_plain_text and self._is_small_black()
        if wanted == self._state.overprints:
            return b""
        self._state.overprints = wanted
        name = OVERPRINT if wanted else KNOCKOUT
        self._reader.call(name, None)
        return b"/%b gs\n" % name.encode()

    def _is_small_black(self) -> bool:
        state, colour = self._state, self._state.colours[0]
        if colour is None or isinstance(colour, Raw):
            return False
        ink = self._press.ink(colour, True)
        size = state.size * self._text_scale * state.scale
        return not ink.spot and ink.values in _BLACKS and size <= _SMALL


def _scale(operands: bytes) -> float:
    given = values(operands)
    if len(given) != 6:
        return 1.0
    return float(abs(given[0] * given[3] - given[1] * given[2]) ** 0.5)


def _last(operands: bytes) -> float:
    given = values(operands.split()[-1]) if operands.split() else ()
    return given[-1] if given else 0.0


_STEPS: dict[bytes, Callable[[Painter, bytes, Instruction], None]] = {
    b"q": Painter._save,
    b"Q": Painter._restore,
    b"cm": Painter._turn,
    b"BT": Painter._begin_text,
    b"Tm": Painter._place_text,
    b"Tf": Painter._choose_font,
    b"Tr": Painter._choose_mode,
    b"n": Painter._end_path,
    b"Do": Painter._draw,
    b"sh": Painter._shade,
    **dict.fromkeys((b"m", b"re"), Painter._start_path),
    **dict.fromkeys((b"g", b"G", b"rg", b"RG", b"k", b"K"), Painter._set_device),
    **dict.fromkeys((b"cs", b"CS"), Painter._set_space),
    **dict.fromkeys((b"sc", b"SC", b"scn", b"SCN"), Painter._set_colour),
    **dict.fromkeys((b"f", b"F", b"f*"), Painter._fill),
    **dict.fromkeys((b"S", b"s"), Painter._stroke),
    **dict.fromkeys((b"B", b"B*", b"b", b"b*"), Painter._fill_and_stroke),
    **dict.fromkeys((b"Tj", b"TJ", b"'", b'"'), Painter._show),
}
