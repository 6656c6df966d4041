"""How the files of a pack are named, relative to its folder."""

from collections.abc import Iterator
from dataclasses import dataclass

SPREADS = "spreads"


@dataclass(frozen=True, slots=True)
class PackNames:
    """The names of the files in the pack of a book; `slug` is that of the book."""

    slug: str

    @property
    def folder(self) -> str:
        """The folder that holds the pack."""
        return f"{self.slug}-pack"

    @property
    def interior(self) -> str:
        """The inside pages for the press."""
        return f"{self.slug}-interior.pdf"

    @property
    def cover(self) -> str:
        """The cover for the press."""
        return f"{self.slug}-cover.pdf"

    @property
    def sheet(self) -> str:
        """The specification, to print."""
        return f"{self.slug}-specification.pdf"

    @property
    def text(self) -> str:
        """The specification, whole, as plain text."""
        return f"{self.slug}-specification.txt"

    @property
    def booklet(self) -> str:
        """The proof that is printed on an office printer and folded."""
        return f"proof/{self.slug}-booklet.pdf"

    @property
    def folding(self) -> str:
        """How to fold it."""
        return f"proof/{self.slug}-folding.svg"

    @property
    def dummy(self) -> str:
        """The booklet with numbers alone on its pages."""
        return f"proof/{self.slug}-folding-dummy.pdf"

    def spread(self, pages: str) -> str:
        """Name the picture of these pages."""
        return f"{SPREADS}/{self.slug}-{pages}.png"

    def told(self) -> Iterator[tuple[str, str]]:
        """Give what each file is and its name, as the sheet lists them."""
        yield "interior", self.interior
        yield "cover", self.cover
        yield "booklet", self.booklet
        yield "folding", self.folding
        yield "dummy", self.dummy
        yield "spreads", f"{SPREADS}/"
