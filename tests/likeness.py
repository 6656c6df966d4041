"""Compares two PDFs as a reader and a machine would, and says in words what differs.

The numbers of objects, the names of fonts and the keys of notes may differ: nobody sees them.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image, ImageChops

SCALE = 1.5
MOST_SHOWN = 12
BOXES = ("MediaBox", "BleedBox", "TrimBox", "CropBox")
SAID = ("T", "Alt", "Lang", "E", "ActualText")
ENDED = "(nothing)"
HYPHENS = dict.fromkeys(map(ord, "\u2010\u00ad\ufffe"), "-")


def differences(one: bytes, other: bytes) -> list[str]:
    """Say what differs between two files; an empty list where nothing does."""
    return [*_facts_that_differ(facts(one), facts(other)), *differences_of_look(one, other)]


def differences_of_look(
    one: bytes, other: bytes, scale: float = SCALE, tolerance: int = 0
) -> list[str]:
    """Say which pages look different.

    `scale` is in pixels per point. A pixel may differ by `tolerance` of 255 in each colour.
    """
    return list(_pictures_that_differ(one, other, scale, tolerance))


def facts(pdf: bytes) -> dict[str, list[str]]:
    """Give all of a file but the look of its pages, as lines by what they are about."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = _Reader(opened).facts()
    document = pypdfium2.PdfDocument(pdf)
    try:
        found["label"] = [document.get_page_label(page) for page in range(len(document))]
        found["text"] = [_text(document[page]) for page in range(len(document))]
    finally:
        document.close()
    return found


def structure_as_yaml(pdf: bytes) -> str:
    """Write the structure tree, each element as a key with its content as a list."""
    return "\n".join(facts(pdf)["structure"]) + "\n"


