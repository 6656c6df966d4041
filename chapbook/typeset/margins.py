"""What decides the furniture of pages, and what is drawn by it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chapbook.laid import Furniture, PageKind
from chapbook.typeset.task import Sheet

Carried = Mapping[str, tuple[tuple[str, ...], str | None]]
PageKeys = tuple[tuple[str, ...], ...]  # for each page the keys of its furniture
Furnished = tuple[PageKeys, dict[str, Furniture]]


@dataclass(frozen=True, slots=True)
class Margin:
    """What decides the furniture of one page.

    `strings` has, for each named string, the values that it takes on the page, and its value
    before, None where it had none; `running` has the same for each name of running elements,
    which are written as HTML. `starts` are the strings that the page begins with.
    """

    kind: PageKind
    is_first: bool
    folio: int
    total: int
    strings: Carried
    starts: tuple[str, ...] = ()
    running: Carried = field(default_factory=dict)
    body_class: str = ""


@dataclass(frozen=True, slots=True)
class Gaps:
    """Chapters whose pages want some furniture that is not among what was drawn `before`."""

    sheet: Sheet
    faces: Path
    before: Mapping[str, Furniture]
    chapters: tuple[tuple[Margin, ...], ...]


@dataclass(frozen=True, slots=True)
class FurnitureTask:
    """The pages of one chapter that are to be furnished; fonts are put into the folder `faces`."""

    sheet: Sheet
    faces: Path
    margins: tuple[Margin, ...]
