"""The elements of a tagged PDF, before they are written into one (ISO 32000-1, 14.8.4)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from chapbook.publication import Hotspot, Mark

INLINE = frozenset(
    {"Span", "Em", "Strong", "Quote", "Code", "Link", "Reference", "Note", "Figure", "Formula",
     "Ruby", "RB", "RT", "RP", "Lbl"}
)  # fmt: skip

# Names of PDF 2.0 that say more than PDF 1.7 can, and what an older reader takes them for.
ROLE_MAP = {"Em": "Span", "Strong": "Span", "Aside": "Sect"}


@dataclass(slots=True)
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


def in_paragraphs(kids: Sequence[Kid]) -> list[Kid]:
    """Put every run of text that stands bare among blocks into a paragraph."""
    blocks: list[Kid] = []
    run: Tag | None = None
    for kid in kids:
        if is_inline(kid):
            if run is None:
                run = Tag("P")
                blocks.append(run)
            run.kids.append(kid)
        else:
            run = None
            blocks.append(kid)
    return [_figure_alone(block) for block in blocks]


def _figure_alone(block: Kid) -> Kid:
    """A picture that is a block of its own needs no paragraph around it."""
    if isinstance(block, Tag) and block.role == "P" and len(block.kids) == 1:
        only = block.kids[0]
        if isinstance(only, Tag) and only.role in ("Figure", "Formula"):
            return only
    return block