def _facts_that_differ(
    one: Mapping[str, Sequence[str]], other: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    for name in one:
        if one[name] == other[name]:
            continue
        pairs = enumerate(zip_longest(one[name], other[name], fillvalue=ENDED), 1)
        found = [f"{name} {n}: {a!r} is not {b!r}" for n, (a, b) in pairs if a != b]
        yield from found[:MOST_SHOWN]
        if len(found) > MOST_SHOWN:
            yield f"{name}: {len(found) - MOST_SHOWN} more differences"


def _pictures_that_differ(one: bytes, other: bytes, scale: float, tolerance: int) -> Iterator[str]:
    documents = pypdfium2.PdfDocument(one), pypdfium2.PdfDocument(other)
    if len(documents[0]) != len(documents[1]):
        yield f"pages: {len(documents[0])} are not {len(documents[1])}"
    try:
        for number in range(min(map(len, documents))):
            said = _unlike(*(_picture(document[number], scale) for document in documents))
            if said and said[0] > tolerance:
                most, (left, top, right, bottom) = said
                corners = (round(side / scale) for side in (left, top, right, bottom))
                area = "({}, {}) to ({}, {})".format(*corners)
                yield f"page {number + 1}: looks different by {most} of 255 from {area} points"
    finally:
        for document in documents:
            document.close()


def _picture(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    picture: Image.Image = page.render(scale=scale).to_pil()
    return picture


def _unlike(one: Image.Image, other: Image.Image) -> tuple[int, tuple[int, int, int, int]] | None:
    """Give by how much two pictures differ at most, and where; None where they are the same."""
    if one.size != other.size:
        return 256, (0, 0, *one.size)
    difference = ImageChops.difference(one, other)
    area = difference.getbbox()
    if area is None:
        return None
    extremes: Any = difference.getextrema()
    return max(most for _, most in extremes), area


def _text(page: pypdfium2.PdfPage) -> str:
    """Give the letters of a page; readers only guess at what is between its words.

    A hyphen may look the same as another sign, and means what was drawn first with that glyph.
    """
    read = page.get_textpage()
    try:
        return "".join(read.get_text_range().translate(HYPHENS).split())
    finally:
        read.close()


class _Reader:
    """Reads the facts of one file."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._root: Any = pdf.Root
        self._numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}

    def facts(self) -> dict[str, list[str]]:
        return {
            "document": list(self._document()),
            "box": [self._boxes(page) for page in self._pdf.pages],
            "destination": self._destinations(),
            "outline": list(self._outline(self._root.get("/Outlines", {}).get("/First"), 0)),
            "annotation": list(self._annotations()),
            "structure": list(self._structure()),
        }

    def _document(self) -> Iterator[str]:
        yield f"pages: {len(self._pdf.pages)}"
        for name in ("/Lang", "/PageMode", "/PageLayout", "/MarkInfo", "/ViewerPreferences"):
            value = self._root.get(name)
            yield f"{name}: {value.unparse()!r}" if value is not None else f"{name}: none"
        for key, value in sorted(self._pdf.docinfo.items()):
            yield f"{key}: {value}"
        claims = "/Metadata" in self._root and self._root.Metadata.read_bytes()
        yield f"claims: {b'pdfuaid:part' in (claims or b'')}"

    def _boxes(self, page: Any) -> str:
        return ", ".join(f"{name} {_numbers(page.get(f'/{name}', ()))}" for name in BOXES)

    def _destinations(self) -> list[str]:
        if "/Names" not in self._root or "/Dests" not in self._root.Names:
            return []
        tree = pikepdf.NameTree(self._root.Names.Dests)
        return sorted(f"{name}: {self._place(place)}" for name, place in tree.items())

    def _place(self, place: Any) -> str:
        return f"page {self._numbers[place[0].objgen]} at {_numbers(list(place)[2:4])}"

    def _outline(self, line: Any, level: int) -> Iterator[str]:
        while line is not None:
            place = self._place(line.Dest)
            yield f"{'  ' * level}{line.Title}, {place}, {line.get('/Count', 0)} below"
            yield from self._outline(line.get("/First"), level + 1)
            line = line.get("/Next")

    def _annotations(self) -> Iterator[str]:
        for number, page in enumerate(self._pdf.pages, 1):
            for one in page.get("/Annots", ()):
                target = f"#{one.Dest}" if "/Dest" in one else str(one.A.URI)
                yield f"page {number}: {target} at {_numbers(one.Rect)}, {str(one.Contents)!r}"

    def _structure(self) -> Iterator[str]:
        root = self._root.get("/StructTreeRoot")
        waiting: list[tuple[Any, int, int]] = []
        if root is not None:
            waiting = [(kid, 0, 0) for kid in reversed(_kids(root))]
        while waiting:
            item, level, page = waiting.pop()
            yield f"{'  ' * level}- {self._described(item, page)}"
            if isinstance(item, pikepdf.Dictionary) and "/S" in item:
                own = self._numbers.get(item.Pg.objgen, 0) if "/Pg" in item else page
                waiting += [(kid, level + 1, own) for kid in reversed(_kids(item))]

    def _described(self, item: Any, page: int) -> str:
        """Write an element's line, or that of content: its page, its number there, its form."""
        if not isinstance(item, pikepdf.Dictionary):
            return f"page {page}, mark {int(item)}"
        if item.get("/Type") == "/OBJR":
            link: Any = item.Obj
            return f"link to {link.Dest if '/Dest' in link else link.A.URI}"
        if "/MCID" in item:
            form = " of a form" if "/Stm" in item else ""
            return f"page {self._numbers[item.Pg.objgen]}, mark {int(item.MCID)}{form}"
        said = [f"{name} {str(item[f'/{name}'])!r}" for name in SAID if f"/{name}" in item]
        said += [_attributes(owner) for owner in _listed(item.get("/A"))]
        return f"{str(item.S)[1:]}:{''.join(f' {one}' for one in said)}"


def _kids(element: Any) -> list[Any]:
    return _listed(element.get("/K"))


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _attributes(owner: Any) -> str:
    pairs = [
        f"{key[1:]} {_numbers(value) if isinstance(value, pikepdf.Array) else value}"
        for key, value in sorted(owner.items())
    ]
    return f"({', '.join(pairs)})"


def _numbers(values: Any) -> str:
    """Write lengths to a hundredth of a point."""
    return " ".join(f"{float(value) + 0.0:.2f}" for value in values)
