"""What mdBook puts in: files, hidden lines, boxes. https://rust-lang.github.io/mdBook/format/mdbook.html"""

import re
from collections.abc import Iterator

from chapbook.read.foreign.divs import BOXES
from chapbook.read.foreign.page import Page
from chapbook.spliced import NOTHING, Edit

HELPER = re.compile(r"(?<!\\)\{\{#(?P<word>[\w-]+)[ \t]*(?P<rest>[^{}\n]*)\}\}")
INCLUDES = frozenset({"include", "rustdoc_include", "playground", "playpen"})
HIDDEN = re.compile(r"^[ \t]*#(?:(?P<again>#)|[ \t][^\n]*(?:\n|\Z)|(?:\n|\Z))", re.M)
TITLED = re.compile(r"title[ \t]*=[ \t]*[\"'](?P<title>[^\"'\n]*)[\"']")


def settle_helpers(page: Page) -> Iterator[Edit]:
    """Leave the includes to whoever puts files in; take the other helpers out."""
    for match in HELPER.finditer(page.text.text):
        is_code = page.verbatim.covers(match.start())
        if match["word"] in INCLUDES or is_code:
            continue
        if match["word"] != "title":
            page.report(match.start(), f"“{match['word']}” was left out")
        yield Edit(*match.span(), NOTHING)


def settle_listings(page: Page) -> Iterator[Edit]:
    """Leave out the lines of Rust that mdBook hides, and make boxes of `admonish`."""
    text = page.text.text
    for fence in page.verbatim.fences:
        info = text[fence.info : fence.body].strip()
        if info.startswith("admonish"):
            yield from _box(page, fence.start, fence.body, fence.close, fence.end, info)
        elif re.match(r"rust\b", info):
            for line in HIDDEN.finditer(text, fence.body, fence.close):
                place = line.start("again")
                yield (
                    Edit(place, place + 1, NOTHING)
                    if line["again"]
                    else Edit(*line.span(), NOTHING)
                )


def _box(page: Page, start: int, body: int, close: int, end: int, info: str) -> Iterator[Edit]:
    kind = info.removeprefix("admonish").split() or ["note"]
    titled = TITLED.search(info)
    title = f' "{titled["title"]}"' if titled else ""
    yield page.put(start, body, f"!!! {BOXES.get(kind[0], 'note')}{title}\n")
    here = body
    while here < close:
        if page.text.text[here] != "\n":
            yield page.put(here, here, "    ")
        here = page.text.text.find("\n", here) + 1 or close
    yield Edit(close, end, NOTHING)
