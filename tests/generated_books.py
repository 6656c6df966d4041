"""Books of any size, the same for the same seed: one to measure with, and tiny ones of all sorts.

Both are folders as authors write them. The large book is a plausible work of non-fiction: prose,
notes, tables, code, figures, references from chapter to chapter, with and without page numbers,
and an index.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from random import Random

from tests.generated_blocks import Blocks, Reference, Target
from tests.generated_prose import Japanese, Prose

LETTERS, LINES = 62, 32.8  # in a line, on a page of A5
LENGTHS = (9, 4, 13, 7, 22, 6, 1, 10, 8, 3, 15, 6)  # of chapters, in pages, again and again
PART = 12  # chapters
SIGNS = re.compile(f"[{''.join(Reference)}]")
MIX: Mapping[str, int] = {
    "paragraph": 70,
    "section": 7,
    "subsection": 3,
    "listing": 4,
    "quotation": 3,
    "table": 3,
    "code": 4,
    "figure": 3,
    "box": 2,
    "terms": 1,
    "scene_break": 1,
    "long_table": 1,
}
TINY_MIX: Mapping[str, int] = {name: 3 for name in MIX} | {
    "paragraph": 12,
    "long_table": 1,
    "long_code": 1,
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A chapter with signs where its references will stand, and what it offers to others."""

    file: str
    text: str
    targets: tuple[Target, ...]


