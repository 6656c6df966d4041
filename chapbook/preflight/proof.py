"""What every check may look at: the pages as read, the layout, the sources, what was asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from chapbook.diagnostics import Location
from chapbook.laid import Typeset
from chapbook.model import Book
from chapbook.preflight.lines import Line, lines_of
from chapbook.preflight.places import Places, Use
from chapbook.preflight.sides import MILLIMETRE, Picture, Run, Side, Stroke
from chapbook.print_job import PrintJob

SETTINGS_FILE = "book.toml"
_RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}


@dataclass(frozen=True)
class Proof:
    """The pages of a print file, and all that tells what they should be."""

    sides: tuple[Side, ...]
    typeset: Typeset
    book: Book
    job: PrintJob
    places: Places = field(repr=False)

    @cached_property
    def lines(self) -> Mapping[int, tuple[Line, ...]]:
        """The lines of text of each page."""
        return {side.number: lines_of(side.runs) for side in self.sides}

    @cached_property
    def uses(self) -> Mapping[tuple[int, int], Use]:
        """The images, by page and mark."""
        return self.places.uses(self.sides)

    def of_mark(self, side: Side, mark: int) -> Location | None:
        """Give where what has a mark was written, else the file of the page."""
        if (use := self.uses.get((side.number, mark))) is not None:
            return use.at
        own = "".join(run.text for run in side.runs if run.mark == mark)
        if mark >= 0 and own:
            return self.places.of_text(side.number, own)
        return self.places.of_page(side.number)

    def of_thing(self, side: Side, thing: Picture | Stroke | Run) -> Location | None:
        """Give where something drawn was written, else the file of the page."""
        return self.of_mark(side, thing.mark)

    def setting(self, key: str) -> Location:
        """Give where `book.toml` says something, the file where it does not."""
        return self.job.locations.get(key, Location(SETTINGS_FILE))

    def spine_side(self, side: Side) -> int:
        """Give the edge of the page that is bound: 0 the left one, 2 the right one."""
        is_turned = self.book.settings.booklet.right_to_left
        if is_turned is None:
            language = self.job.metadata.language.partition("-")[0].casefold()
            is_turned = language in _RIGHT_TO_LEFT
        return 2 if side.is_recto == is_turned else 0


def name_of(proof: Proof, side: Side, picture: Picture) -> str:
    """Name an image by its file, or by its pixels."""
    use = proof.uses.get((side.number, picture.mark))
    if use is not None and use.asset is not None:
        return use.asset.path
    width, height = picture.pixels
    same = {
        asset.path
        for asset in proof.book.assets.values()
        if (round(asset.width), round(asset.height)) == picture.pixels
    }
    return same.pop() if len(same) == 1 else f"an image of {width} by {height} pixels"


def millimetres(points: float) -> str:
    """Write a length as people measure it."""
    length = points / MILLIMETRE
    return f"{length:.0f} mm" if length >= 10 else f"{length:.1f} mm"


def quoted(text: str, longest: int = 40) -> str:
    """Quote the beginning of a text."""
    words = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    if len(words) <= longest:
        return f"“{words}”"
    return f"“{words[:longest].rpartition(' ')[0] or words[:longest]} …”"
