"""The words that the house itself puts into a book ("Contents", "Chapter 3"), by language.

They stand in `words/<language>.toml` of the template folders. A book's own file need hold only
what it changes; what a file does not say is taken from the next wider language, and at last from
English.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path

from chapbook.diagnostics import BookError, Code, Diagnostic, Location, error

LAST_RESORT = "en"
PLACES: Mapping[str, set[str]] = {
    "appendix_label": {"label"},
    "chapter_label": {"label"},
    "part_label": {"label"},
    "figure_label": {"label"},
    "table_label": {"label"},
    "listing_label": {"label"},
    "equation_label": {"label"},
    "note_label": {"label"},
    "both": {"label", "title"},
    "on_page": {"page"},
    "page_label": {"page"},
    "appendix_entry": {"label", "title"},
    "chapter_entry": {"label", "title"},
    "index_continued": {"term"},
    "index_see": {"term"},
    "index_see_also": {"term"},
    "part_entry": {"label", "title"},
    "caption_entry": {"label", "title"},
    "cover_alt": {"title"},
    "credit": {"role", "names"},
    "date_format": {"day", "month", "year"},
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words in one language; `language` is the tag of the file that was found first.

    A pattern holds its places in braces, named as in `PLACES`. `roles` is keyed by MARC relator
    code, `editions` by `screen`, `print` and `epub`, `folding` by the steps from printed sheets to
    a booklet, `accessibility` by the sentences of an e-book's statement, `pack` by what a printer
    asks for; `months` has twelve names.
    """

    language: str
    abbreviations: str
    appendix_entry: str
    appendix_label: str
    back_to_text: str
    bibliography: str
    both: str
    caption_entry: str
    chapter_entry: str
    chapter_label: str
    chart_table: str
    colophon: str
    contents: str
    contents_short: str
    cover: str
    cover_alt: str
    credit: str
    date_format: str
    equation_label: str
    equations: str
    figure_label: str
    figures: str
    figures_and_tables: str
    half_title: str
    imprint: str
    index: str
    index_continued: str
    index_see: str
    index_see_also: str
    index_symbols: str
    isbn: str
    landmarks: str
    list_and: str
    list_comma: str
    listing_label: str
    listings: str
    note_label: str
    notes: str
    notes_page: str
    on_page: str
    page_label: str
    pages: str
    part_entry: str
    part_label: str
    published: str
    publisher: str
    start: str
    summary_images: str
    summary_no_alt: str
    summary_text: str
    table_label: str
    tables: str
    title_page: str
    months: tuple[str, ...]
    roles: Mapping[str, str] = field(hash=False)
    editions: Mapping[str, str] = field(hash=False)
    folding: Mapping[str, str] = field(hash=False)
    accessibility: Mapping[str, str] = field(hash=False)
    pack: Mapping[str, str] = field(hash=False)

    def join(self, names: Iterable[str]) -> str:
        """Write several names in a row, as a sentence does."""
        *head, last = list(names) or [""]
        return self.list_and.join([self.list_comma.join(head), last]) if head else last

    def credit_line(self, role: str, names: Iterable[str]) -> str:
        """Say who did what: "Translated by Ann and Bo"; the names alone where the role is new."""
        joined = self.join(names)
        label = self.roles.get(role, "")
        return self.credit.format(role=label, names=joined) if label else joined

    def write_date(self, day: date | None) -> str:
        """Write a date in full, or nothing where there is none."""
        if day is None:
            return ""
        month = self.months[day.month - 1]
        return self.date_format.format(day=day.day, month=month, year=day.year)


TABLES = ("roles", "editions", "folding", "accessibility", "pack")
TEXTS = tuple(f.name for f in fields(Words) if f.name not in ("language", "months", *TABLES))


def read_words(folders: tuple[Path, ...], language: str) -> Words:
    """Read the words of `language` (BCP 47), a folder's file before those of the folders after it.

    Raises `BookError` where a file cannot be read, has a key that is not known or lacks one that
    no wider language gives.
    """
    found: list[Diagnostic] = []
    layers = [
        (tag, _read(folder / "words" / f"{tag}.toml", found))
        for tag in _wider(language)
        for folder in folders
    ]
    if found:
        raise BookError(found)
    return _merge(layers)


def _wider(language: str) -> Iterator[str]:
    """Give the language and each wider one (`pt-BR`, `pt`), then English.

    https://www.rfc-editor.org/rfc/rfc4647#section-3.4
    """
    subtags = re.findall(r"[A-Za-z0-9]+", language)
    for length in range(len(subtags), 0, -1):
        yield "-".join(subtags[:length])
    if subtags[:1] != [LAST_RESORT]:
        yield LAST_RESORT


def _read(path: Path, found: list[Diagnostic]) -> "_Layer":
    at = Location(f"templates/words/{path.name}")
    try:
        table = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        found.append(error(Code.TEMPLATE_ERROR, str(fault), at))
        return _Layer()
    layer = _Layer()
    for key, value in table.items():
        if problem := layer.put(key, value):
            found.append(error(Code.TEMPLATE_ERROR, f"{key}: {problem}", at))
    return layer


@dataclass(slots=True)
class _Layer:
    """What one file says."""

    texts: dict[str, str] = field(default_factory=dict)
    tables: dict[str, dict[str, str]] = field(default_factory=dict)
    months: tuple[str, ...] = ()

    def put(self, key: str, value: object) -> str:
        """Keep a value, or say what is wrong with it."""
        if key in TABLES:
            if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
                return "must be a table of texts"
            self.tables[key] = value
        elif key == "months":
            if not isinstance(value, list) or [type(v) for v in value] != [str] * 12:
                return "must be twelve names"
            self.months = tuple(value)
        elif key not in TEXTS:
            return "is not a word that the house uses"
        elif not isinstance(value, str):
            return "must be a text"
        else:
            self.texts[key] = value
            return _misplaced(value, PLACES.get(key, set()))
        return ""


def _misplaced(pattern: str, places: set[str]) -> str:
    braced = re.findall(r"\{[^{}]*\}|[{}]", pattern)
    if sorted(braced) == sorted(f"{{{place}}}" for place in places):
        return ""
    wanted = " and ".join(f"{{{place}}}" for place in sorted(places))
    return f"must hold {wanted} once" if wanted else "must have no braces"


def _merge(layers: list[tuple[str, _Layer]]) -> Words:
    """Lay the files over each other, the first on top."""
    language = next((tag for tag, layer in layers if layer.texts), LAST_RESORT)
    texts: dict[str, str] = {}
    tables: dict[str, dict[str, str]] = {name: {} for name in TABLES}
    months: tuple[str, ...] = ()
    for _, layer in reversed(layers):
        texts |= layer.texts
        for name, table in layer.tables.items():
            tables[name] |= table
        months = layer.months or months
    if lacking := sorted({*TEXTS} - {*texts}) + ([] if months else ["months"]):
        message = f"words/{LAST_RESORT}.toml lacks " + ", ".join(lacking)
        raise BookError([error(Code.TEMPLATE_ERROR, message)])
    return Words(
        language=language,
        months=months,
        roles=tables["roles"],
        editions=tables["editions"],
        folding=tables["folding"],
        accessibility=tables["accessibility"],
        pack=tables["pack"],
        **texts,
    )