def write_generated_book(folder: Path, pages: int, seed: int = 1) -> None:
    """Write a book of about so many pages of A5 into `folder`, with `book.toml`.

    A chapter has the same text in a longer book; only its references lead elsewhere.
    """
    images: dict[str, bytes] = {}
    drafts: list[Draft] = []
    room = pages - _pages_besides(pages)
    for length in cycle(LENGTHS):
        if room < 1:
            break
        number = len(drafts) + 1
        # Every hundred pages hold the same kinds of blocks, so that none costs more by chance.
        shape = Random(f"{seed}/{number % len(LENGTHS)}")
        random = Random(f"{seed}, {number}")
        drafts.append(_draft(number, random, shape, min(length, room), images))
        room -= length
    files = _with_references(drafts, seed)
    files["preface.md"] = "# Preface\n\n" + Prose(Random(seed)).paragraph(300) + "\n"
    files["index.md"] = _index(Random(seed), drafts, pages // 2)
    files["book.toml"] = _settings([draft.file for draft in drafts], Random(seed))
    _write(folder, {**files, **images})


def write_tiny_book(folder: Path, random: Random) -> None:
    """Write a book of two to six chapters, of all that may matter to its pages.

    Trim, openings, made pages and parts vary; a chapter may be empty, or run over many pages; one
    in six of these books is Japanese.
    """
    prose = Japanese(random) if random.random() < 1 / 6 else Prose(random)
    images: dict[str, bytes] = {}
    drafts = [_tiny_draft(number, random, prose, images) for number in range(random.randint(2, 6))]
    files = _with_references(drafts, random.randint(1, 999))
    if has_index := random.random() < 0.5:
        files["index.md"] = _index(random, drafts, 12)
    names = [draft.file for draft in drafts]
    files["book.toml"] = _tiny_settings(names, random, prose.language, has_index)
    _write(folder, {**files, **images})


# Chapters


def _draft(
    number: int, random: Random, shape: Random, pages: float, images: dict[str, bytes]
) -> Draft:
    """Write a chapter of about so many pages; half a page at its end stays empty, on average."""
    prose = Prose(random)
    file = f"chapter-{number:03}.md"
    blocks = Blocks(random, prose, file, images)
    written = [f"# {prose.title()}", blocks.paragraph()]
    room = (pages - 0.5) * LINES - 6
    while (room := room - _lines(written[-1])) > 0:
        written.append(_block(blocks, MIX, shape, len(written)))
    return Draft(file, "\n\n".join(written) + "\n", _targets(file, written[0], blocks))


def _tiny_draft(number: int, random: Random, prose: Prose, images: dict[str, bytes]) -> Draft:
    file = f"chapter-{number + 1:03}.md"
    blocks = Blocks(random, prose, file, images)
    written = [f"# {prose.title()}"]
    for _ in range(random.choice((0, 1, 3, 6, 9, 18))):
        written.append(_block(blocks, TINY_MIX, random, len(written)))
    text = _front_matter(random, prose) + "\n\n".join(written) + "\n"
    return Draft(file, text, _targets(file, written[0], blocks))


def _block(blocks: Blocks, mix: Mapping[str, int], shape: Random, place: int) -> str:
    """Write one block; nothing but prose, code or a list follows the chapter's title at once."""
    names = list(mix)
    (name,) = shape.choices(names, [mix[name] for name in names])
    if place < 2 and name in ("subsection", "scene_break"):
        name = "paragraph"
    make: Callable[[], str] = getattr(blocks, name)
    return make()


def _targets(file: str, title: str, blocks: Blocks) -> tuple[Target, ...]:
    return (Target(file, title.removeprefix("# ")), *blocks.targets)


def _front_matter(random: Random, prose: Prose) -> str:
    values = {
        "short-title": json.dumps(prose.thing(), ensure_ascii=False),
        "author": '"Ann Smith"',
        "epigraph": json.dumps(prose.sentence(), ensure_ascii=False),
        "numbered": "false",
    }
    chosen = [f"{key} = {value}" for key, value in values.items() if random.random() < 0.2]
    return "\n".join(("+++", *chosen, "+++", "", "")) if chosen else ""


def _lines(block: str) -> float:
    """Reckon the lines of a page that a block takes."""
    if block.startswith("#"):
        return 3
    if block.startswith("!["):
        return 14
    if block.startswith("```"):
        return block.count("\n") * 0.85 + 1
    if block.startswith("|"):
        return block.count("\n|") * 1.4 + 2
    return sum(-(-len(line) // LETTERS) for line in block.splitlines()) + 0.3


# References


def _with_references(drafts: Sequence[Draft], seed: int) -> dict[str, str | bytes]:
    targets = [target for draft in drafts for target in draft.targets]
    return {
        draft.file: _refer(draft.text, Random(f"{seed}/{draft.file}"), targets) for draft in drafts
    }


def _refer(text: str, random: Random, targets: Sequence[Target]) -> str:
    def write(sign: re.Match[str]) -> str:
        target = random.choice(targets)
        if sign[0] == Reference.NAME:
            return f"[]({target.address})"
        page = "{: .page }" if sign[0] == Reference.PAGE else ""
        return f"[{target.words}]({target.address}){page}"

    return SIGNS.sub(write, text)


def _index(random: Random, drafts: Sequence[Draft], entries: int) -> str:
    """Write a list of subjects with their pages."""
    targets = [target for draft in drafts for target in draft.targets]
    chosen = random.sample(targets, min(entries, len(targets)))
    lines = (f"- [{target.words}]({target.address}){{: .page }}" for target in chosen)
    return "# Index\n\n" + "\n".join(sorted(lines)) + "\n"


# The book


def _pages_besides(pages: int) -> float:
    """Reckon the pages that are not in chapters: openers of parts, contents, preface, index."""
    chapters = pages / (sum(LENGTHS) / len(LENGTHS))
    return 8 + chapters / PART * 2.5 + chapters / 28 + pages / 2 / 30


def _settings(files: Sequence[str], random: Random) -> str:
    prose = Prose(random)
    lines = [
        'title = "The Ledger of the Harbour"',
        'language = "en-GB"',
        'publisher = "The Harbour Press"',
        "date = 2026-11-24",
        'front = ["title-page", "imprint", "contents", "preface.md"]',
        'back = ["figures-and-tables", "index.md", "colophon"]',
        '[[contributors]]\nname = "Ann Smith"',
        '[page]\ntrim = "A5"',
    ]
    parts = [files[first : first + PART] for first in range(0, len(files), PART)]
    lines += [_part(prose, part) for part in parts]
    return "\n".join(lines) + "\n"


def _part(prose: Prose, files: Sequence[str]) -> str:
    title, summary = (json.dumps(t, ensure_ascii=False) for t in (prose.title(), prose.sentence()))
    return f"[[parts]]\ntitle = {title}\nsummary = {summary}\nchapters = {json.dumps(list(files))}"


def _tiny_settings(files: list[str], random: Random, language: str, has_index: bool) -> str:
    made = ["half-title", "title-page", "imprint", "contents"]
    front = [page for page in made if random.random() < 0.5]
    back = ["figures-and-tables", "index.md"] if has_index else ["colophon"]
    lines = [
        'title = "A Tiny Book"',
        f'language = "{language}"',
        f"front = {json.dumps(front)}",
        f"back = {json.dumps(back)}",
    ]
    in_parts = random.random() < 0.5
    if not in_parts:
        lines.append(f"chapters = {json.dumps(files)}")
    lines += [
        "[page]",
        f'trim = "{random.choice(("A4", "A5", "A6", "B6", "6x9"))}"',
        f'part-start = "{random.choice(("recto", "any"))}"',
        f'chapter-start = "{random.choice(("recto", "any"))}"',
        f"[contents]\ndepth = {random.randint(1, 3)}",
    ]
    if in_parts:
        middle = random.randint(1, len(files) - 1)
        prose = Prose(random)
        lines += [_part(prose, files[:middle]), _part(prose, files[middle:])]
    return "\n".join(lines) + "\n"


def _write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
