"""The titles of a file, the chapters it holds, and the levels of its headings."""

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from chapbook.model import SourceFile
from chapbook.parse.letters import letters_of
from chapbook.parse.shaping.loose import is_empty
from chapbook.parse.tree import inner_text, squeeze

HEADS = {f"h{level}": level for level in range(1, 7)}
# A heading inside one of these is none of the chapter's own.
CLOSED = frozenset({"blockquote", "li", "dd", "dt", "td", "th", "figure", "details"})


@dataclass(slots=True, eq=False)
class Section:
    """A heading below the title. `skips` is the level that lacks above it, 0 where none does."""

    element: Element
    level: int
    is_own: bool
    skips: int = 0


@dataclass(slots=True, eq=False)
class Cut:
    """One chapter of a file: its outermost blocks, and the heading that is its title."""

    tops: range
    heading: Element | None
    title: str = ""
    sections: list[Section] = field(default_factory=list)


def cut(root: Element, source: SourceFile) -> list[Cut]:
    """Cut the tree of a file into chapters, each at a heading of the first level."""
    tops = list(root)
    starts = [place for place, top in enumerate(tops) if top.tag == "h1"]
    first = _leading(tops)
    if first is not None and first not in starts:
        starts.insert(0, first)
    if len(starts) < 2:
        heading = tops[starts[0]] if starts else None
        cuts = [_titled(Cut(range(len(tops)), heading), source)]
    else:
        cuts = [Cut(range(starts[0]), None)] if _has_words(tops[: starts[0]]) else []
        ends = [*starts[1:], len(tops)]
        bounds = zip(starts, ends, strict=True)
        cuts += [Cut(range(start, end), tops[start]) for start, end in bounds]
        cuts[0] = _titled(cuts[0], source)
    for chapter in cuts:
        chapter.sections = _sections(tops, chapter)
    return cuts


def _leading(tops: list[Element]) -> int | None:
    """Give the place of the heading that comes before all other text, if there is one."""
    for place, top in enumerate(tops):
        if top.tag in HEADS:
            return place
        if not is_empty(top):
            return None
    return None


def _has_words(tops: list[Element]) -> bool:
    return any(inner_text(top).strip() for top in tops)


def _titled(chapter: Cut, source: SourceFile) -> Cut:
    """Let the front matter's title win; a heading that says something else stays in the text."""
    title = source.front_matter.title
    heading = chapter.heading
    if title and heading is not None and _same(title, inner_text(heading)):
        return chapter
    if heading is not None and not title:
        return chapter
    return Cut(chapter.tops, None, title)


def _same(a: str, b: str) -> bool:
    return letters_of(a).casefold() == letters_of(b).casefold()


def name_of(source: SourceFile) -> str:
    """Make a title out of a file's name: `03-the_long-way.md` is “The long way”."""
    path = PurePosixPath(source.path)
    stem = path.parent.name if path.stem.lower() in ("index", "readme") else path.stem
    words = re.sub(r"^\d+[\s._-]+(?=\w)", "", stem)
    words = squeeze(re.sub(r"[-_]+", " ", words)) or path.stem
    return words[:1].upper() + words[1:]


def _sections(tops: list[Element], chapter: Cut) -> list[Section]:
    """Find the headings below the title, and give them levels without a gap."""
    found = [
        (element, is_own)
        for place in chapter.tops
        for element, is_own in _headings(tops[place], True)
        if element is not chapter.heading
    ]
    if chapter.heading is not None:
        base = HEADS[chapter.heading.tag]
    else:
        base = min((HEADS[element.tag] for element, _ in found), default=1) - 1
    above: list[int] = []
    sections = []
    for element, is_own in found:
        raw = HEADS[element.tag]
        while above and above[-1] >= raw:
            above.pop()
        parent = above[-1] if above else base
        skips = parent + 1 if raw > parent + 1 else 0
        above.append(raw)
        sections.append(Section(element, len(above) + 1, is_own, skips))
    for section in sections:
        section.element.tag = f"h{min(section.level, 6)}"
    return sections


def _headings(element: Element, is_own: bool) -> list[tuple[Element, bool]]:
    if element.tag in HEADS:
        return [(element, is_own)]
    if not len(element):
        return []
    is_own = is_own and element.tag not in CLOSED
    return [pair for child in element for pair in _headings(child, is_own)]
