"""Tag tables with the scope of their headers, and figures with their captions."""

from collections.abc import Sequence

from chapbook.finish.tags import Kid, Tag, in_paragraphs
from chapbook.laid import LaidElement

SCOPES = {"row": "Row", "rowgroup": "Row", "col": "Column", "colgroup": "Column"}
ROW_GROUPS = frozenset({"THead", "TBody", "TFoot"})
TABLE_PARTS = ROW_GROUPS | {"TR", "Caption"}


def cell_tags(element: LaidElement, kids: list[Kid]) -> list[Kid]:
    """Tag a cell; a header's scope is completed by `table_tags`, which knows where it stands."""
    tag = Tag(element.name.upper(), kids)
    table: dict[str, str | int | list[float]] = {}
    for name, key in (("colspan", "ColSpan"), ("rowspan", "RowSpan")):
        span = element.attributes.get(name, "1")
        if span.isdigit() and int(span) > 1:
            table[key] = int(span)
    scope = SCOPES.get(element.attributes.get("scope", "").lower())
    if tag.role == "TH" and scope:
        table["Scope"] = scope
    if table:
        tag.attributes["Table"] = table
    return [tag]


def table_tags(_element: LaidElement, kids: list[Kid]) -> list[Kid]:
    """Tag a table: its caption first, a scope on every header (ISO 14289-1, 7.5).

    What is no part of a table stands before it.
    """
    parts = [kid for kid in kids if isinstance(kid, Tag) and kid.role in TABLE_PARTS]
    for part in parts:
        for row in part.kids if part.role in ROW_GROUPS else [part]:
            _scope_headers(row, is_head=part.role == "THead")
    rows = [part for part in parts if part.role != "Caption"]
    strays = [kid for kid in kids if kid not in parts]
    return [*in_paragraphs(strays), Tag("Table", [*_captions(parts), *rows])]


def _scope_headers(row: Kid, is_head: bool) -> None:
    """A header heads its column where the whole row is headers, and else its row."""
    cells = [cell for cell in row.kids if isinstance(cell, Tag)] if isinstance(row, Tag) else []
    heads_columns = is_head or all(cell.role == "TH" for cell in cells)
    for cell in cells:
        if cell.role == "TH":
            table = cell.attributes.setdefault("Table", {})
            table.setdefault("Scope", "Column" if heads_columns else "Row")


def figure_tags(_element: LaidElement, kids: list[Kid]) -> list[Kid]:
    """Tag what stands with a caption; the caption of a table belongs inside the table."""
    tables = [kid for kid in kids if isinstance(kid, Tag) and kid.role == "Table"]
    captions = _captions(kids)
    if len(tables) == 1 and captions:
        tables[0].kids[:0] = captions
        return in_paragraphs([kid for kid in kids if kid not in captions])
    return [Tag("Div", in_paragraphs(kids))]


def _captions(kids: Sequence[Kid]) -> list[Tag]:
    return [kid for kid in kids if isinstance(kid, Tag) and kid.role == "Caption"]
