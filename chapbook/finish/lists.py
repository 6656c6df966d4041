"""Tag lists, lists of terms, and the lists of a table of contents (ISO 32000-1, 14.8.4.3.3)."""

from chapbook.finish.tags import Kid, Tag, gather, in_paragraphs
from chapbook.laid import LaidElement

NUMBERINGS = {
    "1": "Decimal",
    "a": "LowerAlpha",
    "A": "UpperAlpha",
    "i": "LowerRoman",
    "I": "UpperRoman",
}


def list_tags(element: LaidElement, kids: list[Kid]) -> list[Kid]:
    """Tag a list: each item is its mark and its body."""
    items = [_item(kid) for kid in gather(kids, "li")]
    tag = Tag("L", list(items))
    tag.attributes["List"] = {"ListNumbering": _numbering(element, items)}
    return [tag]


def contents_tags(kids: list[Kid]) -> list[Kid]:
    """Tag a list of contents: each line a reference, with the lines below it inside."""
    lines = [Tag("TOCI", _unmarked(kid)) for kid in gather(kids, "li")]
    return [Tag("TOC", list(lines))]


def note_tags(kids: list[Kid]) -> list[Kid]:
    """Tag notes: each is its number and its text."""
    items = [_item(kid) for kid in gather(kids, "li")]
    for item in items:
        _lift_number(item)
        item.role = "Note"
        item.kids = [part for kid in item.kids for part in _without_body(kid)]
    return list(items)


def _lift_number(item: Tag) -> None:
    """Put the number of a note, which begins its first paragraph, before that."""
    body = item.kids[0] if item.kids else None
    first = body.kids[0] if isinstance(body, Tag) and body.kids else None
    number = first.kids[0] if isinstance(first, Tag) and first.kids else None
    if isinstance(first, Tag) and isinstance(number, Tag) and number.role == "Lbl":
        del first.kids[0]
        item.kids.insert(0, number)


def definition_tags(_element: LaidElement, kids: list[Kid]) -> list[Kid]:
    """Tag a list of terms: the terms are the labels, what they mean the bodies."""
    items: list[Tag] = []
    for kid in kids:
        part = kid if isinstance(kid, Tag) and kid.role in ("dt", "dd") else Tag("dd", [kid])
        if not items or (part.role == "dt" and _has_body(items[-1])):
            items.append(Tag("LI"))
        _add_part(items[-1], part)
    tag = Tag("L", list(items))
    tag.attributes["List"] = {"ListNumbering": "None"}
    return [tag]


def _add_part(item: Tag, part: Tag) -> None:
    """Put a term or meaning into its item; a second one of a kind joins the first."""
    role = "Lbl" if part.role == "dt" else "LBody"
    same = next((kid for kid in item.kids if isinstance(kid, Tag) and kid.role == role), None)
    if same is None:
        kids = part.kids if role == "Lbl" else in_paragraphs(part.kids)
        item.kids.append(Tag(role, kids, language=part.language))
    elif role == "Lbl":
        same.kids.append(Tag("Span", part.kids, language=part.language))
    else:
        same.kids += in_paragraphs(part.kids)


def _without_body(kid: Kid) -> list[Kid]:
    return kid.kids if isinstance(kid, Tag) and kid.role == "LBody" else [kid]


def _has_body(item: Tag) -> bool:
    return any(isinstance(kid, Tag) and kid.role == "LBody" for kid in item.kids)


def _item(tag: Tag) -> Tag:
    labels = [kid for kid in tag.kids if isinstance(kid, Tag) and kid.role == "Lbl"]
    body = Tag("LBody", in_paragraphs(_unmarked(tag)))
    return Tag("LI", [*labels[:1], body] if body.kids else [*labels[:1]], language=tag.language)


def _unmarked(tag: Tag) -> list[Kid]:
    return [kid for kid in tag.kids if not (isinstance(kid, Tag) and kid.role == "Lbl")]


def _numbering(element: LaidElement, items: list[Tag]) -> str:
    has_marks = any(
        isinstance(kid, Tag) and kid.role == "Lbl" for item in items for kid in item.kids
    )
    if not has_marks:
        return "None"
    if element.name == "ol":
        return NUMBERINGS.get(element.attributes.get("type", "1"), "Decimal")
    return "Disc"
