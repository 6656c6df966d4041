"""What is handed to a worker: one chapter to be laid out, with all that can change its pages."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import unescape
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote

from chapbook.cache import Cache, code_digest, digest
from chapbook.model import Matter
from chapbook.publication import Metadata, PagedPublication, Section

# Where a file may be named; what begins with # leads to a place.
ADDRESS = re.compile(r'\b(?:src|href|data|poster)="([^"#][^"]*)"')
STYLE_ADDRESS = re.compile(r"""\burl\(\s*['"]?([^'")#][^'")]*)""")
LAST = "last sheet"  # the kind of entry in the cache
HIDDEN = "display: none"
# No page of it is made, but its break ends the one before it.
APART = "display: block !important; float: none !important; position: static !important; "
APART += "break-before: page !important"
ROOT_TAG = re.compile(r"<([a-zA-Z][\w-]*)([^>]*)>")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is the same for every chapter, and in every edition that has the same style sheet.

    `resources` are the files that it names.
    """

    stylesheet: str = field(repr=False)
    resources: Mapping[str, Path] = field(repr=False)
    language: str
    digest: str


@dataclass(frozen=True, slots=True)
class Task:
    """A chapter to be laid out.

    `before` and `after` are its neighbours without their content, for style rules that look there;
    the next one also marks where it ends. `numbers` gives the page number of each anchor that its
    text may ask for, None where no page has the anchor; what is not in there is not known yet.
    `near` are the references, by their number, that leave their page out. Font
    files that were used are put into the folder `faces`. `is_whole`: the engine sees the whole
    book, and draws its furniture too. `is_blank`: only a blank page before the section is wanted.
    `is_plain`: the house's lessons to the engine are left out. `digest` leaves `body_class` out,
    which few chapters show, and what is only known later.
    """

    sheet: Sheet
    sections: tuple[Section, ...]
    resources: Mapping[str, Path]
    faces: Path
    digest: str
    body_class: str = ""
    before: str = ""
    after: str = ""
    is_first: bool = True
    is_recto: bool = True
    is_whole: bool = False
    is_blank: bool = False
    numbers: Mapping[str, int | None] = field(default_factory=dict)
    is_plain: bool = False
    near: tuple[int, ...] = ()

    @property
    def is_last(self) -> bool:
        """Whether no chapter follows."""
        return not self.after


def make_sheet(publication: PagedPublication) -> Sheet:
    """Gather what all chapters of a publication share; its digest holds their machine's fonts."""
    stylesheet = normalize("NFC", unquote(publication.stylesheet))
    takes_all = "@import" in stylesheet.lower()  # what that sheet names is not known here
    own = {
        name: file
        for name, file in publication.resources.items()
        if takes_all or normalize("NFC", name) in stylesheet
    }
    language = publication.metadata.language
    made_of = digest(
        publication.stylesheet,
        sorted((name, file_digest(file)) for name, file in own.items()),
        language,
        code_digest(),
    )
    return Sheet(publication.stylesheet, own, language, made_of)


def keep_sheet(about: Metadata, sheet: Sheet, cache: Cache) -> None:
    """Remember the style sheet that a book has, for `last_sheet`."""
    key = digest(about.title, about.language)
    if cache.get(LAST, key) != sheet:
        cache.put(LAST, key, sheet)


def last_sheet(title: str, language: str, cache: Cache) -> Sheet | None:
    """Give the style sheet that a book had last, None where none is remembered."""
    sheet: Sheet | None = cache.get(LAST, digest(title, language))
    return sheet


def chapter_tasks(
    publication: PagedPublication, sheet: Sheet, faces: Path, is_far: bool
) -> list[Task]:
    """Make a task of each section; sides and numbers are filled in when they are known.

    `is_far`: style rules look further than at a section's neighbours.
    """
    sections = publication.sections
    hidden = [_stub(section.html, HIDDEN) for section in sections]
    tasks = []
    for place, section in enumerate(sections):
        before = "".join(hidden[(0 if is_far else max(place - 1, 0)) : place])
        after = "".join(_stub(one.html, APART) for one in sections[place + 1 : place + 2])
        after += "".join(hidden[place + 2 :] if is_far else ())
        tasks.append(_task(publication, sheet, faces, (section,), before, after, place == 0))
    return tasks


def whole_task(publication: PagedPublication, sheet: Sheet, faces: Path) -> Task:
    """Make one task of the whole book."""
    task = _task(publication, sheet, faces, publication.sections, "", "", is_first=True)
    return replace(task, is_whole=True)


def blank_task(sheet: Sheet, faces: Path, is_recto: bool) -> Task:
    """Make the task of a blank page, left before a division that must begin on the other side."""
    section = Section("blank", Matter.BODY, f'<div style="{APART}"></div>')
    made_of = digest(sheet.digest, "blank", is_recto)
    return Task(
        sheet, (section,), sheet.resources, faces, made_of,
        is_first=False, is_recto=is_recto, is_blank=True,
    )  # fmt: skip


def _task(
    publication: PagedPublication,
    sheet: Sheet,
    faces: Path,
    sections: tuple[Section, ...],
    before: str,
    after: str,
    is_first: bool,
) -> Task:
    named = {name for section in sections for name in _named(section.html)}
    files = publication.resources.items()
    own = {name: file for name, file in files if normalize("NFC", name) in named}
    made_of = digest(
        sheet.digest,
        [(section.id, section.html) for section in sections],
        sorted((name, file_digest(file)) for name, file in own.items()),
        (before, after, is_first),
    )
    resources = {**sheet.resources, **own}
    return Task(
        sheet=sheet,
        sections=sections,
        resources=resources,
        faces=faces,
        digest=made_of,
        body_class=publication.body_class,
        before=before,
        after=after,
        is_first=is_first,
    )


def _named(html: str) -> Iterator[str]:
    """Give all that may be the name of a file in some HTML."""
    addresses = set(ADDRESS.findall(html))
    if "url(" in html:
        addresses.update(STYLE_ADDRESS.findall(unescape(html)))
    for address in addresses:
        name = unquote(unescape(address).partition("#")[0].partition("?")[0])
        yield normalize("NFC", name)


def _stub(html: str, style: str) -> str:
    """Give the root of a section, without content."""
    root = ROOT_TAG.match(html)
    return f'<{root[1]} style="{style}"{root[2]}></{root[1]}>' if root else ""


def file_digest(file: Path) -> str:
    """Give the SHA-256 of a file, '' where it can not be read."""
    try:
        facts = file.stat()
        return _digest_of(file, facts.st_size, facts.st_mtime_ns)
    except OSError:
        return ""


@lru_cache(maxsize=4096)
def _digest_of(file: Path, _size: int, _changed: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
