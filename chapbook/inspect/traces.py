"""Tell from a finished file what the text of each of its pages depends on.

A page is named by the digest of all that it leads to in the file: its boxes, what it draws, and
what it calls by name, without their numbers, which any edit may change. What follows from these
bytes alone need not be found out twice. Left out are the furniture around the text, which is an
artifact and can show no passage, and the faces, which all pages share and `faces` tells of.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Set
from functools import cached_property

from chapbook.inspect.faces import Face, read_faces
from chapbook.inspect.objects import REFERENCE, Objects, UnknownShapeError

_CONTENTS = re.compile(rb"/Contents ?(\[[^\]]*\]|\d+ 0 R)")
_RESOURCES = re.compile(rb"/Resources (\d+) 0 R")
_ELSEWHERE = re.compile(rb"/Parent \d+ 0 R|/StructParents? \d+|/Annots ?\[[^\]]*\]")
_DRAWN = re.compile(b"|".join([_CONTENTS.pattern, _RESOURCES.pattern, _ELSEWHERE.pattern]))
_FONTS = re.compile(rb"/Font (\d+) 0 R")
_FURNITURE = re.compile(rb"/F\d+ \d+ 0 R")
_CLOSING = re.compile(rb"Q\n(?:/Artifact<</Type/Pagination>>BDC q /F\d+ Do Q EMC\n)*")
_LIMITS = re.compile(rb"/Limits ?\[(\d+) (\d+)\]")
_OWNERS = re.compile(rb"(\d+) (\d+) 0 R")
_OWN_KEY = re.compile(rb"/StructParents (\d+)")
_PARENT = re.compile(rb"/P (\d+) 0 R")
_FACE = re.compile(rb"/([^\s/<>\[\]()]+)\s+[\d.-]+\s+Tf")
_SIGN = re.compile(rb"<([0-9a-f]{4})>")
_IMAGE = re.compile(rb"/Subtype ?/Image")
_FORM = re.compile(rb"/Subtype ?/Form")
_DEEPEST = 200

Codes = Mapping[str, Set[bytes] | None]


class Traces:
    """What can be told of the pages of one file, which count from 0.

    Everything here raises `UnknownShapeError` for a file that is not as the press writes it.
    """

    def __init__(self, pdf: bytes) -> None:
        """Find the pages."""
        self._objects = Objects(pdf)
        self._pages = tuple(self._leaves(self._objects.number(self._objects.root, b"Pages")))
        self._names: dict[int, bytes] = {}
        self._calls: dict[tuple[int, bool], bytes] = {}
        self._closings: dict[int, bool] = {}
        self._ways: dict[int, bytes] = {}
        self._kids: dict[int, frozenset[int]] = {}
        self._fonts = self._first_fonts()

    def __len__(self) -> int:
        """Count the pages."""
        return len(self._pages)

    def page(self, place: int, with_furniture: bool = False) -> str:
        """Name all that the text of a page depends on but the faces."""
        syntax, streams, resources = self._page(place)
        if not with_furniture and len(streams) > 1 and self._is_closing(streams[-1]):
            streams.pop()
        called = self._called(resources, with_furniture)
        boxes = self._named(_DRAWN.sub(b"", syntax))
        return _joined(called, boxes, *map(self._name, streams)).decode("ascii")

    def alternatives(self, place: int) -> str:
        """Name the tags that own what a page draws, and all those in which they stand."""
        key = _OWN_KEY.search(self._page(place)[0])
        owners = self._owners(int(key[1])) if key else ()
        return _joined(*map(self._way, owners)).decode("ascii")

    @cached_property
    def faces(self) -> dict[str, Face]:
        """The faces of the file by the names that pages call them."""
        return read_faces(self._objects, self._fonts)

    def draws(self, place: int, codes: Codes) -> bool:
        """Whether a page draws any of the signs given by face, of which None stands for all."""
        return any(_draws(content, codes) for content in self._drawn(place))

    def _page(self, place: int) -> tuple[bytes, list[int], int]:
        """Give a page's own syntax, its streams, and its resources."""
        syntax = self._objects.syntax(self._pages[place])
        contents, resources = _CONTENTS.search(syntax), _RESOURCES.search(syntax)
        if contents is None or resources is None:
            raise UnknownShapeError(f"page {place + 1} draws nothing")
        streams = [int(number) for number in REFERENCE.findall(contents[1])]
        return syntax, streams, int(resources[1])

    def _leaves(self, number: int, depth: int = 0) -> Iterator[int]:
        kids = self._objects.numbers(number, b"Kids")
        if depth > _DEEPEST:
            raise UnknownShapeError("the tree of pages has no end")
        for kid in kids:
            if b"/Type/Pages" in self._objects.syntax(kid):
                yield from self._leaves(kid, depth + 1)
            else:
                yield kid

    def _first_fonts(self) -> int:
        pages = (self._objects.syntax(self._page(place)[2]) for place in range(len(self)))
        found = next((fonts for syntax in pages if (fonts := _FONTS.search(syntax))), None)
        if found is None:
            raise UnknownShapeError("no page has fonts")
        return int(found[1])

    def _is_closing(self, stream: int) -> bool:
        if stream not in self._closings:
            payload = self._objects.payload(stream) or b""
            self._closings[stream] = _CLOSING.fullmatch(payload) is not None
        return self._closings[stream]

    def _called(self, resources: int, with_furniture: bool) -> bytes:
        """Name what resources give a name, but not the furniture, whose names any page changes."""
        key = resources, with_furniture
        if key not in self._calls:
            syntax = self._objects.syntax(resources)
            kept = syntax if with_furniture else _FURNITURE.sub(b"", syntax)
            self._calls[key] = self._named(kept)
        return self._calls[key]

    def _named(self, syntax: bytes) -> bytes:
        """Put names in place of numbers."""
        kept = _ELSEWHERE.sub(b"", syntax)
        if b" 0 R" not in kept:
            return kept
        kept = kept.replace(b"/Font %d 0 R" % self._fonts, b"/Font")
        return REFERENCE.sub(lambda found: self._name(int(found[1])), kept)

    def _name(self, number: int) -> bytes:
        """Name an object with all that it refers to; of a picture, not what it shows."""
        if number not in self._names:
            self._names[number] = b""
            syntax, payload = self._objects.look_up(number)
            shown = b"" if payload is None or _IMAGE.search(syntax) else payload
            self._names[number] = _joined(self._named(syntax), shown)
        if not self._names[number]:
            raise UnknownShapeError(f"object {number} refers to itself")
        return self._names[number]

    @cached_property
    def _branches(self) -> list[tuple[int, int, int]]:
        """Give the branches of the tree from content to tags: first key, last key, number."""
        root = self._objects.number(self._objects.root, b"StructTreeRoot")
        parents = self._objects.number(root, b"ParentTree")
        kids = self._objects.numbers(parents, b"Kids")
        limits = [(_LIMITS.search(self._objects.syntax(kid)), kid) for kid in kids]
        return sorted((int(one[1]), int(one[2]), kid) for one, kid in limits if one)

    def _owners(self, key: int) -> dict[int, None]:
        """Give the tags that own the content with a key, each once."""
        at = bisect_right(self._branches, (key + 1,)) - 1
        if at < 0 or key > self._branches[at][1]:
            return {}
        syntax = self._objects.syntax(self._branches[at][2])
        pairs = _OWNERS.findall(syntax, max(syntax.find(b"/Nums["), 0))
        numbers = [int(number) for own, number in pairs if int(own) == key]
        return {
            int(tag): None for n in numbers for tag in REFERENCE.findall(self._objects.syntax(n))
        }

    def _way(self, tag: int, depth: int = 0) -> bytes:
        """Name a tag with all those that it stands in, up to the root, which must know it."""
        if tag not in self._ways:
            syntax = self._objects.syntax(tag)
            parent = _PARENT.search(syntax)
            if depth > _DEEPEST or (parent and tag not in self._kids_of(int(parent[1]))):
                raise UnknownShapeError(f"tag {tag} is lost")
            above = self._way(int(parent[1]), depth + 1) if parent else b""
            self._ways[tag] = _joined(REFERENCE.sub(b"R", syntax) if parent else b"", above)
        return self._ways[tag]

    def _kids_of(self, tag: int) -> frozenset[int]:
        if tag not in self._kids:
            found = REFERENCE.findall(self._objects.syntax(tag))
            self._kids[tag] = frozenset(int(number) for number in found)
        return self._kids[tag]

    def _drawn(self, place: int) -> Iterator[bytes]:
        """Give what a page draws, and the forms that it may call, but no furniture."""
        _, streams, resources = self._page(place)
        for stream in streams:
            yield self._objects.content(stream)
        called = _FURNITURE.sub(b"", self._objects.syntax(resources))
        waiting, seen = REFERENCE.findall(called), set[int]()
        while waiting:
            number = int(waiting.pop())
            if number in seen or number == self._fonts:
                continue
            seen.add(number)
            syntax = self._objects.syntax(number)
            waiting += REFERENCE.findall(_ELSEWHERE.sub(b"", syntax))
            if _FORM.search(syntax):
                yield self._objects.content(number)


def _draws(content: bytes, codes: Codes) -> bool:
    called = {name: sought for name, sought in codes.items() if b"/%b " % name.encode() in content}
    if None in called.values():
        return True
    if not any(b"<%b>" % code in content for sought in called.values() for code in sought or ()):
        return False
    parts = _FACE.split(content)
    for face, text in zip(parts[1::2], parts[2::2], strict=True):
        sought = called.get(face.decode("latin-1"))
        if sought and not sought.isdisjoint(_SIGN.findall(text)):
            return True
    return False


def _joined(*parts: bytes) -> bytes:
    """Name some bytes together."""
    whole = b"".join([hashlib.sha256(part).digest() for part in parts])
    return hashlib.sha256(whole).hexdigest().encode("ascii")
