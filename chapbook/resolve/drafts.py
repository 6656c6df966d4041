"""A division while it is being resolved: what it will be, and the chapter that it comes from."""

from dataclasses import dataclass, field

from chapbook.model import Chapter, Division


@dataclass(frozen=True, slots=True)
class Label:
    """The number of a caption: alone ("3a"), in a sentence ("Figure 3a"), and as `shown` at it."""

    number: str
    name: str
    shown: str


@dataclass(frozen=True, slots=True)
class Draft:
    """`captions` holds the label of each caption of the chapter, in order.

    `called` is what references call a part, '' where it has no name of its own.
    """

    division: Division
    chapter: Chapter | None = None
    captions: tuple[Label, ...] = field(default=())
    called: str = ""
