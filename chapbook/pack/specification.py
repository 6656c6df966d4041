"""Say what a print shop asks about a book before it prints it: `specify`.

Lengths are millimetres, written as the book's language writes numbers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from chapbook.cover import Wrap, fold_lines
from chapbook.diagnostics import Diagnostic
from chapbook.imposition import Plan
from chapbook.pack.coverage import InkUse
from chapbook.pack.names import PackNames
from chapbook.pack.reading import PrintFile
from chapbook.pack.sheet import Fact, Group, SpecSheet
from chapbook.paper import caliper, find_stock
from chapbook.print_shop import Binding, Colour, Flip
from chapbook.settings import BookSettings
from chapbook.words import Words

WROTE = frozenset({"aut", "cre"})
TIMES = "\N{MULTIPLICATION SIGN}"


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, as far as a printer is told of it.

    `blanks` counts the pages added at the end. `inks` are those of the pages; where the file is RGB
    there are none, and `coloured` counts the pages of which something is not gray.
    """

    interior: PrintFile
    cover: PrintFile
    wrap: Wrap
    plan: Plan
    blanks: int
    inks: tuple[InkUse, ...] = ()
    cover_inks: tuple[InkUse, ...] = ()
    coloured: int = 0
    found: tuple[Diagnostic, ...] = field(default=(), repr=False)


def specify(settings: BookSettings, made: Made, names: PackNames, words: Words) -> SpecSheet:
    """Put the facts of a book into the words of its language."""
    return _Specifier(settings, made, names, words).sheet()


