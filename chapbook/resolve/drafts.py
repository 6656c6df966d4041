"""A division while it is being resolved: what it will be, and the chapter that it comes from."""

from dataclasses import dataclass, field

from chapbook.model import Chapter, Division


@dataclass(frozen=True, slots=True)
class Draft:
    """`captions` holds the printed label of each caption of the chapter ("Figure 3"), in order."""

    division: Division
    chapter: Chapter | None = None
    captions: tuple[str, ...] = field(default=())
