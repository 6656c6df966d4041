"""Write the structure tree into the PDF (ISO 32000-1, 14.7)."""

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from chapbook.finish.tags import ROLE_MAP, Tag
from chapbook.laid import Hotspot, Mark


def write_tree(pdf: pikepdf.Pdf, document: Tag) -> None:
    """Make `document` the structure of the PDF; content in no tag must be an artifact."""
    writer = _Writer(pdf)
    root = writer.root
    root.K = writer.write(document, root)
    root.ParentTree = writer.parent_tree()
    root.ParentTreeNextKey = writer.next_key
    root.RoleMap = Dictionary({f"/{role}": Name(f"/{older}") for role, older in ROLE_MAP.items()})
    if writer.keys:
        root.IDTree = pdf.make_indirect(Dictionary(Names=_names(writer.keys)))
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


class _Writer:
    """Writes tags, and keeps the way back from content to tag: the parent tree."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._pages: Sequence[Object] = [page.obj for page in pdf.pages]
        self._streams = {(number, 0): page for number, page in enumerate(self._pages, 1)}
        self._owners: dict[tuple[int, int], dict[int, Object]] = {key: {} for key in self._streams}
        self._annotations: list[tuple[Object, Object]] = []
        self.root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.keys: dict[str, Object] = {}

    @property
    def next_key(self) -> int:
        return len(self._streams) + len(self._annotations)

    def write(self, tag: Tag, parent: Object) -> Object:
        node = self._pdf.make_indirect(_plain(tag, parent))
        page = next((kid.page for kid in tag.kids if isinstance(kid, Mark)), 0)
        if page:
            node.Pg = self._pages[page - 1]
        kids = [self._kid(kid, node, page) for kid in tag.kids]
        if kids:
            node.K = kids[0] if len(kids) == 1 else Array(kids)
        if tag.key:
            node.ID = String(tag.key)
            self.keys[tag.key] = node
        return node

    def _kid(self, kid: Tag | Mark | Hotspot, node: Object, page: int) -> Object | int:
        if isinstance(kid, Tag):
            return self.write(kid, node)
        if isinstance(kid, Mark):
            return self._mark(kid, node, page)
        owner = self._pages[kid.page - 1]
        annotation = owner.Annots[kid.number]
        self._annotations.append((annotation, node))
        return Dictionary(Type=Name.OBJR, Obj=annotation, Pg=owner)

    def _mark(self, mark: Mark, node: Object, page: int) -> Object | int:
        key = (mark.page, mark.form)
        self._owners.setdefault(key, {})[mark.number] = node
        if mark.page == page and not mark.form:
            return mark.number
        content = Dictionary(Type=Name.MCR, Pg=self._pages[mark.page - 1], MCID=mark.number)
        if mark.form:
            form = self._streams.setdefault(key, self._pdf.get_object(mark.form, 0))
            content.Stm = form
        return content

    def parent_tree(self) -> Object:
        """Write the way back, one list for each page and form, one tag for each annotation."""
        numbers = Array()
        for number, (key, stream) in enumerate(self._streams.items()):
            stream.StructParents = number
            owners = self._owners[key]
            found = Array([owners.get(mark) for mark in range(max(owners, default=-1) + 1)])
            numbers.append(number)
            numbers.append(self._pdf.make_indirect(found))
        for number, (annotation, node) in enumerate(self._annotations, len(self._streams)):
            annotation.StructParent = number
            numbers.append(number)
            numbers.append(node)
        return self._pdf.make_indirect(Dictionary(Nums=numbers))


def _plain(tag: Tag, parent: Object) -> Dictionary:
    node = Dictionary(Type=Name.StructElem, S=Name(f"/{tag.role}"), P=parent)
    texts = {"T": tag.title, "Lang": tag.language, "Alt": tag.alternative, "E": tag.expansion}
    for key, text in texts.items():
        if text:
            node[f"/{key}"] = String(text)
    owners = [_attributes(owner, values) for owner, values in tag.attributes.items()]
    if owners:
        node.A = owners[0] if len(owners) == 1 else Array(owners)
    return node


def _attributes(owner: str, values: dict[str, str | int | list[float]]) -> Dictionary:
    attributes = Dictionary(O=Name(f"/{owner}"))
    for key, value in values.items():
        if isinstance(value, str):
            attributes[f"/{key}"] = Name(f"/{value}")
        else:
            attributes[f"/{key}"] = Array(value) if isinstance(value, list) else value
    return attributes


def _names(keys: dict[str, Object]) -> Array:
    return Array([item for key in sorted(keys) for item in (String(key), keys[key])])
