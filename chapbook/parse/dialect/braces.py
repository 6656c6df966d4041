"""Brace marks: `{word: argument | option=value | flag}` in a line of text.

To add one, add its form to `FORMS`. In the tree it is a `<span data-mark="word" data-brace="N">`,
with its argument as text where that is shown, else empty; no HTML of an author can bring one, for
the sanitiser lets no such attribute pass. `Braces.taken[N]` holds what it says. A later step makes
of it what it stands for.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import INLINE_PLACEHOLDER_RE

from chapbook.parse.marks import BRACE
from chapbook.parse.tree import classes, inner_text, remove, with_parents

Found = re.Match[str]
Made = tuple[Element | str | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Form:
    """How a mark is written: its word, an example, the options that take a value, the flags.

    `is_shown`: its argument is text of the book.
    """

    word: str
    example: str
    options: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    is_shown: bool = False


FORMS: tuple[Form, ...] = (
    Form(
        "index",
        "{index: apple > Cox}",
        frozenset({"see", "see-also", "sort", "よみ", "yomi"}),
        frozenset({"begin", "end", "main"}),
    ),
    Form("term", "{term: grafted | of=graft}", frozenset({"of"}), is_shown=True),
    Form("sort", "{sort: りんご}"),
    Form("warichu", "{warichu: 別名を林檎という}", is_shown=True),
)
BY_WORD = {form.word: form for form in FORMS}

_INSIDE = r"(?:[^{}\n]|\n(?![ \t>]*(?:\n|$))){0,500}?"
_ARGUMENT = r"(?:[^{}\n|]|\n(?![ \t>]*(?:\n|$))){0,500}?"


def written_as(forms: Iterable[Form]) -> str:
    """Give the regular expression of marks of these forms, from brace to brace."""
    words = "|".join(re.escape(form.word) for form in forms)
    return rf"\{{(?:{words}):{_INSIDE}\}}"


# What hides a mark, or shows no more of it than its argument, from the alignment.
HIDDEN = written_as(form for form in FORMS if not form.is_shown)
SHOWN = written_as(form for form in FORMS if form.is_shown)
ARGUMENT = re.compile(rf"\{{[^:]*:\s*(?P<argument>{_ARGUMENT})\s*(?=\\?\||\}})")
PARTS = re.compile(r"\\?\|")
# A mark that shows nothing takes the blank before it along, where words or signs go on behind it.
_BLANK = rf"(?:(?<=\S)[ \n]+(?=(?:{HIDDEN})+(?:[\s.,;:!?)*_\]\u201d\u2019»]|$)))?"
PATTERN = rf"(?P<blank>{_BLANK})(?<!\\)(?P<mark>{HIDDEN}|{SHOWN})"


@dataclass(frozen=True, slots=True)
class Brace:
    """A mark as it was `written`; `faults` are a message and a hint for each thing wrong in it."""

    word: str
    argument: str
    options: Mapping[str, str]
    flags: frozenset[str]
    written: str
    faults: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Braces:
    """The marks of one file, in the order in which they were read."""

    taken: list[Brace] = field(default_factory=list)

    def take(self, written: str) -> int:
        """Read a mark and keep it; give its number."""
        self.taken.append(read_brace(written))
        return len(self.taken) - 1

    def place(self, root: Element) -> None:
        """Make of our signs in a sanitised tree the elements that the marks are."""
        for element in root.iter("span"):
            for name in classes(element):
                if name.startswith(BRACE):
                    number = int(name.removeprefix(BRACE))
                    element.attrib.clear()
                    element.set("data-mark", self.taken[number].word)
                    element.set("data-brace", str(number))


def read_brace(written: str) -> Brace:
    """Read a mark, whose word is known."""
    word, _, rest = written[1:-1].partition(":")
    form = BY_WORD[word]
    argument, *parts = (" ".join(part.split()) for part in PARTS.split(rest))
    options: dict[str, str] = {}
    flags: set[str] = set()
    faults = [] if argument else [("this mark says nothing", f"write {form.example}")]
    for part in parts:
        name, sign, value = (piece.strip() for piece in part.partition("="))
        name = name.casefold()
        if name in form.options and value:
            options[name] = value
        elif name in form.flags and not sign:
            flags.add(name)
        else:
            faults.append(_unknown(form, part))
    return Brace(word, argument, options, frozenset(flags), written, tuple(faults))


def _unknown(form: Form, part: str) -> tuple[str, str]:
    name = part.partition("=")[0].strip()
    if name in form.options:
        return f"“{name}” says nothing", f"write {name}=…"
    if name in form.flags:
        return f"“{name}” takes no value", f"write {name} alone"
    known = [*sorted(f"{option}=…" for option in form.options), *sorted(form.flags)]
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    hint = f"did you mean {near[0]}?" if near else f"it may have: {', '.join(known) or 'nothing'}"
    return f"“{form.word}” knows no “{part}”", hint


def take_out(root: Element, word: str) -> Iterator[tuple[Element, int]]:
    """Take such marks out of a tree, without their words; give the parent of each, its number."""
    for parent, child in list(with_parents(root)):
        if child.get("data-mark") == word:
            child.text = None
            remove(parent, child)
            yield parent, int(child.attrib["data-brace"])


class BraceMarks(InlineProcessor):
    """Takes the marks out of a line before escapes are read, but not out of code."""

    def __init__(self, pattern: str, md: Markdown, braces: Braces) -> None:
        """Keep what is found in `braces`."""
        super().__init__(pattern, md)
        self.braces = braces

    def handleMatch(self, m: Found, data: str) -> Made:  # type: ignore[override]  # noqa: N802
        """Give what is to stand in the place of the match, and its bounds."""
        written = INLINE_PLACEHOLDER_RE.sub(self._code, m["mark"])
        number = self.braces.take(written)
        element = Element("span", {"class": f"{BRACE}{number}"})
        end = m.end()
        if BY_WORD[self.braces.taken[number].word].is_shown:
            shown = ARGUMENT.match(m["mark"])
            element.text = shown["argument"] if shown else ""
        elif not INLINE_PLACEHOLDER_RE.sub(self._mark, data[: m.start()]).strip():
            # Before a text it takes along the blank behind it, or the text would begin with one.
            end = len(data) - len(data[end:].lstrip())
        return element, m.start(), end

    def _mark(self, sign: Found) -> str:
        """Give nothing for a mark that shows nothing, and the sign for all else."""
        node = self._stashed(sign)
        if isinstance(node, Element) and node.get("class", "").startswith(BRACE) and not node.text:
            return ""
        return sign[0]

    def _code(self, sign: Found) -> str:
        """Write code again as it was."""
        node = self._stashed(sign)
        return node if isinstance(node, str) else f"`{inner_text(node)}`"

    def _stashed(self, sign: Found) -> Element | str:
        """Give what stands for a sign that holds the place of something already read."""
        stash = self.md.treeprocessors["inline"].stashed_nodes  # type: ignore[attr-defined]
        node: Element | str = stash.get(sign[1], "")
        return node


class BraceExtension(Extension):
    """Registers the above behind code (190) and before line breaks and escapes (185, 180)."""

    def __init__(self, braces: Braces) -> None:
        """Keep what is found in `braces`."""
        super().__init__()
        self.braces = braces

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds."""
        md.inlinePatterns.register(BraceMarks(PATTERN, md, self.braces), "braces", 187)
