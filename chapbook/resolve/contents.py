"""The contents and the lists: one model, from which page, nav, NCX and bookmarks are all made."""

from collections.abc import Iterable, Iterator

from chapbook.model import CaptionKind, Division, DivisionKind, Entry, Heading
from chapbook.resolve.drafts import Draft

UNLISTED = frozenset({"half-title", "title-page", "imprint", "contents"})


def contents_of(divisions: tuple[Division, ...]) -> tuple[Entry, ...]:
    """Give the top entries in reading order, chapters inside their part, sections inside them."""
    chapters: dict[str, list[Division]] = {}
    for division in divisions:
        chapters.setdefault(division.part, []).append(division)
    return tuple(_entries(chapters, "", 1))


def _entries(chapters: dict[str, list[Division]], part: str, level: int) -> Iterator[Entry]:
    for division in chapters.get(part, ()):
        if division.page in UNLISTED:
            continue
        if division.kind is DivisionKind.PART:
            children = tuple(_entries(chapters, division.id, level + 1))
        else:
            children = _sections(division, list(division.headings), level + 1)
        yield Entry(
            division=division.id,
            anchor="",
            kind=division.kind.value,
            level=level,
            label=division.label,
            title=division.title,
            title_xhtml=division.title_xhtml,
            matter=division.matter,
            children=children,
        )


def _sections(division: Division, headings: list[Heading], level: int) -> tuple[Entry, ...]:
    entries = []
    while headings:
        head = headings.pop(0)
        inner = []
        while headings and headings[0].level > head.level:
            inner.append(headings.pop(0))
        entries.append(
            Entry(
                division=division.id,
                anchor=head.anchor,
                kind="section",
                level=level,
                label="",
                title=head.title,
                title_xhtml=head.xhtml,
                matter=division.matter,
                children=_sections(division, inner, level + 1),
            )
        )
    return tuple(entries)


def list_of(kind: CaptionKind | str, drafts: Iterable[Draft]) -> tuple[Entry, ...]:
    """List each caption of one kind that has words, in reading order, but for parts of figures."""
    return tuple(
        Entry(
            division=draft.division.id,
            anchor=caption.anchor,
            kind=kind,
            level=1,
            label=label.name,
            title=caption.text,
            title_xhtml=caption.xhtml,
            matter=draft.division.matter,
        )
        for draft in drafts
        if draft.chapter
        for caption, label in zip(draft.chapter.captions, draft.captions, strict=True)
        if caption.kind == kind and caption.text and not caption.inside
    )
