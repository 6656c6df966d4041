"""The page that says in plain words how everyone can read the e-book."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape

from chapbook.compose.access import Access
from chapbook.model import Book, Division, DivisionKind, Entry, Matter
from chapbook.settings import BookSettings
from chapbook.words import Words

PAGE = "accessibility"
# The words for what a feature means to a reader, under the headings of the page.
WAYS = (("displayTransformability", "appearance"),)
NAVIGATION = (
    ("tableOfContents", "contents"),
    ("structuralNavigation", "headings"),
    ("index", "index"),
    ("readingOrder", "order"),
    ("pageNavigation", "pages"),
)
CONTENT = (("longDescription", "long"), ("describedMath", "formulas"), ("rubyAnnotations", "ruby"))


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of the statement and the sentences under it."""

    title: str
    lines: tuple[str, ...]


def with_statement(book: Book, words: Words) -> Book:
    """Give a book its statement as the last page, where the settings ask for one."""
    if not book.settings.accessibility.statement:
        return book
    title = words.accessibility["title"]
    taken = {division.id for division in book.divisions}
    key = PAGE if PAGE not in taken else f"{PAGE}-statement"
    page = Division(
        id=key,
        kind=DivisionKind.PAGE,
        matter=Matter.BACK,
        role="backmatter",
        title=title,
        title_xhtml=escape(title, quote=False),
        short_title=title,
        page=PAGE,
    )
    entry = Entry(key, "", "page", 1, "", title, page.title_xhtml, Matter.BACK)
    return replace(book, divisions=(*book.divisions, page), contents=(*book.contents, entry))


def state(access: Access, settings: BookSettings, words: Words) -> tuple[Group, ...]:
    """Give the statement; a heading with nothing under it is left out."""
    said = words.accessibility
    groups = (
        Group(said["ways"], tuple(_ways(access, words))),
        Group(said["navigation"], tuple(_told(access, NAVIGATION, words))),
        Group(said["content"], tuple(_content(access, words))),
        Group(said["hazards"], (_hazards(access, words),)),
        Group(said["conformance"], tuple(_conformance(access, settings, words))),
    )
    return tuple(group for group in groups if group.lines)


def _told(access: Access, table: tuple[tuple[str, str], ...], words: Words) -> Iterator[str]:
    features = access.values("accessibilityFeature")
    return (words.accessibility[key] for feature, key in table if feature in features)


def _ways(access: Access, words: Words) -> Iterator[str]:
    yield from _told(access, WAYS, words)
    is_told = "textual" in access.values("accessModeSufficient")
    yield words.accessibility["aloud" if is_told else "aloud_partly"]


def _content(access: Access, words: Words) -> Iterator[str]:
    if "visual" in access.values("accessMode"):
        is_told = "alternativeText" in access.values("accessibilityFeature")
        yield words.summary_images if is_told else words.summary_no_alt
    yield from _told(access, CONTENT, words)


def _hazards(access: Access, words: Words) -> str:
    is_safe = access.values("accessibilityHazard") == ("none",)
    return words.accessibility["no_hazards" if is_safe else "unknown_hazards"]


def _conformance(access: Access, settings: BookSettings, words: Words) -> Iterator[str]:
    said, own = words.accessibility, settings.accessibility
    if access.conformance:
        yield said["conforms"].replace("{standard}", access.conformance)
        yield said["certified"].replace("{name}", own.certifier)
    else:
        yield said["unclaimed"]
    if own.exemption:
        yield said["exempt"]
