"""Attribute lists as Pandoc writes them, and raw blocks.

https://pandoc.org/MANUAL.html#extension-attributes
"""

import re
from collections.abc import Iterator

from chapbook.read.foreign.page import Page, attributes_of, list_of
from chapbook.spliced import NOTHING, Edit

IMAGE = re.compile(
    r"!\[(?P<words>(?:[^\[\]]|\[[^\[\]]*\])*)\]\((?P<target>[^()\s\"]+|<[^<>\n]*>)"
    r"(?:[ \t]+\"(?P<title>[^\"\n]*)\")?\)\{(?P<attributes>[^{}\n]*)\}"
)
OTHER = re.compile(r"(?<=[\]`)])\{(?P<attributes>(?!:)[^{}\n]*)\}")
HEADING = re.compile(
    r"^ {0,3}#{1,6}[ \t][^\n]*?(?P<list>\{(?P<attributes>(?!:)[^{}\n]*)\})[ \t]*$", re.M
)
RAW = re.compile(r"\{=(?P<format>[\w-]+)\}")
KNOWN = frozenset({"lang", "dir", "title"})
NAMES = {"smallcaps": "small-caps", "ul": "underline"}


def settle_attributes(page: Page) -> Iterator[Edit]:
    """Write the lists of images, headings, spans and links as ours are."""
    if "{" not in page.text.text:
        return
    done: set[int] = set()
    for match in page.find(IMAGE):
        done.add(match.end())
        yield _image(page, match)
    for match in page.find(HEADING):
        done.add(match.end("list"))
        yield _plain(page, match.start("list"), match.end("list"), match["attributes"])
    for match in page.find(OTHER):
        if match.end() not in done and not match["attributes"].startswith("="):
            yield _plain(page, *match.span(), match["attributes"])


def _image(page: Page, match: re.Match[str]) -> Edit:
    name, classes, pairs = attributes_of(match["attributes"])
    alt = pairs.pop("fig-alt", pairs.pop("alt", ""))
    title = pairs.pop("fig-cap", match["title"] or "")
    words = match["words"]
    if alt and words and not title:
        # There the brackets hold the caption.
        words, title = alt, words
    _report_rest(page, match.start("attributes"), pairs)
    said = f' "{title}"' if title else ""
    kept = {key: value for key, value in pairs.items() if key in KNOWN}
    attributes = list_of(name, [NAMES.get(each, each) for each in classes], kept)
    return page.put(*match.span(), f"![{words or alt}]({match['target']}{said}){attributes}")


def _plain(page: Page, start: int, end: int, written: str) -> Edit:
    name, classes, pairs = attributes_of(written)
    _report_rest(page, start, pairs)
    kept = {key: value for key, value in pairs.items() if key in KNOWN}
    return page.put(start, end, list_of(name, [NAMES.get(each, each) for each in classes], kept))


def _report_rest(page: Page, offset: int, pairs: dict[str, str]) -> None:
    rest = [key for key in pairs if key not in KNOWN]
    if rest:
        page.report(offset, f"{', '.join(rest)} was passed over")


def settle_raw_blocks(page: Page) -> Iterator[Edit]:
    """Let raw HTML stand, and leave out what is for another format."""
    for fence in page.verbatim.fences:
        raw = RAW.match(page.text.text, fence.info, fence.body)
        if raw is None:
            continue
        if raw["format"] in ("html", "html5", "epub"):
            yield Edit(fence.start, fence.body, NOTHING)
            yield Edit(fence.close, fence.end, NOTHING)
        else:
            page.report(fence.info, f"raw {raw['format']} was left out")
            yield Edit(fence.start, fence.end, NOTHING)
