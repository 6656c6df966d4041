"""The elements of a tagged PDF, before they are written into one (ISO 32000-1, 14.8.4)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from chapbook.laid import Hotspot, Mark

INLINE = frozenset(
    {"Span", "Em", "Strong", "Quote", "Code", "Link", "Reference", "Note", "Figure", "Formula",
     "Ruby", "RB", "RT", "RP", "Lbl"}
)  # fmt: skip

ALONE = frozenset({"Figure", "Formula", "Note"})

# Names of PDF 2.0 that say more than PDF 1.7 can, and what an older reader takes them for.
ROLE_MAP = {"Em": "Span", "Strong": "Span", "Aside": "Sect"}


@dataclass(slots=True, eq=False)
class Tag:
    """One structure element; its `attributes` are by owner: `{"Table": {"Scope": "Column"}}`.

    A name stands as a string, a number or a list of numbers as itself.
    """

    role: str
    kids: list["Kid"] = field(default_factory=list)
    title: str = ""
    language: str = ""
    alternative: str = ""
    expansion: str = ""
    key: str = ""
    words: str = ""
    attributes: dict[str, dict[str, str | int | list[float]]] = field(default_factory=dict)

    @property
    def is_inline(self) -> bool:
        """Whether the element stands in a line of text."""
        return self.role in INLINE


Kid = Tag | Mark | Hotspot


def is_inline(kid: Kid) -> bool:
    """Whether something belongs in a line: content itself, or an element of a line."""
    return not isinstance(kid, Tag) or kid.is_inline


def is_heading(tag: Tag) -> bool:
    """Whether an element is a heading of some level."""
    return tag.role[0] == "H" and tag.role[1:].isdigit()


def in_paragraphs(kids: Sequence[Kid]) -> list[Kid]:
    """Put every run of text that stands bare among blocks into a paragraph.

    Pictures and notes that stand alone there need none.
    """
    blocks: list[Kid] = []
    for are_inline, run in groupby(kids, is_inline):
        inline = list(run)
        if are_inline and not all(isinstance(kid, Tag) and kid.role in ALONE for kid in inline):
            blocks.append(Tag("P", inline))
        else:
            blocks += inline
    return blocks


def gather(kids: Sequence[Kid], role: str) -> list[Tag]:
    """Give the tags of a role; whatever stands between them is put into one of its own."""
    found: list[Tag] = []
    for are_wanted, run in groupby(kids, lambda kid: isinstance(kid, Tag) and kid.role == role):
        pieces = list(run)
        strays = [] if are_wanted else [Tag(role, pieces)]
        found += strays or [piece for piece in pieces if isinstance(piece, Tag)]
    return found


def every(tag: Tag) -> Iterator[Tag]:
    """Give a tag and all tags in it, in the order of the text."""
    stack: list[Kid] = [tag]
    while stack:
        kid = stack.pop()
        if isinstance(kid, Tag):
            yield kid
            stack.extend(reversed(kid.kids))