class _Specifier:
    def __init__(self, settings: BookSettings, made: Made, names: PackNames, words: Words) -> None:
        self.settings, self.made, self.names = settings, made, names
        self.words, self.own = words, words.pack

    def sheet(self) -> SpecSheet:
        settings, own = self.settings, self.own
        wrote = [person.name for person in settings.contributors if person.role in WROTE]
        return SpecSheet(
            kind=own["title"],
            title=settings.title,
            subtitle=settings.subtitle,
            authors=self.words.join(wrote),
            groups=tuple(self._groups()),
            contact_title=own["contact"],
            contact=tuple(filter(None, map(str.strip, settings.print.contact.split("\n")))),
            findings_title=own["findings"],
            findings=tuple(dict.fromkeys(map(_told, self.made.found))),
            no_findings=own["no_findings"],
            more=own["more"].replace("{file}", self.names.text),
        )

    def _groups(self) -> Iterator[Group]:
        for title, facts in (
            (self.own["book"], self._book()),
            (self.own["pages"], self._pages()),
            (self.own["paper"], self._paper()),
            (self.own["colours"], self._colours()),
            (self.own["binding"], self._binding()),
            (self.words.cover, self._cover()),
            (self.own["proof"], self._proof()),
            (self.own["files"], self._files()),
        ):
            told = tuple(Fact(label, _several(values)) for label, values in facts if any(values))
            if told:
                yield Group(title, told)

    def _book(self) -> Iterator[tuple[str, Sequence[str]]]:
        settings, words = self.settings, self.words
        yield words.isbn, [settings.identifiers.print]
        yield words.publisher, [settings.publisher]
        yield self.own["edition"], [settings.edition]
        yield self.own["date"], [words.write_date(settings.date)]

    def _pages(self) -> Iterator[tuple[str, Sequence[str]]]:
        own, printed, made = self.own, self.made.interior, self.made
        count = str(printed.pages)
        if made.blanks:
            count = self._put("pages_blank", pages=count, blanks=str(made.blanks))
        yield own["count"], [count]
        yield own["trim"], [_named(self.settings.page.trim.name, self._size(printed.trim))]
        yield own["bleed"], [self._mm(printed.bleed)]
        yield own["safety"], [self._mm(self.settings.print.safety)]
        yield own["sheet"], [self._size(printed.sheet)]
        marks = [own[f"mark_{mark}"] for mark in self.settings.print.marks]
        yield own["marks"], [self.words.list_comma.join(marks) or own["none"]]
        fonts = self.words.list_comma.join(self._fonts(missing=False))
        lost = self.words.list_comma.join(self._fonts(missing=True))
        yield own["fonts"], [fonts]
        yield own["fonts_missing"], [lost]

    def _fonts(self, missing: bool) -> list[str]:
        files = (self.made.interior, self.made.cover)
        lost = {name for one in files for name in one.missing_fonts}
        every = {name for one in files for name in one.fonts}
        return sorted(lost if missing else every - lost)

    def _paper(self) -> Iterator[tuple[str, Sequence[str]]]:
        own, paper = self.own, self.settings.print.paper
        stock = find_stock(paper.stock) if paper.stock else None
        grams = paper.grams or (stock.grams if stock else 0.0)
        is_assumed = not (paper.caliper or paper.stock or (paper.grams and paper.bulk))
        thickness = self._mm(caliper(paper), 3)
        yield own["stock"], [paper.stock]
        yield own["weight"], [f"{self._number(grams, 1)} g/m²" if grams else ""]
        yield own["caliper"], [self._put("assumed", value=thickness) if is_assumed else thickness]

    def _colours(self) -> Iterator[tuple[str, Sequence[str]]]:
        own, wanted, printed = self.own, self.settings.print, self.made.interior
        spots = [spot.name for spot in wanted.spots]
        yield own["printed_in"], [" + ".join([own[f"in_{wanted.colour}"], *spots])]
        yield own["inks"], [self._inks(self.made.inks)]
        yield own["in_colour"], [f"{self._coloured()} / {printed.pages}"]
        limit = wanted.ink_limit
        if wanted.colour is Colour.CMYK and limit:
            yield own["ink_limit"], [f"{self._number(limit, 0)} %"]
        plain = self._put("no_standard", version=printed.version)
        yield own["standard"], [printed.standard or plain]
        name = printed.condition_name
        both = f"{printed.condition} ({name})" if name and name != printed.condition else ""
        yield own["condition"], [both or printed.condition]

    def _inks(self, uses: Sequence[InkUse]) -> str:
        return self.words.list_comma.join(map(self._ink, uses))

    def _ink(self, use: InkUse) -> str:
        name = self.own.get(f"ink_{use.name.lower()}", use.name)
        return f"{name} {self._number(100 * use.share, 1)} %"

    def _coloured(self) -> int:
        if not self.made.inks:
            return self.made.coloured
        pages = (use.pages for use in self.made.inks if use.name != "Black")
        return len(frozenset[int]().union(*pages))

    def _binding(self) -> Iterator[tuple[str, Sequence[str]]]:
        own, settings, wrap = self.own, self.settings, self.made.wrap
        # What has a spine is not stapled through a fold.
        binding = Binding.PERFECT if wrap.spine else Binding.SADDLE
        yield own["bound_as"], [own[f"bound_{binding}"]]
        yield own["bound_at"], [own["right" if self.made.plan.right_to_left else "left"]]
        if wrap.spine:
            yield own["spine"], [self._mm(wrap.spine, 2)]
        if settings.cover.board:
            yield own["board"], [self._mm(settings.cover.board, 3)]
        if wrap.flaps:
            yield own["flaps"], [self._mm(wrap.flaps)]

    def _cover(self) -> Iterator[tuple[str, Sequence[str]]]:
        own, cover = self.own, self.made.cover
        yield own["cover_trim"], [self._size(cover.trim, 2)]
        yield own["bleed"], [self._mm(cover.bleed)]
        folds = [self._mm(fold, 2) for fold in fold_lines(self.made.wrap)]
        yield own["folds"], [self.words.list_comma.join(folds)]
        yield own["inks"], [self._inks(self.made.cover_inks)]

    def _proof(self) -> Iterator[tuple[str, Sequence[str]]]:
        own, plan = self.own, self.made.plan
        sheet = _named(plan.sheet.name, self._size((plan.sheet.width, plan.sheet.height)))
        yield own["proof_sheet"], [f"{len(plan.sheets)} {TIMES} {sheet}"]
        if plan.gatherings > 1:
            yield self.words.folding["gatherings"], [str(plan.gatherings)]
        yield own["bound_as"], [own[f"bound_{plan.booklet.binding}"]]
        short = plan.booklet.flip is Flip.SHORT
        yield own["duplex"], [own["flip_short" if short else "flip_long"]]

    def _files(self) -> Iterator[tuple[str, Sequence[str]]]:
        for what, name in self.names.told():
            yield self.own[f"file_{what}"], [name]

    def _put(self, pattern: str, **values: str) -> str:
        written = self.own[pattern]
        for place, value in values.items():
            written = written.replace(f"{{{place}}}", value)
        return written

    def _number(self, value: float, places: int) -> str:
        written = f"{value:.{places}f}"
        if places:
            written = written.rstrip("0").rstrip(".")
        return written.replace(".", self.own["decimal"])

    def _mm(self, length: float, places: int = 1) -> str:
        return f"{self._number(length, places)} mm"

    def _size(self, size: tuple[float, float], places: int = 1) -> str:
        width, height = (self._number(length, places) for length in size)
        return f"{width} {TIMES} {height} mm"


def _several(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(value for value in values if value)


def _named(name: str, size: str) -> str:
    """Put the name of a size before it, where it has one that is not its measures."""
    return size if not name or TIMES in name or name == "own" else f"{name}, {size}"


def _told(found: Diagnostic) -> str:
    return f"{found.message} ({found.at})" if found.at else found.message
