"""The contents and the lists: one model, from which page, nav, NCX and bookmarks are all made."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape

from chapbook.model import CaptionKind, Division, DivisionKind, Entry, Heading
from chapbook.resolve.drafts import Draft
from chapbook.words import Words

LISTS = "figures-and-tables"
UNLISTED = frozenset({"half-title", "title-page", "imprint", "contents", "contents-short"})


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
            kind=_kind(division),
            level=level,
            label=division.label,
            title=division.title,
            title_xhtml=division.title_xhtml,
            matter=division.matter,
            children=children,
        )


def _kind(division: Division) -> str:
    is_lettered = division.role == "appendix" and division.label
    return "appendix" if is_lettered else division.kind.value


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


def lists_of(drafts: tuple[Draft, ...]) -> Mapping[CaptionKind, tuple[Entry, ...]]:
    """Give the list of each kind of caption."""
    return {kind: list_of(kind, drafts) for kind in CaptionKind}


def name_lists(
    drafts: tuple[Draft, ...], lists: Mapping[CaptionKind, tuple[Entry, ...]], words: Words
) -> tuple[Draft, ...]:
    """Call the page of the lists by those that stand on it."""
    kinds = {
        CaptionKind.FIGURE: words.figures,
        CaptionKind.TABLE: words.tables,
        CaptionKind.LISTING: words.listings,
        CaptionKind.EQUATION: words.equations,
    }
    title = _title([name for kind, name in kinds.items() if lists[kind]], words)
    return tuple(
        replace(draft, division=_titled(draft.division, title))
        if draft.division.page == LISTS
        else draft
        for draft in drafts
    )


def _titled(division: Division, title: str) -> Division:
    xhtml = escape(title, quote=False)
    return replace(division, title=title, title_xhtml=xhtml, short_title=title)


def _title(names: Sequence[str], words: Words) -> str:
    if not names or names == [words.figures, words.tables]:
        return words.figures_and_tables
    # In most languages, the words after the first of a title begin small.
    is_capital = words.figures_and_tables.endswith(words.tables)
    return words.join([names[0], *(n if is_capital else n.lower() for n in names[1:])])


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
