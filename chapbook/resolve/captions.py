"""Number the figures and the tables, each in a row of its own that runs through the book."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from chapbook.model import Chapter
from chapbook.resolve.drafts import Draft
from chapbook.words import Words


def number_captions(drafts: tuple[Draft, ...], words: Words) -> tuple[Draft, ...]:
    """Give every caption its printed label, in the words of the book's language."""
    count: Counter[str] = Counter()
    return tuple(
        replace(draft, captions=tuple(_labels(draft.chapter, count, words)))
        if draft.chapter
        else draft
        for draft in drafts
    )


def _labels(chapter: Chapter, count: Counter[str], words: Words) -> Iterator[str]:
    patterns = {"figure": words.figure_label, "table": words.table_label}
    for caption in chapter.captions:
        count[caption.kind] += 1
        yield patterns[caption.kind].format(label=count[caption.kind])
