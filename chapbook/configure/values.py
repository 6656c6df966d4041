"""What the values of `book.toml` may be: sizes, dates, numbers of books, names of files."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chapbook.configure.catalogue_values import CATALOGUE_CHECKS, filled
from chapbook.configure.epub_values import EPUB_CHECKS
from chapbook.configure.print_shop_values import PRINT_SHOP_CHECKS, no_twice
from chapbook.print_shop import SHEETS, TRIMS, Trim
from chapbook.schema import Structurer, UnfitError, language_tag, nearest, wrong_type
from chapbook.scholarship import FileNames, NotePlace
from chapbook.toml_source import KeyPath

_OTHER_TRIM_NAMES = {
    "halfletter": "5.5x8.5",
    "digest": "5.5x8.5",
    "usletter": "letter",
    "8.5x11": "letter",
    "11x17": "tabloid",
    "ledger": "tabloid",
}

# The roles that books have, of https://www.loc.gov/marc/relators/relaterm.html.
_ROLES = {
    "adp": "adapter", "aft": "author of afterword", "ann": "annotator", "art": "artist",
    "asn": "associated name", "aui": "author of introduction", "aut": "author",
    "bkd": "book designer", "bkp": "book producer", "bnd": "binder",
    "clr": "colorist", "cmm": "commentator",
    "com": "compiler", "cov": "cover designer", "cph": "copyright holder", "cre": "creator",
    "crr": "corrector", "ctb": "contributor", "ctg": "cartographer", "dsr": "designer",
    "dte": "dedicatee", "edc": "editor of compilation", "edt": "editor", "fnd": "funder",
    "ill": "illustrator", "ive": "interviewee", "ivr": "interviewer", "nrt": "narrator",
    "oth": "other", "pbd": "publishing director", "pbl": "publisher", "pfr": "proofreader",
    "pht": "photographer", "prt": "printer", "red": "redaktor", "res": "researcher",
    "rev": "reviewer", "spn": "sponsor", "trc": "transcriber", "trl": "translator",
    "tyd": "type designer",
    "tyg": "typographer", "wac": "writer of added commentary", "wst": "writer of supplement",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Size:
    """A page size written out."""

    width: float
    height: float


def trim(structurer: Structurer, raw: object, path: KeyPath) -> Trim:
    """Make a size of its name, or of a table with width and height."""
    known = SHEETS if path[0] == "booklet" else TRIMS
    if isinstance(raw, str):
        return _named_trim(raw, known)
    if not isinstance(raw, dict):
        raise wrong_type("a name or a table of width and height", raw)
    faults = len(structurer.findings)
    size = structurer.table(_Size, raw, path)
    if len(structurer.findings) > faults:
        return TRIMS["a5"]
    return Trim(f"{size.width:g} \u00d7 {size.height:g} mm", size.width, size.height)


def day(_structurer: Structurer, raw: object, _path: KeyPath) -> date:
    """Make a date of a TOML date or of a string such as `2026-11-24`."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, int | str) and not isinstance(raw, bool):
        if re.fullmatch(r"\d{4}-\d\d-\d\d", str(raw)):
            return _date(str(raw))
        raise UnfitError(f'"{raw}" is not a date', "write the whole day, as in 2026-11-24")
    raise wrong_type("a date", raw)


def slug(text: str) -> str:
    """Check the name that the files of the editions get."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) or len(text) > 100:
        better = make_slug(text)
        hint = (f'did you mean "{better}"?',) if better else ()
        raise UnfitError(f'"{text}" is not of a-z, 0-9 and single hyphens', *hint)
    return text


def make_slug(title: str) -> str:
    """Write a title in a-z, 0-9 and hyphens, without what has no such letter; perhaps empty."""
    folded = unicodedata.normalize("NFKD", title.casefold()).translate({0x27: None, 0x2019: None})
    letters = "".join(letter for letter in folded if not unicodedata.combining(letter))
    words = re.findall(r"[a-z0-9]+", letters)
    while len("-".join(words)) > 60 and len(words) > 1:
        words.pop()
    return "-".join(words)[:60]


def isbn(written: str) -> str:
    """Check the digits of an ISBN of 10 or 13; the author's hyphens stay."""
    written = re.sub(r"^ISBN(-1[03])?:?\s*|^urn:isbn:", "", written.strip(), flags=re.IGNORECASE)
    digits = re.sub(r"[\s\u2010-\u2013-]", "", written).upper()
    weights: tuple[int, ...]
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        weights, modulus = tuple(range(10, 0, -1)), 11
    elif re.fullmatch(r"97[89][0-9]{10}", digits):
        weights, modulus = (1, 3) * 7, 10
    else:
        raise UnfitError(f'"{written}" is not an ISBN', "an ISBN has 13 digits, or 10")
    values = (10 if digit == "X" else int(digit) for digit in digits)
    if sum(value * weight for value, weight in zip(values, weights, strict=False)) % modulus:
        raise UnfitError(f'"{written}" is not an ISBN: its last digit does not fit the others')
    return written


