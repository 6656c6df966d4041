"""Set what stands across an upright line of Japanese on end: short numbers, pairs of marks.

Tate-chu-yoko (https://www.w3.org/TR/jlreq/#handling_of_tatechuyoko).
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

ACROSS = "tcy"
# What is set otherwise, or lies on its side as a whole.
LEFT_ALONE = frozenset({"code", "kbd", "math", "pre", "rp", "rt", "samp", "svg", "table"})
# Numbers of one or two figures by themselves, and `!?` and the like; 10.5 and A4 lie on their side.
SHORT = re.compile(
    r"(?<![0-9A-Za-z.,:/%+\-\u2212\u2013])(?:[0-9]{1,2}|[!?]{2})(?![0-9A-Za-z.,:/%+\-\u2212\u2013!?])"
)


def stand_upright(root: Element, language: str) -> None:
    """Put each such piece of the text in a `<span class="tcy">`; only Japanese has them."""
    _visit(root, language)


def _visit(element: Element, language: str) -> None:
    language = element.get("lang") or language
    if element.tag in LEFT_ALONE or element.get("class") == ACROSS:
        return
    kids: list[Element] = []
    is_ours = language.lower().partition("-")[0] == "ja"
    if is_ours and element.text:
        element.text, made = _cut(element.text)
        kids += made
    for child in list(element):
        _visit(child, language)
        kids.append(child)
        if is_ours and child.tail:
            child.tail, made = _cut(child.tail)
            kids += made
    element[:] = kids


def _cut(text: str) -> tuple[str, list[Element]]:
    """Give the text before the first piece, and the pieces with what follows each."""
    found = list(SHORT.finditer(text))
    if not found:
        return text, []
    return text[: found[0].start()], list(_pieces(text, found))


def _pieces(text: str, found: "list[re.Match[str]]") -> Iterator[Element]:
    ends = [match.start() for match in found[1:]] + [len(text)]
    for match, end in zip(found, ends, strict=True):
        piece = Element("span", {"class": ACROSS})
        piece.text, piece.tail = match[0], text[match.end() : end]
        yield piece
