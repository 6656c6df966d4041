"""Reads works from BibTeX, as BibTeX and biblatex have it (https://ctan.org/pkg/biblatex)."""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chapbook.diagnostics import Code, Diagnostic, Location, error, warning
from chapbook.model import Work
from chapbook.read.works.bibtex_fields import describe
from chapbook.read.works.csl_items import write_csl

# What a work takes from the one that it names in `crossref`, by its own name there.
INHERITED = {
    "title": "booktitle", "subtitle": "booksubtitle", "booktitle": "booktitle", "editor": "editor",
    "publisher": "publisher", "address": "address", "location": "location", "year": "year",
    "date": "date", "month": "month", "series": "series", "volume": "volume", "number": "number",
    "isbn": "isbn", "edition": "edition", "organization": "organization",
    "translator": "translator",
    "journaltitle": "journaltitle", "journal": "journal", "issn": "issn",
    "eventtitle": "eventtitle",
}  # fmt: skip

Fields = Mapping[str, str]


def read_bibtex(text: str, path: str) -> tuple[list[Work], list[Diagnostic]]:
    """Read every entry that is whole; each other is found, at its line."""
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it says is found below
    library = parse_string(text)
    found: list[Diagnostic] = []
    entries: list[Any] = list(library.entries)
    raw: set[int] = set()
    for block in library.failed_blocks:
        if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
            entries.append(block.ignore_error_block)
            raw.add(id(entries[-1]))
        at = _place(text, path, block)
        if not isinstance(block, DuplicateBlockKeyBlock):
            found.append(_fault(block, at))
    entries.sort(key=lambda entry: entry.start_line or 0)
    read = [(entry, _fields(entry, id(entry) in raw)) for entry in entries]
    works = list(_works(read, text, path, found))
    if not works and not found:
        found.append(warning(Code.SOURCE_SYNTAX, "the list of sources is empty", Location(path, 1)))
    return works, found


def _works(
    read: Sequence[tuple[Any, Fields]], text: str, path: str, found: list[Diagnostic]
) -> Iterator[Work]:
    fields = {entry.key: own for entry, own in reversed(read)}
    for entry, own in read:
        at = _place(text, path, entry)
        key = str(entry.key).strip()
        if not key:
            message = "an entry has no key, so nothing can cite it"
            found.append(error(Code.SOURCE_SYNTAX, message, at, "write one: @book{doe99, …"))
            continue
        parent = fields.get(own.get("crossref", ""), {})
        if "crossref" in own and not parent:
            message = f"“{key}” refers to “{own['crossref']}”, which is not in this file"
            found.append(warning(Code.SOURCE_SYNTAX, message, at))
        handed = {INHERITED[name]: parent[name] for name in INHERITED if name in parent}
        yield Work(key, write_csl(describe(entry.entry_type.casefold(), {**handed, **own})), at)


def _fields(entry: Any, is_raw: bool = False) -> dict[str, str]:
    fields: dict[str, str] = {}
    for field in entry.fields:
        value = str(field.value)
        is_enclosed = is_raw and value[:1] + value[-1:] in ("{}", '""')
        name = str(field.key).casefold()
        fields.setdefault(name, value[1:-1] if is_enclosed else value)
    return fields


def _place(text: str, path: str, block: Any) -> Location:
    """Give where the key of an entry stands, or else its sign."""
    line = (block.start_line or 0) + 1
    row = (text.splitlines() or [""])[min(line, text.count("\n") + 1) - 1 :][:1]
    match = re.search(r"@\s*\w+\s*[{(]\s*(?=\S)|@", row[0]) if row else None
    return Location(path, line, match.end() + 1 if match and match.end() > 1 else 0)


def _fault(block: Any, at: Location) -> Diagnostic:
    keys = getattr(block, "duplicate_keys", None)
    if keys:
        names = ", ".join(sorted(keys))
        return warning(Code.SOURCE_SYNTAX, f"a field stands twice: {names}; the first counts", at)
    reason = str(getattr(block.error, "abort_reason", "") or block.error).strip().rstrip(".")
    message = f"an entry can not be read: {reason[:1].lower()}{reason[1:].replace('`', '')}"
    return error(Code.SOURCE_SYNTAX, message, at, "see that its braces and quotation marks close")
