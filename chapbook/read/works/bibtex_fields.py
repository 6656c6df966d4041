"""What the types and fields of BibTeX and biblatex are in CSL.

https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types
"""

import re
from collections.abc import Mapping
from typing import Any

from chapbook.read.works.bibtex_names import read_names
from chapbook.read.works.dates import parse_date, with_month
from chapbook.read.works.latex import marked, plain

TYPES = {
    "article": "article-journal", "artwork": "graphic", "audio": "song", "book": "book",
    "bookinbook": "chapter", "booklet": "pamphlet", "collection": "book",
    "conference": "paper-conference", "dataset": "dataset", "electronic": "webpage",
    "image": "graphic", "inbook": "chapter", "incollection": "chapter",
    "inproceedings": "paper-conference", "inreference": "entry-encyclopedia",
    "jurisdiction": "legal_case", "legislation": "legislation", "letter": "personal_communication",
    "manual": "report", "mastersthesis": "thesis", "movie": "motion_picture", "music": "song",
    "mvbook": "book", "mvcollection": "book", "mvproceedings": "book", "mvreference": "book",
    "online": "webpage", "patent": "patent", "performance": "performance",
    "periodical": "periodical",
    "phdthesis": "thesis", "proceedings": "book", "reference": "book", "report": "report",
    "review": "review", "software": "software", "standard": "standard", "suppbook": "chapter",
    "suppcollection": "chapter", "suppperiodical": "article-journal", "techreport": "report",
    "thesis": "thesis", "unpublished": "manuscript", "video": "motion_picture", "www": "webpage",
}  # fmt: skip
# The first field that is there gives the variable.
TEXTS: Mapping[str, tuple[str, ...]] = {
    "publisher": ("publisher", "institution", "school", "organization", "howpublished"),
    "publisher-place": ("location", "address"),
    "edition": ("edition",),
    "volume": ("volume",),
    "collection-title": ("series",),
    "chapter-number": ("chapter",),
    "number-of-pages": ("pagetotal",),
    "number-of-volumes": ("volumes",),
    "title-short": ("shorttitle",),
    "container-title-short": ("shortjournal",),
    "event-title": ("eventtitle",),
    "event-place": ("venue",),
    "note": ("note", "addendum"),
    "version": ("version",),
    "status": ("pubstate",),
    "original-title": ("origtitle",),
    "original-publisher": ("origpublisher",),
    "original-publisher-place": ("origlocation",),
}
VERBATIM = {"doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "pmid": "PMID"}
NAMES = {
    "author": "author", "editor": "editor", "translator": "translator",
    "bookauthor": "container-author", "director": "director",
}  # fmt: skip
LANGUAGES = {
    "american": "en-US", "brazilian": "pt-BR", "british": "en-GB", "dutch": "nl", "english": "en",
    "french": "fr", "german": "de", "italian": "it", "japanese": "ja", "ngerman": "de",
    "polish": "pl", "portuguese": "pt", "spanish": "es", "swedish": "sv",
}  # fmt: skip
GENRES = {
    "phdthesis": "PhD thesis",
    "mathesis": "Master\u2019s thesis",
    "candthesis": "Cand. thesis",
}
ADDRESS = re.compile(r"\s*(?:\\url\s*\{([^{}]*)\}|https?://\S+)\s*")

Fields = Mapping[str, str]
Csl = dict[str, Any]


def describe(kind: str, fields: Fields) -> Csl:
    """Give an item of CSL-JSON, without its id, out of the fields of an entry of this kind."""
    csl: Csl = {"type": _type(kind, fields)}
    csl |= _titles(fields)
    csl |= {csl_name: read_names(fields[n]) for n, csl_name in NAMES.items() if fields.get(n)}
    for variable, names in TEXTS.items():
        texts = (fields[name] for name in names if fields.get(name))
        if text := next((text for text in texts if not ADDRESS.fullmatch(text)), ""):
            csl[variable] = marked(text)
    csl |= _numbers(csl["type"], fields)
    csl |= {name: _verbatim(fields[n]) for n, name in VERBATIM.items() if fields.get(n)}
    csl |= _address(fields)
    csl |= _dates(fields)
    if genre := _genre(kind, fields):
        csl["genre"] = genre
    language = (fields.get("langid") or fields.get("language") or "").strip().casefold()
    if language:
        csl["language"] = LANGUAGES.get(language, language)
    return {name: value for name, value in csl.items() if value}


def _type(kind: str, fields: Fields) -> str:
    known = TYPES.get(kind, "document")
    special = fields.get("entrysubtype", "").casefold()
    if known == "article-journal" and special in ("magazine", "newspaper"):
        return f"article-{special}"
    return known


def _titles(fields: Fields) -> Csl:
    titles: Csl = {}
    if title := _joined(fields, "title", "subtitle"):
        titles["title"] = title
        if fields.get("subtitle"):
            titles["title-short"] = marked(fields["title"])
    for name, more in (("journaltitle", "journalsubtitle"), ("journal", ""),
                       ("booktitle", "booksubtitle"), ("maintitle", "mainsubtitle")):  # fmt: skip
        if title := _joined(fields, name, more):
            titles["container-title"] = title
            break
    return titles


def _joined(fields: Fields, name: str, more: str) -> str:
    title, subtitle = marked(fields.get(name, "")), marked(fields.get(more, ""))
    if not (title and subtitle):
        return title
    return f"{title} {subtitle}" if title[-1] in ":?!.…" else f"{title}: {subtitle}"


def _numbers(kind: str, fields: Fields) -> Csl:
    numbers: Csl = {}
    if pages := fields.get("pages") or fields.get("eid"):
        numbers["page"] = re.sub(r"\s*(?:--+|[–—])\s*", "-", plain(pages)).replace("–", "-")  # noqa: RUF001
    number = plain(fields.get("number", ""))
    if issue := plain(fields.get("issue", "")):
        numbers["issue"] = issue
    if number and kind.startswith("article"):
        numbers["issue"] = number
    elif number:
        numbers["collection-number" if fields.get("series") else "number"] = number
    return numbers


def _verbatim(text: str) -> str:
    address = ADDRESS.fullmatch(text)
    return re.sub(r"\\([_%&#$~{}])", r"\1", (address and address[1]) or text).strip()


def _address(fields: Fields) -> Csl:
    for name in ("url", "howpublished", "note"):
        text = fields.get(name, "")
        if (name == "url" and text) or ADDRESS.fullmatch(text):
            return {"URL": _verbatim(text)}
    archive, number = (
        fields.get("eprinttype", fields.get("archiveprefix", "")),
        fields.get("eprint"),
    )
    if number and archive.casefold() == "arxiv":
        return {"URL": f"https://arxiv.org/abs/{_verbatim(number)}"}
    return {}


def _dates(fields: Fields) -> Csl:
    dates: Csl = {}
    if date := fields.get("date"):
        dates["issued"] = parse_date(plain(date))
    elif year := fields.get("year"):
        issued = parse_date(plain(year))
        dates["issued"] = with_month(issued, plain(fields.get("month", "")), fields.get("day", ""))
    for name, variable in (
        ("urldate", "accessed"), ("origdate", "original-date"), ("eventdate", "event-date")
    ):  # fmt: skip
        if fields.get(name):
            dates[variable] = parse_date(plain(fields[name]))
    return dates


def _genre(kind: str, fields: Fields) -> str:
    named = plain(fields.get("type", ""))
    if named:
        return GENRES.get(named, named)
    return {"phdthesis": GENRES["phdthesis"], "mastersthesis": GENRES["mathesis"]}.get(kind, "")
