"""Take what the engine drew out of its PDF, as parts that do not depend on it."""

import re
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import pydyf

from chapbook.laid import Drawing, Part

REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
NAMED = ("ExtGState", "Pattern", "Shading", "ColorSpace")
COMPRESSION = 6


def add_plain_states(resources: Any) -> bool:
    """Let `resources` know the states of what is not transparent; whether it knows no others."""
    states = resources["ExtGState"]
    for name, key in (("a1.0", "ca"), ("A1.0", "CA")):
        states.setdefault(name, pydyf.Dictionary({key: 1.0}))
    return len(states) == 2


class Gathering:
    """The objects of a PDF that some content streams need. `parts` gives the part of each."""

    def __init__(self, pdf: Any, streams: Iterable[Any], resources: Any, fonts: Any) -> None:
        """Find what is needed; `fonts` is the engine's font dictionary, which is left empty."""
        self._objects = pdf.objects
        self._resources = b"".join(
            b"/%s %s" % (name.encode(), _data(resources[name]))
            for name in NAMED
            if name in resources
        )
        self._pictures = _data(resources["XObject"])[2:-2]
        self._heads: dict[int, bytes] = {}
        self._fonts = fonts.number
        roots = [stream.number for stream in streams]
        roots += _references(self._resources) + _references(self._pictures)
        self._reach([*roots, self._fonts])
        self.parts = {number: part for part, number in enumerate(sorted(self._heads), 1)}

    def _reach(self, numbers: list[int]) -> None:
        waiting = list(numbers)
        while waiting:
            number = waiting.pop()
            if number not in self._heads:
                head = _head(self._objects[number])
                self._heads[number] = head
                waiting += _references(head)

    def draw(self) -> Drawing:
        """Give all of it; the content of the streams must not change any more."""
        parts = tuple(self._part(number) for number in sorted(self._heads))
        return Drawing(
            parts,
            self._renumber(self._resources),
            self._renumber(self._pictures),
            self.parts[self._fonts],
        )

    def _part(self, number: int) -> Part:
        item = self._objects[number]
        if number == self._fonts:
            return Part(b"null")
        head = self._renumber(self._heads[number])
        return Part(head, _payload(item) if isinstance(item, pydyf.Stream) else None)

    def _renumber(self, syntax: bytes) -> bytes:
        return REFERENCE.sub(lambda found: b"%d 0 R" % self.parts[int(found[1])], syntax)


def _head(item: Any) -> bytes:
    if not isinstance(item, pydyf.Stream):
        return _data(item)
    extra: Mapping[str, Any] = {k: v for k, v in item.extra.items() if k != "Length"}
    if item.compress:
        extra = {**extra, "Filter": "/FlateDecode"}
    return _data(pydyf.Dictionary(extra))


def _payload(stream: Any) -> bytes:
    content = b"\n".join(pydyf._to_bytes(item) for item in stream.stream)
    return zlib.compress(content, COMPRESSION) if stream.compress else content


def _data(item: Any) -> bytes:
    data: bytes = pydyf._to_bytes(item)
    return data


def _references(syntax: bytes) -> list[int]:
    return [int(number) for number in REFERENCE.findall(syntax)]
