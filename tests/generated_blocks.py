"""Blocks of Markdown that say what `Prose` says: paragraphs, tables, code, figures, lists.

A reference cannot name its target before every chapter is written, so a block holds a sign in its
place; `targets` lists what a chapter offers to be referred to.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from PIL import Image

from tests.generated_prose import Prose

SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 {height}" width="240" \
height="{height}">{shapes}<text x="4" y="12" font-size="9">{words}</text></svg>
"""
PYTHON = """def {verb}_{thing}(count: int, {other}: str = "{word}") -> list[str]:
    # The {thing} must not be empty.
    found = [{other}[n % 7:] for n in range(count)]
    return sorted(found, key=len) if count > {number} else []
"""
RUST = """/// Gives the {thing} of a {other}.
fn {verb}_{thing}(count: usize, {other}: &str) -> Option<Vec<String>> {{
    let found: Vec<_> = (0..count).map(|n| format!("{{n}} {other}")).collect();
    if found.len() > {number} {{ Some(found) }} else {{ None }}
}}
"""
TOML = """[{thing}]
{other} = "{word}"
numbers = [{number}, 2, 3]  # one for each {other}
"""
LANGUAGES = {"python": PYTHON, "rust": RUST, "toml": TOML}


class Reference(StrEnum):
    """A sign that stands where a reference will."""

    LINK = "\ue000"
    NAME = "\ue001"
    PAGE = "\ue002"


@dataclass(frozen=True, slots=True)
class Target:
    """Something to refer to: its address in the book, and words for it."""

    address: str
    words: str


