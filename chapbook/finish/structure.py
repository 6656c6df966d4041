"""Write the structure elements of one chapter (ISO 32000-1, 14.7)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chapbook.finish.numbers import DOCUMENT, Kind, Numbers
from chapbook.finish.syntax import numbers as array
from chapbook.finish.syntax import text
from chapbook.finish.tags import Tag
from chapbook.laid import Hotspot, Mark

Owners = dict[int, int]


@dataclass(frozen=True, slots=True)
class Area:
    """The area of a link that a tag holds: its place among the links, its tag and its words."""

    link: int
    owner: int
    words: str


class Scribe:
    """Writes tags, and keeps the way back from content to tag.

    `elements` are written as the tags from the first one on are numbered; `top` are the numbers
    of the outermost. `pages` and `forms` give the owner of each run of marked content by its
    number, `areas` the links, `notes` the elements that have a name.
    """

    def __init__(
        self, numbers: Numbers, links: Mapping[tuple[int, int], int], names_are_wide: bool
    ) -> None:
        """Begin with the numbers of the chapter, and its links by page and place."""
        self.elements: list[bytes] = []
        self.top: list[int] = []
        self.pages: list[Owners] = [{} for _ in range(numbers.counts[Kind.PAGE])]
        self.forms: dict[int, Owners] = {}
        self.areas: list[Area] = []
        self.notes: list[tuple[str, int]] = []
        self._numbers = numbers
        self._first = numbers.first(Kind.TAG)
        self._links = links
        self._is_wide = names_are_wide

    def write(self, document: Tag) -> None:
        """Write all that is in the element of the whole book."""
        for kid in document.kids:
            if isinstance(kid, Tag):
                self.top.append(self._write(kid, DOCUMENT, kid))

    def _write(self, tag: Tag, parent: int, link: Tag) -> int:
        """Write a tag; `link` is the innermost link around it."""
        place = len(self.elements)
        number = self._first + place
        self.elements.append(b"")
        if tag.role == "Link":
            link = tag
        page, kids = 0, []
        for kid in tag.kids:
            if isinstance(kid, Tag):
                kids.append(b"%d 0 R" % self._write(kid, number, link))
            elif isinstance(kid, Mark):
                page = page or kid.page
                kids.append(self._mark(kid, number, page))
            else:
                kids.append(self._area(kid, number, link.words))
        self.elements[place] = b"<</Type/StructElem/S/%b/P %d 0 R%b%b%b>>" % (
            tag.role.encode("ascii"),
            parent,
            b"/Pg %d 0 R" % self._numbers.page(page) if page else b"",
            _content(kids),
            _description(tag, self._is_wide),
        )
        if tag.key:
            self.notes.append((tag.key, number))
        return number

    def _mark(self, mark: Mark, owner: int, page: int) -> bytes:
        if not mark.form:
            self.pages[mark.page - 1][mark.number] = owner
            if mark.page == page:
                return b"%d" % mark.number
        else:
            self.forms.setdefault(mark.form, {})[mark.number] = owner
        form = b"/Stm %d 0 R" % self._numbers.part(mark.form) if mark.form else b""
        where = self._numbers.page(mark.page)
        return b"<</Type/MCR/Pg %d 0 R%b/MCID %d>>" % (where, form, mark.number)

    def _area(self, hotspot: Hotspot, owner: int, words: str) -> bytes:
        link = self._links[hotspot.page, hotspot.number]
        self.areas.append(Area(link, owner, words))
        annotation = self._numbers.first(Kind.LINK) + link
        page = self._numbers.page(hotspot.page)
        return b"<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>" % (annotation, page)


def _content(kids: Sequence[bytes]) -> bytes:
    if not kids:
        return b""
    return b"/K %b" % kids[0] if len(kids) == 1 else b"/K[%b]" % b" ".join(kids)


def _description(tag: Tag, is_wide: bool) -> bytes:
    """Write what a tag says of itself; most say nothing."""
    said = b""
    if tag.title:
        said += b"/T%b" % text(tag.title)
    if tag.language:
        said += b"/Lang%b" % text(tag.language)
    if tag.alternative:
        said += b"/Alt%b" % text(tag.alternative)
    if tag.expansion:
        said += b"/E%b" % text(tag.expansion)
    if tag.key:
        said += b"/ID%b" % text(tag.key, is_wide)
    if tag.attributes:
        owners = [_attributes(owner, values) for owner, values in tag.attributes.items()]
        said += b"/A %b" % owners[0] if len(owners) == 1 else b"/A[%b]" % b"".join(owners)
    return said


def _attributes(owner: str, values: dict[str, str | int | list[float]]) -> bytes:
    entries = [b"/O/%b" % owner.encode("ascii")]
    for key, value in values.items():
        if isinstance(value, str):
            written = b"/" + value.encode("ascii")
        else:
            written = array(value) if isinstance(value, list) else b" %d" % value
        entries.append(b"/%b%b" % (key.encode("ascii"), written))
    return b"<<%b>>" % b"".join(entries)


def move_pictures(tags: Iterable[Tag], shifts: Sequence[float]) -> None:
    """Move the rectangles of pictures to the right, as far as their pages are moved."""
    if not any(shifts):
        return
    for tag in tags:
        layout = tag.attributes.get("Layout")
        page = next((kid.page for kid in tag.kids if isinstance(kid, Mark) and kid.area), 0)
        if layout and page and isinstance(box := layout.get("BBox"), list):
            left, bottom, right, top = box
            shift = shifts[page - 1]
            layout["BBox"] = [left + shift, bottom, right + shift, top]
