"""Transparency: taken out where that changes nothing, and found where it stays.

PDF/X-1a has none (ISO 15930-4, 6); PDF/X-4 wants it blended in the inks of the press.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from chapbook.prepress.names import Content, all_within, called, content_of_page, inner_contents
from chapbook.prepress.stencils import simplify_mask

PLAIN_MODES = frozenset({"/Normal", "/Compatible"})
MARK = re.compile(rb"/MCID\s+(\d+)")


@dataclass(frozen=True, slots=True)
class Blend:
    """Something that lets show through what is under it: the page, from 1, and what it is."""

    page: int
    what: str


def flatten(file: pikepdf.Pdf) -> None:
    """Take out what only seems transparent: opaque groups, and masks that hide all or nothing."""
    for item in list(file.objects):
        if isinstance(item, Stream) and item.get("/Subtype") == Name.Image:
            simplify_mask(file, item)
    walk = _Walk(_Words(file))
    contents = [content_of_page(page) for page in file.pages]
    is_plain = [not walk.blends(content) for content in contents]
    # Drawn with an opacity, a group is more than what is in it.
    kept: set[tuple[int, int]] = set()
    for content, plain in zip(contents, is_plain, strict=True):
        kept |= set() if plain else {inner.owner.objgen for inner in all_within(content)}
    for content, plain in zip(contents, is_plain, strict=True):
        for drawn in all_within(content) if plain else ():
            if drawn.owner.objgen not in kept and "/Group" in drawn.owner:
                del drawn.owner["/Group"]


def find_blends(file: pikepdf.Pdf) -> list[Blend]:
    """Find everything transparent, page by page."""
    walk = _Walk(_Words(file))
    return [
        Blend(number, what)
        for number, page in enumerate(file.pages, 1)
        for what in dict.fromkeys(walk.blends(content_of_page(page)))
    ]


def blend_in(file: pikepdf.Pdf, space: pikepdf.Object) -> None:
    """Let all that is transparent be blended in a colour space (ISO 15930-7, 6.20)."""
    walk = _Walk(_Words(file))
    for page in file.pages:
        if walk.blends(content_of_page(page)):
            page.obj.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=space)
    for item in file.objects:
        group = item.get("/Group", None) if isinstance(item, Stream) else None
        if group is not None and group.get("/CS") == Name.DeviceRGB:
            group.CS = space


@dataclass(slots=True)
class _Walk:
    """Looks into pages and all they draw, each form once."""

    words: "_Words"
    known: dict[tuple[int, int], list[str]] = field(default_factory=dict)

    def blends(self, content: Content) -> list[str]:
        """Say what is transparent in some content; nothing is said of an empty group."""
        key = content.owner.objgen
        if key not in self.known:
            self.known[key] = []  # a form that draws itself ends here
            self.known[key] = list(self._look(content))
        return self.known[key]

    def _look(self, content: Content) -> Iterator[str]:
        for _, state in called(content, "/ExtGState"):
            yield from _of_state(state)
        for name, item in called(content, "/XObject"):
            if item.get("/Subtype") == Name.Image and is_masked(item):
                yield f"the picture{self.words.of(content, name)} has soft edges or is see-through"
        for inner in inner_contents(content):
            yield from self.blends(inner)


def is_masked(image: pikepdf.Object) -> bool:
    """Whether a picture has a soft mask, of its own or inside its data."""
    return isinstance(image.get("/SMask"), Stream) or bool(int(image.get("/SMaskInData", 0)))


def _of_state(state: pikepdf.Object) -> Iterator[str]:
    opacity = min(float(state.get("/ca", 1)), float(state.get("/CA", 1)))
    if opacity < 1:
        yield f"something is drawn with an opacity of {opacity:g}"
    if isinstance(state.get("/SMask"), Dictionary):
        yield "something is drawn through a soft mask"
    modes = state.get("/BM", Name.Normal)
    first = str(modes[0] if isinstance(modes, Array) else modes)
    if first not in PLAIN_MODES:
        yield f"something is drawn with the blend mode {first[1:]}"


class _Words:
    """Knows the words of pictures: those of the tag that holds what draws them."""

    def __init__(self, file: pikepdf.Pdf) -> None:
        structure = file.Root.get("/StructTreeRoot", Dictionary())
        has_tree = "/ParentTree" in structure
        self._tree = pikepdf.NumberTree(structure.ParentTree) if has_tree else None

    def of(self, content: Content, name: str) -> str:
        """Give the words of a picture, in quotation marks; nothing where it has none."""
        drawn = re.search(re.escape(name.encode("latin-1")) + rb"\s+Do\b", content.drawn)
        marks = MARK.findall(content.drawn, 0, drawn.start()) if drawn else []
        key = content.owner.get("/StructParents", None)
        if not marks or key is None or self._tree is None or int(key) not in self._tree:
            return ""
        owners, mark = self._tree[int(key)], int(marks[-1])
        owner = owners[mark] if isinstance(owners, Array) and mark < len(owners) else None
        words = owner.get("/Alt", None) if isinstance(owner, Dictionary) else None
        return f" “{words}”" if words is not None else ""
