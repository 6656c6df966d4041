"""Take from a file all that acts: links, forms, scripts, attachments (ISO 15930-7, 6.17, 6.18).

A press prints what stands on the page and does nothing. The tags stay sound.
"""

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name

OF_CATALOG = ("/OpenAction", "/AA", "/AcroForm", "/AF", "/Collection", "/URI", "/Threads")
OF_NAMES = ("/JavaScript", "/EmbeddedFiles", "/AlternatePresentations", "/Renditions")
OF_PAGE = ("/Annots", "/AA", "/PresSteps", "/Trans", "/Dur", "/AF", "/B")


def still(file: pikepdf.Pdf) -> None:
    """Remove what a press may not meet, in place."""
    root = file.Root
    _remove(root, OF_CATALOG)
    if "/Names" in root:
        _remove(root.Names, OF_NAMES)
    has_annotations = any("/Annots" in page for page in file.pages)
    for page in file.pages:
        _remove(page.obj, OF_PAGE)
    for line in _outline(root):
        _remove(line, ("/A", "/AA"))
    if has_annotations and "/StructTreeRoot" in root:
        _untag(file)


def _remove(dictionary: pikepdf.Object, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in dictionary:
            del dictionary[key]


def _outline(root: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Give every line of the outline."""
    waiting = [root.Outlines] if "/Outlines" in root else []
    seen = set()
    while waiting:
        line = waiting.pop()
        if line.objgen in seen:
            continue
        seen.add(line.objgen)
        yield line
        waiting += [line[key] for key in ("/First", "/Next") if key in line]


def _untag(file: pikepdf.Pdf) -> None:
    """Take the annotations out of the tags; a link that leads nowhere is a stretch of text."""
    for item in file.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.StructElem and "/K" in item:
            kids = item.K.as_list() if isinstance(item.K, Array) else [item.K]
            kept = [kid for kid in kids if not _is_annotation(kid)]
            if len(kept) < len(kids):
                item.K = Array(kept)
                item.S = Name.Span if Name.Link == item.S else item.S
    _unlist(file.Root.StructTreeRoot)


def _is_annotation(kid: object) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR


def _unlist(structure: pikepdf.Object) -> None:
    """Take the annotations out of the parent tree: they lead to one tag, content to a list."""
    if "/ParentTree" not in structure:
        return
    tree = pikepdf.NumberTree(structure.ParentTree)
    for key in [key for key, owner in tree.items() if not isinstance(owner, Array)]:
        if not _owns_content(tree[key]):
            del tree[key]


def _owns_content(owner: pikepdf.Object) -> bool:
    """Whether a form or image, which leads to one tag too, is what the tag holds."""
    held = owner.get("/K", Array())
    kids = held.as_list() if isinstance(held, Array) else [held]
    return any(_is_annotation(kid) for kid in kids)
