"""Give the links of the PDF readable words, and take them out where paper could not use them."""

import pikepdf
from pikepdf import Array, String

from chapbook.finish.tags import Tag
from chapbook.laid import Hotspot


def describe_links(pdf: pikepdf.Pdf, document: Tag) -> None:
    """Write the words of each link into its annotations (ISO 14289-1, 7.18.5).

    An annotation that no tag holds is removed: nothing tells what it is for.
    """
    kept: dict[int, list[int]] = {}
    for link, hotspot in _hotspots(document):
        annotation = pdf.pages[hotspot.page - 1].obj.Annots[hotspot.number]
        annotation.Contents = String(link.words or _target(annotation))
        left, top, right, bottom = (float(str(side)) for side in annotation.Rect.as_list())
        annotation.Rect = Array([left, min(top, bottom), right, max(top, bottom)])
        kept.setdefault(hotspot.page, []).append(hotspot.number)
    for number, page in enumerate(pdf.pages, 1):
        if "/Annots" in page:
            annotations = [page.obj.Annots[place] for place in sorted(kept.get(number, []))]
            page.obj.Annots = Array(annotations)


def remove_links(pdf: pikepdf.Pdf) -> None:
    """Take every annotation off the pages."""
    for page in pdf.pages:
        if "/Annots" in page:
            del page["/Annots"]


def _hotspots(tag: Tag) -> list[tuple[Tag, Hotspot]]:
    """Give every area of a link with the innermost link around it."""
    found: list[tuple[Tag, Hotspot]] = []
    stack = [(tag, tag)]
    while stack:
        tag, link = stack.pop()
        for kid in tag.kids:
            if isinstance(kid, Hotspot):
                found.append((link, kid))
            elif isinstance(kid, Tag):
                stack.append((kid, kid if kid.role == "Link" else link))
    return found


def _target(annotation: pikepdf.Object) -> str:
    return str(annotation.A.URI) if "/A" in annotation else str(annotation.Dest)
