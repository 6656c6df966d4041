"""Write the links of a chapter: areas of a page that lead somewhere (ISO 32000-1, 12.5.6.5)."""

from chapbook.finish.drafts import Draft
from chapbook.finish.numbers import Kind, Numbers
from chapbook.finish.structure import Area
from chapbook.finish.syntax import address, numbers, text
from chapbook.laid import Link


def write_links(draft: Draft, number: Numbers, areas: list[Area]) -> dict[int, bytes]:
    """Give the annotation of each area by its number.

    Each is described by its words (ISO 14289-1, 7.18.5); an area that no tag holds is left out,
    for nothing tells what it is for.
    """
    pages, shifts = draft.bound.chapter.pages, draft.bound.shifts
    places = list(draft.links)
    written = {}
    for area in sorted(areas, key=lambda area: area.link):
        page, place = places[area.link]
        link = pages[page - 1].links[place]
        own = number.first(Kind.LINK) + area.link
        words = text(area.words or link.target)
        written[own] = (
            b"<</Type/Annot/Subtype/Link/Rect%b/BS<</W 0>>%b/Contents%b/StructParent %d>>"
            % (
                _rectangle(link, shifts[page - 1]),
                _target(link, draft.manner.names_are_wide),
                words,
                own,
            )
        )
    return written


def _rectangle(link: Link, shift: float) -> bytes:
    left, bottom, right, top = link.area
    return numbers((left + shift, bottom, right + shift, top))


def _target(link: Link, is_wide: bool) -> bytes:
    if link.is_internal:
        return b"/Dest%b" % text(link.target, is_wide)
    return b"/A<</Type/Action/S/URI/URI%b>>" % address(link.target)
