"""Part documents that are too long for a small reader, between blocks, and keep links right.

A reader lays out a whole document before it can show its first page. Parts are cut before a
heading where one is near; what is itself too long, a list or a table, is opened and goes on in
the next part. A note comes to the part that calls it first.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from chapbook.compose.epub_blocks import Run, continued, notes_of, runs_of
from chapbook.compose.markup import parse_fragment, write_xhtml
from chapbook.compose.places import free
from chapbook.compose.rewriting import NAMES_AN_ID

BODY = re.compile(r"(?s)(.*?<body\b[^<>]*>)(.*)(</body>.*)")
SHARE = 50  # of a part's limit: one is left for what is opened again in it
LINKING = re.compile(r"<(?:a|area|content)\b[^<>]*>")
ADDRESS = re.compile(r'(?<=[\s])((?:href|src)=")([^"#]*)#([^"]*)(?=")')


@dataclass(frozen=True, slots=True)
class Text:
    """A document: its name in the package, and the whole of it."""

    name: str
    content: str = field(repr=False)


Moved = Mapping[tuple[str, str], str]  # the document that now has an id, by the one that had it


def part_texts(texts: Sequence[Text], limit: int) -> tuple[list[list[Text]], Moved]:
    """Give the parts of each document, the first under its old name, and where ids went.

    A document of no more than `limit` bytes is its own only part; so is one without a body, or
    with nothing in it to cut between. All links are still as they were: see `lead_on`.
    """
    taken = {text.name.removesuffix(".xhtml") for text in texts}
    parted: list[list[Text]] = []
    moved: dict[tuple[str, str], str] = {}
    for text in texts:
        parts = [text]
        # No character takes more than four bytes; so most texts need not be encoded to be weighed.
        if limit and len(text.content) * 4 > limit and len(text.content.encode()) > limit:
            parts, gone = _part(text, limit, taken)
            moved |= {(text.name, name): home for name, home in gone.items()}
        parted.append(parts)
    return parted, moved


def lead_on(text: Text, moved: Moved, was: str = "") -> Text:
    """Let the links of a document lead to where the ids have gone.

    `was` is the name of the document that it was a part of, where it has another now.
    """
    base = was or text.name
    if not moved and base == text.name:
        return text

    def address(found: re.Match[str]) -> str:
        target, name = found[2] or base, found[3]
        home = moved.get((target, name), target)
        return f"{found[1]}{'' if home == text.name else home}#{name}"

    def link(found: re.Match[str]) -> str:
        return ADDRESS.sub(address, found[0])

    return Text(text.name, LINKING.sub(link, text.content))


def _part(text: Text, limit: int, taken: set[str]) -> tuple[list[Text], dict[str, str]]:
    shell = BODY.fullmatch(text.content)
    if shell is None:
        return [text], {}
    try:
        root = parse_fragment(shell[2])
    except ParseError:  # the head may declare a prefix of a template's own
        return [text], {}
    around = len((shell[1] + shell[3]).encode()) + limit // SHARE
    trees = list(_trees(root, max(limit - around, limit // 2)))
    if len(trees) < 2:
        return [text], {}
    stem = text.name.removesuffix(".xhtml")
    names = [text.name]
    names += [f"{free(f'{stem}-p{n}', taken)}.xhtml" for n in range(2, len(trees) + 1)]
    homes: dict[str, str] = {}
    for name, tree in zip(names, trees, strict=True):
        for element in tree.iter():
            if key := element.get("id"):
                homes.setdefault(key, name)
    made = [
        Text(name, f"{shell[1]}\n{write_xhtml(tree).strip()}\n{shell[3]}")
        for name, tree in zip(names, trees, strict=True)
    ]
    return made, {key: home for key, home in homes.items() if home != text.name}


def _trees(root: Element, limit: int) -> Iterator[Element]:
    """Give the roots of the parts."""
    notes = notes_of(root)
    runs = list(runs_of(root, limit, notes))
    seen: set[int] = set()
    parts = [_grow(part, seen) for part in _fill(runs, limit)]
    if notes:
        notes.hand_out(parts)
    for part in parts:
        _forget_absent(part)
        yield part


def _fill(runs: Sequence[Run], limit: int) -> Iterator[Sequence[Run]]:
    start, size = 0, 0
    for n, run in enumerate(runs):
        if size and size + run.weight > limit:
            cut = _cut(runs, start, n, limit)
            if cut > start:
                yield runs[start:cut]
                start, size = cut, sum(one.weight for one in runs[cut:n])
        size += run.weight
    if start < len(runs):
        yield runs[start:]


def _cut(runs: Sequence[Run], start: int, end: int, limit: int) -> int:
    """Choose before which run a part ends: a heading in its second half, else any block."""
    size = sum(run.weight for run in runs[start:end])
    for n in range(end, start, -1):
        if size * 2 < limit:
            break
        if runs[n].is_heading and not runs[n - 1].is_heading:
            return n
        size -= runs[n - 1].weight
    for n in range(end, start, -1):
        if not runs[n].stays and not runs[n - 1].holds_next:
            return n
    return start


def _grow(runs: Iterable[Run], seen: set[int]) -> Element:
    """Make the tree of a part: each run in what it stood in, which may have begun before."""
    root = Element("x")
    open_: list[tuple[Element, Element]] = []  # what was there, and what stands for it here
    for run in runs:
        depth = 0
        while depth < min(len(open_), len(run.path)) and open_[depth][0] is run.path[depth].element:
            depth += 1
        del open_[depth:]
        for holder in run.path[depth:]:
            parent = open_[-1][1] if open_ else root
            made = continued(holder) if id(holder.element) in seen else _begun(holder.element)
            seen.add(id(holder.element))
            parent.append(made)
            open_.append((holder.element, made))
        (open_[-1][1] if open_ else root).append(run.element)
    return root


def _begun(element: Element) -> Element:
    made = Element(element.tag, dict(element.attrib))
    made.text, made.tail = element.text, element.tail
    return made


def _forget_absent(part: Element) -> None:
    """Let no element point to an id that is now in another document."""
    ids = {element.get("id") for element in part.iter()}
    for element in part.iter():
        for name in NAMES_AN_ID:
            if listed := element.get(name):
                present = [one for one in listed.split() if one in ids]
                element.attrib.pop(name)
                if present:
                    element.set(name, " ".join(present))
