"""Papers that printers usually have, and how thick a sheet of each is.

Printers call a paper by its weight, yet the spine and the creep ask for its thickness. The figures
are means: two mills' papers of one name differ by some hundredths of a millimetre, so the printer's
own figure, as `caliper`, is always better.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from chapbook.diagnostics import Code, Diagnostic, Location, error, warning
from chapbook.print_shop import Paper

MILLIMETRES_PER_INCH = 25.4
SETTINGS_FILE = "book.toml"
NO_UNITS = re.compile(r"(?<=\d)\s*g(sm|/m2)?(?![a-z])|[\s_-]")


@dataclass(frozen=True, slots=True)
class Stock:
    """A paper: its weight in grams per square metre, the thickness of a sheet in millimetres.

    `also` are other names that it goes by.
    """

    name: str
    grams: float
    caliper: float
    also: tuple[str, ...] = ()

    @property
    def bulk(self) -> float:
        """Cubic centimetres per gram."""
        return self.caliper * 1000 / self.grams


def _bulked(kind: str, bulk: float, *grams: int, also: str = "") -> tuple[Stock, ...]:
    names = [(g, (f"{also} {g}",) if also else ()) for g in grams]
    return tuple(Stock(f"{kind} {g}", g, round(g * bulk / 1000, 4), more) for g, more in names)


def _book(*bulks: float) -> tuple[Stock, ...]:
    """A book paper is sold by its volume: 80 g of volume 1.75 are 0.14 mm thick."""
    return tuple(
        Stock(f"cream {grams} {bulk:g}", grams, round(grams * bulk / 1000, 4))
        for grams in (60, 70, 80, 90)
        for bulk in bulks
    )


def _per_page(name: str, grams: float, inches: float, *also: str) -> Stock:
    return Stock(name, grams, round(2 * inches * MILLIMETRES_PER_INCH, 4), also)


def _inches(name: str, grams: float, inches: float, *also: str) -> Stock:
    return Stock(name, grams, round(inches * MILLIMETRES_PER_INCH, 4), also)


STOCKS: tuple[Stock, ...] = (
    # Mean bulks that a network of European printers reckons spines with: uncoated 1.22, silk 0.90,
    # gloss 0.80 (https://docs.cloudprinter.com/client/how-to-calculate-spine-width).
    *_bulked("offset", 1.22, 70, 80, 90, 100, 115, 120, 140, also="uncoated"),
    *_bulked("silk", 0.90, 90, 100, 115, 130, 135, 150, 170, also="matt"),
    *_bulked("gloss", 0.80, 90, 100, 115, 130, 135, 150, 170),
    # What the volume of a paper means: https://einfach.zfamedien.de/druckverarbeitung/papiervolumen
    *_book(1.2, 1.5, 1.75, 1.8, 2.0),
    # Patterson Printing's house papers (http://www.pattersonprinting.com/diagrams.htm); one pound
    # of text weight, 500 sheets of 25 by 38 inches, is 1.48 g/m².
    _inches("offset 50lb", 74, 0.0039, "50# offset"),
    _inches("offset 60lb", 89, 0.0046, "60# offset"),
    _inches("offset 70lb", 104, 0.0051, "70# offset"),
    _inches("book 55lb", 81, 0.0056, "55# book", "natural 55lb"),
    # Inches a page, as KDP reckons its paperbacks (help page "Set Up Your Paperback Cover Files"):
    # white 0.002252, cream 0.0025, premium colour 0.002347, standard colour as white.
    _per_page("kdp white", 90, 0.002252),
    _per_page("kdp cream", 90, 0.0025),
    _per_page("kdp color", 100, 0.002347, "kdp colour", "kdp premium color", "kdp premium colour"),
    _per_page("kdp standard color", 90, 0.002252, "kdp standard colour"),
    # Measured by Japanese printers (https://printmall.jp/sebyoushi and
    # https://www.insatsushop.jp/guide02/data-guide/howto-sehaba/); the weight is that of a
    # thousand sheets of shirokuban, 788 by 1091 mm.
    Stock("上質紙 55kg", 64.0, 0.080, ("上質 55kg", "joshitsu 55kg")),
    Stock("上質紙 70kg", 81.4, 0.100, ("上質 70kg", "joshitsu 70kg")),
    Stock("上質紙 90kg", 104.7, 0.130, ("上質 90kg", "joshitsu 90kg")),
    Stock("上質紙 110kg", 127.9, 0.160, ("上質 110kg", "joshitsu 110kg")),
    Stock(
        "淡クリームキンマリ 72.5kg",
        84.3,
        0.097,
        ("書籍用紙 72.5kg", "キンマリ 72.5kg", "クリームキンマリ 72.5kg", "kinmari 72.5kg"),
    ),
    Stock(
        "淡クリームキンマリ 90kg",
        104.7,
        0.121,
        ("書籍用紙 90kg", "キンマリ 90kg", "クリームキンマリ 90kg", "kinmari 90kg"),
    ),
    Stock("コート紙 73kg", 84.9, 0.068, ("コート 73kg",)),
    Stock("コート紙 90kg", 104.7, 0.082, ("コート 90kg",)),
    Stock("コート紙 110kg", 127.9, 0.102, ("コート 110kg",)),
    Stock("マットコート紙 70kg", 81.4, 0.082, ("マットコート 70kg",)),
    Stock("マットコート紙 90kg", 104.7, 0.108, ("マットコート 90kg",)),
    Stock("マットコート紙 110kg", 127.9, 0.138, ("マットコート 110kg",)),
)

USUAL_BULK = 1.22  # of uncoated paper, which most booklets are printed on
USUAL_STOCK = "offset 90"


def _plain(name: str) -> str:
    return NO_UNITS.sub("", unicodedata.normalize("NFKC", name).casefold())


_BY_NAME = {_plain(name): stock for stock in STOCKS for name in (stock.name, *stock.also)}


def find_stock(name: str) -> Stock | None:
    """Give a usual paper by its name, however spaced and in whatever case; None if unknown."""
    return _BY_NAME.get(_plain(name))


def near_stocks(name: str) -> tuple[str, ...]:
    """Give the names of usual papers that are most like this one."""
    near = get_close_matches(_plain(name), list(_BY_NAME), n=5, cutoff=0.5)
    return tuple(dict.fromkeys(_BY_NAME[one].name for one in near))[:3]


def caliper(paper: Paper) -> float:
    """Give the thickness of one sheet, in millimetres.

    What the book says holds; what it leaves out is that of its stock, and at last that of the
    usual one. `check_paper` tells of a stock that is not known, and of what is assumed.
    """
    stock = find_stock(paper.stock) if paper.stock else None
    if paper.caliper:
        return paper.caliper
    if stock and not (paper.grams or paper.bulk):
        return stock.caliper
    usual = stock or _BY_NAME[_plain(USUAL_STOCK)]
    bulk = paper.bulk or (stock.bulk if stock else USUAL_BULK)
    return round((paper.grams or usual.grams) * bulk / 1000, 4)


def check_paper(paper: Paper, locations: Mapping[str, Location]) -> tuple[Diagnostic, ...]:
    """Say where a stock is not known, and where the thickness of the paper had to be assumed."""
    at = locations.get("print.paper.stock", Location(SETTINGS_FILE))
    if paper.stock and find_stock(paper.stock) is None:
        return (_unknown(paper.stock, at),)
    if paper.caliper or paper.stock or (paper.grams and paper.bulk):
        return ()
    at = locations.get("print.paper", locations.get("print.paper.grams", Location(SETTINGS_FILE)))
    given = f"{paper.grams:g} g paper" if paper.grams else "no paper"
    message = f"{given} without its thickness: a sheet is taken to be {caliper(paper):.3g} mm thick"
    hint = 'ask the printer, and write [print.paper] and below it stock = "offset 90" or caliper'
    return (warning(Code.PAPER_ASSUMED, message, at, hint),)


def _unknown(name: str, at: Location) -> Diagnostic:
    near = near_stocks(name)
    hints = [f"did you mean “{'” or “'.join(near)}”?"] if near else []
    hints.append("any other paper: give its caliper, the thickness of one sheet in millimetres")
    return error(Code.UNKNOWN_STOCK, f"“{name}” is not a usual paper", at, *hints)