class Blocks:
    """Writes blocks for one chapter's file; `images` receives the files of its figures."""

    def __init__(self, random: Random, prose: Prose, file: str, images: dict[str, bytes]) -> None:
        """Take what chance, words, name and files there are."""
        self.random = random
        self.prose = prose
        self.targets: list[Target] = []
        self._file = file
        self._images = images
        self._notes = 0

    def paragraph(self) -> str:
        """Give a paragraph of about ninety words; it may have notes and references."""
        words = self.random.choice((15, 40, 70, 90, 90, 120, 200))
        text = self.prose.paragraph(words) + self._references()
        if self.random.random() > 0.13:
            return text
        self._notes += 1
        note = self.prose.paragraph(self.random.choice((5, 15, 15, 40)))
        return f"{text}[^n{self._notes}]\n\n[^n{self._notes}]: {note}"

    def section(self, level: int = 2) -> str:
        """Give a heading with an id."""
        title = self.prose.title()
        return f"{'#' * level} {title} {{: #{self._offer('s', title)} }}"

    def subsection(self) -> str:
        """Give a heading of the third level, after one of the second."""
        has_section = any("#s" in target.address for target in self.targets)
        return self.section(3 if has_section else 2)

    def listing(self) -> str:
        """Give a list, perhaps with a list in it."""
        sign = self.random.choice(("- ", "1. ", "- [ ] ", "* "))
        items = [f"{sign}{self._brief()}" for _ in range(self.random.randint(3, 7))]
        if self.random.random() < 0.3:
            items[1:1] = [f"    - {self._brief()}", f"    - {self._brief()}"]
        return "\n".join(items)

    def quotation(self) -> str:
        """Give a quotation with its source."""
        return f"> {self.prose.paragraph(40)}\n>\n> — The {self.prose.thing()}, 1874"

    def box(self) -> str:
        """Give a box of two paragraphs."""
        kind = self.random.choice(("note", "tip", "warning", "question", "worksheet"))
        lines = [f"    {self.prose.paragraph(25)}", "", f"    {self.prose.paragraph(15)}"]
        return f'!!! {kind} "{self.prose.title()}"\n' + "\n".join(lines)

    def terms(self) -> str:
        """Give a list of terms."""
        return "\n\n".join(
            f"{self.prose.title()}\n:   {self.prose.paragraph(20)}"
            for _ in range(self.random.randint(2, 4))
        )

    def table(self, rows: int = 0) -> str:
        """Give a table with a caption, of 4 to 12 rows where their number is not said."""
        rows = rows or self.random.randint(4, 12)
        head = ["| Year | What was found | Where | Sum |", "|---|:--|---|--:|"]
        years = (1800 + 7 * row % 90 for row in range(rows))
        body = [f"| {year} | {self.prose.thing()} | {self._cell()} |" for year in years]
        title = self.prose.title()
        return "\n".join((*head, *body, "", f"Table: {title} {{: #{self._offer('t', title)} }}"))

    def long_table(self) -> str:
        """Give a table that one page cannot hold."""
        return self.table(self.random.randint(45, 80))

    def code(self, pieces: int = 0) -> str:
        """Give a block of code, of one to four pieces where their number is not said."""
        language = self.random.choice(tuple(LANGUAGES))
        drawn = [self._code(language) for _ in range(pieces or self.random.randint(1, 4))]
        return f"```{language}\n" + "\n".join(drawn) + "```"

    def long_code(self) -> str:
        """Give a block of code that one page cannot hold."""
        return self.code(12)

    def figure(self) -> str:
        """Give a figure with a caption, a picture of its own or one that is there already."""
        seen, beside, place = (self.prose.thing() for _ in range(3))
        title = f"{seen.capitalize()} and {beside}, drawn from the {place}"
        if self._images and self.random.random() < 0.2:
            name = self.random.choice(sorted(self._images))
        else:
            name = self._draw()
        label = self._offer("f", title)
        return f'![{self.prose.sentence().strip(".")}]({name} "{title}"){{: #{label} }}'

    def scene_break(self) -> str:
        """Give a break between scenes."""
        return "***"

    def _references(self) -> str:
        chance = self.random.random()
        if chance > 0.1:
            return ""
        if chance > 0.06:
            return f" See {Reference.NAME}."
        if chance > 0.02:
            return f" It is told with {Reference.LINK}."
        return f" ({Reference.PAGE})"

    def _offer(self, letter: str, words: str) -> str:
        label = f"{letter}{len(self.targets) + 1}"
        self.targets.append(Target(f"{self._file}#{label}", words))
        return label

    def _brief(self) -> str:
        return self.prose.paragraph(self.random.choice((1, 1, 20)))

    def _cell(self) -> str:
        long = self.random.random() < 0.2
        words = self.prose.sentence() if long else self.prose.phrase()
        return f"{words} | {self.random.randint(1, 9999) / 100:.2f}"

    def _code(self, language: str) -> str:
        names = [self.prose.thing().replace(" ", "_") for _ in range(3)]
        number = self.random.randint(1, 99)
        return LANGUAGES[language].format(
            verb="find", thing=names[0], other=names[1], word=names[2], number=number
        )

    def _draw(self) -> str:
        stem = f"images/{self._file.removesuffix('.md')}-{len(self.targets)}"
        drawers: dict[str, Callable[[], bytes]] = {".svg": self._svg, ".png": self._png}
        ending = self.random.choice(tuple(drawers))
        self._images[stem + ending] = drawers[ending]()
        return stem + ending

    def _svg(self) -> bytes:
        height = self.random.choice((60, 120, 200))
        bars = "".join(
            f'<rect x="{20 * n + 5}" y="{top}" width="14" height="{height - top}" fill="#23395b"/>'
            for n in range(11)
            for top in [self.random.randint(18, height - 4)]
        )
        return SVG.format(height=height, shapes=bars, words=self.prose.thing()).encode()

    def _png(self) -> bytes:
        size = self.random.choice(((240, 90), (320, 200), (200, 300)))
        gradient = Image.linear_gradient("L")
        turned = [gradient.rotate(self.random.randint(0, 359)).resize(size) for _ in range(3)]
        written = io.BytesIO()
        Image.merge("RGB", turned).save(written, "PNG")
        return written.getvalue()
