"""The book on its way to its readers: what the templates make of it, and what is made of that.

No library's object is in these types and none can be changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from chapbook.model import Matter, Passage
from chapbook.print_shop import Trim
from chapbook.settings import BookSettings, Edition, Series, Spellings

# 6 compose ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of itself. `identifier` is an ISBN (`urn:isbn:…`) or a UUID (`urn:uuid:…`).

    `date` and `modified` (the day of a later correction) are ISO 8601, or empty. `contributors`
    are those who are no authors; `spellings` give the title in other scripts; `license` is the
    address of the licence, or its name.
    """

    title: str
    language: str
    identifier: str
    authors: tuple[str, ...] = ()
    description: str = ""
    subjects: tuple[str, ...] = ()
    publisher: str = ""
    rights: str = ""
    date: str = ""
    modified: str = ""
    subtitle: str = ""
    spellings: Spellings = ()
    contributors: tuple[str, ...] = ()
    edition: str = ""
    series: Series = Series()
    license: str = ""
    isbn: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One division as the HTML of a paged edition: one element, its ids unique in the book."""

    id: str
    matter: Matter
    html: str


@dataclass(frozen=True, slots=True)
class PagedPublication:
    """Everything the press needs, and nothing else.

    `resources` maps each address that sections or stylesheet may name, relative to the root
    (`images/a.svg`, `fonts/x.ttf`), to the file that holds it. `body_class` is put on `<body>`.
    """

    edition: Edition
    metadata: Metadata
    trim: Trim
    sections: tuple[Section, ...]
    stylesheet: str
    body_class: str
    resources: Mapping[str, Path]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class EpubDocument:
    """One finished file of the e-book that our templates wrote.

    `properties` are those of its manifest item (`nav`, `svg`, …). `in_spine` says whether it is
    read in order, `linear` whether by turning pages.
    """

    name: str
    id: str
    media_type: str
    content: str
    properties: tuple[str, ...] = ()
    in_spine: bool = True
    linear: bool = True


@dataclass(frozen=True, slots=True)
class EpubPublication:
    """Everything that the e-book holds. `resources` maps names in the package to files, or bytes.

    `cover` is the name of the cover image, empty where there is none. `modified` is
    `YYYY-MM-DDThh:mm:ssZ`. `accessibility` has pairs of a `schema:` property and its value
    (https://www.w3.org/TR/epub-a11y-11/); `conformance` is what the book conforms to, '' where
    that is not claimed. `direction` is `rtl` where the text runs from right to left, `progression`
    where the pages do, as they do too where the lines are upright; else ''. `page_source` names
    the PDF whose pages are marked in it, by its ISBN or in words, '' where none are.
    """

    settings: BookSettings
    metadata: Metadata
    documents: tuple[EpubDocument, ...]
    resources: Mapping[str, Path | bytes]
    cover: str
    modified: str
    passages: tuple[Passage, ...]
    accessibility: tuple[tuple[str, str], ...] = ()
    conformance: str = ""
    direction: str = ""
    progression: str = ""
    page_source: str = ""


@dataclass(frozen=True, slots=True)
class OnixDetail:
    """A value of ONIX code list 196, and the text that goes with it, or ''."""

    code: str
    text: str = ""


# 14 publish --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file that was made. `pages` is 0 for an e-book.

    `onix_196` are the details of its accessibility, by https://ns.editeur.org/onix/en/196.
    """

    edition: Edition
    name: str
    size: int
    sha256: str
    pages: int
    onix_196: tuple[OnixDetail, ...] = ()
