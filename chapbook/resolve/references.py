"""What a reference says: a number, a title or both, and on which page, in the book's words.

The page is for the style sheet to write, which alone knows it, between `data-before` and
`data-after`. Of a link of the class `on-page` the press leaves it out where what is referred to
stands on the same or the facing page; `page-alone` shows nothing else, `front-page` writes it in
small roman numerals.
"""

from html import escape

from chapbook.diagnostics import Code, Diagnostic, Location, warning
from chapbook.resolve.tags import Tag
from chapbook.resolve.targets import Target
from chapbook.words import Words

NUMBER, TITLE, BOTH, PAGE = "number", "title", "both", "page"
FORMS = {NUMBER: {NUMBER}, TITLE: {TITLE}, BOTH: {NUMBER, TITLE}}


def fill_in(tag: Tag, target: Target, words: Words, at: Location) -> list[Diagnostic]:
    """Write what an empty link refers to, in the form that its class asks for.

    Gives a finding where the target has no such form, and so stands in another.
    """
    names = tag.classes
    wanted = {part for name in names for part in FORMS.get(name, ())}
    _set_classes(tag, [*(name for name in names if name not in FORMS), "reference"])
    label, title = escape(target.label, quote=False), target.title
    number = escape(target.number, quote=False)
    if wanted == {NUMBER}:
        tag.inside = number or label or title
    elif wanted == {TITLE}:
        tag.inside = title or label
    elif wanted and label and title:
        tag.inside = escape(words.both, quote=False).format(label=label, title=title)
    else:
        tag.inside = label or title
    if PAGE in names and not wanted and not target.is_named:
        tag.inside = f'<span class="place-name">{tag.inside}</span>'
        _set_classes(tag, [*tag.classes, "page-alone"])
    has = {NUMBER: number, TITLE: title}
    lacking = [name for name in wanted if len(wanted) == 1 and not has[name]]
    return [_lacking(name, target, at) for name in lacking]


def add_page(tag: Tag, target: Target, words: Words, is_index: bool) -> None:
    """Say how the page is written, where the class of a link asks for it.

    In an index it follows a comma and is never left out.
    """
    names = tag.classes
    if PAGE not in names:
        return
    if target.is_front:
        _set_classes(tag, [*names, "front-page"])
    if is_index:
        return
    is_alone = "page-alone" in names
    pattern = words.page_label if is_alone else words.on_page
    if not is_alone:
        _set_classes(tag, [*tag.classes, "on-page"])
    before, _, after = pattern.partition("{page}")
    tag.attributes |= {"data-before": before, "data-after": after}


def _set_classes(tag: Tag, names: list[str]) -> None:
    tag.attributes["class"] = " ".join(names)


def _lacking(form: str, target: Target, at: Location) -> Diagnostic:
    shown = target.plain_title or target.label
    other = TITLE if form == NUMBER and not target.label else NUMBER
    return warning(
        Code.REFERENCE_FORM,
        f"“{shown}” has no {form}, so its {other} stands here",
        at,
        f"leave out .{form}, or refer to something that has one",
    )
