"""Fenced divs: `::: {.callout-note}` … `:::`. Callouts become boxes, conditions ours.

https://pandoc.org/MANUAL.html#divs-and-spans, https://quarto.org/docs/authoring/callouts.html
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chapbook.read.foreign.page import Page, attributes_of, list_of
from chapbook.spliced import NOTHING, Edit

LINE = re.compile(
    r"^[ \t]*:{3,}[ \t]*(?P<attributes>\{[^{}\n]*\}|[\w-]+)?[ \t]*:*[ \t]*(?:\n|\Z)",
    re.M,
)
HEADING = re.compile(
    r"(?:[ \t]*\n)*[ \t]*#{1,6}[ \t]+(?P<words>[^\n]*?)[ \t#]*(?:\{[^{}\n]*\}[ \t]*)?(?:\n|\Z)"
)
BOXES = {
    "note": "note",
    "tip": "tip",
    "warning": "warning",
    "important": "warning",
    "caution": "warning",
    "question": "question",
}
CALLOUT = "callout-"
FORMATS = {
    "pdf": "pdf", "latex": "pdf", "beamer": "", "typst": "pdf", "docx": "", "odt": "",
    "html": "", "revealjs": "", "epub": "epub", "markdown": "",
}  # fmt: skip
# These lay out what stands in them in a way of their own.
ARRANGED = frozenset({"panel-tabset", "columns", "column-margin", "column-page", "column-screen"})


@dataclass(slots=True)
class _Open:
    """A div that is open: whether its text is indented, how it is opened, and how closed."""

    is_indented: bool
    opening: str
    close: str = "\n"


def settle_divs(page: Page) -> Iterator[Edit]:
    """Turn fenced divs into boxes, conditions or elements of HTML."""
    if ":::" not in page.text.text:
        return
    opened: list[_Open] = []
    taken = 0
    here = 0
    for line in page.find(LINE):
        yield from _indent(page, max(here, taken), line.start(), opened)
        here = line.end()
        if line["attributes"]:
            one, taken = _begin(page, line)
            yield page.put(line.start(), max(taken, line.end()), _at(one.opening, opened))
            opened.append(one)
        elif opened:
            one = opened.pop()
            yield page.put(line.start(), line.end(), _at(one.close, opened))
        else:
            page.report(line.start(), "a div is closed here that was never opened")
            yield Edit(line.start(), line.end(), NOTHING)
    yield from _indent(page, max(here, taken), len(page.text.text), opened)
    end = len(page.text.text)
    for depth in range(len(opened), 0, -1):
        yield page.put(end, end, "\n" + _at(opened[depth - 1].close, opened[: depth - 1]))


def _indent(page: Page, start: int, end: int, opened: list[_Open]) -> Iterator[Edit]:
    depth = sum(one.is_indented for one in opened)
    text = page.text.text
    while depth and start < end:
        if text[start : start + 1] not in ("", "\n"):
            yield page.put(start, start, "    " * depth)
        start = text.find("\n", start) + 1 or end


def _at(lines: str, opened: list[_Open]) -> str:
    """Indent lines as deep as what they stand in."""
    depth = sum(one.is_indented for one in opened)
    return re.sub(r"^(?=[^\n])", "    " * depth, lines, flags=re.M)


def _begin(page: Page, line: re.Match[str]) -> tuple[_Open, int]:
    """Give what is open now, and where its text begins, if that is not behind the line."""
    name, classes, pairs = attributes_of(line["attributes"].strip("{}"))
    kind = next((BOXES[k] for each in classes if (k := each.removeprefix(CALLOUT)) in BOXES), "")
    only = _condition(page, line.start(), classes, pairs)
    if only:
        return _Open(True, f"\n!!! only {only}\n"), 0
    if kind:
        return _box(page, line, kind, name, pairs)
    for each in classes:
        if each in ARRANGED or "layout-ncol" in pairs or "layout" in pairs:
            what = f"“{each}” is not laid out as there; what is in it follows in order"
            page.report(line.start("attributes"), what)
            break
    parts = [f' id="{name}"'] if name else []
    parts += [f' class="{" ".join(classes)}"'] if classes else []
    parts += [f' lang="{pairs["lang"]}"'] if "lang" in pairs else []
    opening = f'\n<div{"".join(parts)} markdown="1">\n\n'
    return _Open(False, opening, "\n</div>\n\n"), 0


def _box(
    page: Page, line: re.Match[str], kind: str, name: str, pairs: dict[str, str]
) -> tuple[_Open, int]:
    title, end = pairs.get("title", ""), line.end()
    if not title and (heading := HEADING.match(page.text.text, end)):
        title, end = heading["words"], heading.end()
    said = f' "{title}"' if title else ""
    attributes = f" {list_of(name, [], {})}" if name else ""
    return _Open(True, f"\n!!! {kind}{said}{attributes}\n"), end


def _condition(page: Page, offset: int, classes: list[str], pairs: dict[str, str]) -> str:
    """Give the editions that a condition of Quarto's means, '' where there is none."""
    is_hidden = "content-hidden" in classes
    if not is_hidden and "content-visible" not in classes:
        return ""
    wanted = pairs.get("when-format") or pairs.get("unless-format") or ""
    shows = ("unless-format" in pairs) == is_hidden
    named = {FORMATS.get(each, "") for each in re.split(r"[,\s]+", wanted)} - {""}
    if not named:
        page.report(offset, f"nothing here is made for “{wanted or 'this condition'}”")
    editions = named if shows else {"pdf", "epub"} - named
    return " ".join(sorted(editions)) or "none"