def uuid(written: str) -> str:
    """Give a UUID as a URN (https://www.rfc-editor.org/rfc/rfc9562#section-4)."""
    plain = written.casefold().removeprefix("urn:uuid:")
    if not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", plain):
        hint = "write it as in urn:uuid:533dd805-b8c0-5bf3-acf8-deac486ad505, or leave it out"
        raise UnfitError(f'"{written}" is not a UUID', hint)
    return UUID(plain).urn


def role(code: str) -> str:
    """Check the shape of a MARC relator code."""
    if not re.fullmatch("[a-z]{3}", code):
        named = {term: known for known, term in _ROLES.items()}
        hint = f'write "{named[code.casefold()]}"' if code.casefold() in named else ""
        hints = (hint,) if hint else nearest(code, tuple(_ROLES))
        raise UnfitError(f'"{code}" is not a MARC relator code of three letters', *hints)
    return code


def is_known_role(code: str) -> bool:
    """Whether a code is one of the roles that books commonly have."""
    return code in _ROLES


def depth(levels: int) -> int:
    """Check how deep the contents go."""
    if not 1 <= levels <= 3:
        raise UnfitError(f"{levels} is not 1, 2 or 3", "1 is chapters, 2 sections, 3 subsections")
    return levels


def distinct(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Check that a list has something in it, and nothing twice."""
    if not values:
        raise UnfitError("the list is empty", "leave the key out to have all")
    return no_twice(values)


def file_names(structurer: Structurer, raw: object, path: KeyPath) -> FileNames:
    """Make the names of files of a list, or of one name alone."""
    if isinstance(raw, str):
        return FileNames((filled(raw),))
    if not isinstance(raw, list):
        raise wrong_type("a name, or a list of names", raw)
    return FileNames(structurer.value(tuple[str, ...], raw, path))


def place_in_epub(place: NotePlace) -> NotePlace:
    """Check where the notes of an e-book stand: a screen has no margin for them."""
    if place is NotePlace.SIDE:
        raise UnfitError("an e-book has no margin for notes", 'write "foot": there they pop up')
    return place


CHECKS: dict[str, Callable[[Any], Any]] = {
    **CATALOGUE_CHECKS,
    **PRINT_SHOP_CHECKS,
    **EPUB_CHECKS,
    "title": filled,
    "language": language_tag,
    "slug": slug,
    "editions": distinct,
    "front.*": filled,
    "back.*": filled,
    "chapters.*": filled,
    "parts.*.title": filled,
    "parts.*.chapters.*": filled,
    "contributors.*.name": filled,
    "contributors.*.role": role,
    "identifiers.screen": isbn,
    "identifiers.print": isbn,
    "identifiers.epub": isbn,
    "identifiers.uuid": uuid,
    "contents.depth": depth,
    "contents.epub-depth": depth,
    "notes.epub": place_in_epub,
    "citations.sources.*": filled,
    "citations.style": filled,
}


def _named_trim(name: str, known: Mapping[str, Trim]) -> Trim:
    plain = unicodedata.normalize("NFKC", name).casefold().replace("\u00d7", "x")
    plain = re.sub(r"[\s_-]|jis|inch(es)?|in|[\"″']", "", plain)
    plain = _OTHER_TRIM_NAMES.get(plain, plain)
    if plain in known:
        return known[plain]
    names = tuple(size.name for size in known.values())
    hints = nearest(plain, names) or (f"known are {', '.join(names)}",)
    own = 'another size is { width = "148mm", height = "210mm" }'
    kind = "sheet" if known is SHEETS else "page size"
    raise UnfitError(f'"{name}" is not the name of a {kind}', *hints, own)


def _date(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise UnfitError(f'"{written}" is not a day of the calendar') from None
