"""Number the captions, each kind in a row of its own, through the book or through each chapter."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from chapbook.model import Caption, CaptionKind, Chapter, Division
from chapbook.resolve.divisions import letters
from chapbook.resolve.drafts import Draft, Label
from chapbook.settings import CaptionNumbers, Numbering
from chapbook.words import Words


def number_captions(
    drafts: tuple[Draft, ...], words: Words, numbering: Numbering
) -> tuple[Draft, ...]:
    """Give every caption its label, in the words of the book's language.

    By chapters, a number has that of its chapter before it ("2.3"), and that of the part where
    chapters begin anew in each; in a chapter without a number, it goes on through all such.
    """
    row = _Row(drafts, words, numbering)
    return tuple(
        replace(draft, captions=tuple(row.labels(draft.division, draft.chapter)))
        if draft.chapter
        else draft
        for draft in drafts
    )


class _Row:
    """The numbers given so far."""

    def __init__(self, drafts: tuple[Draft, ...], words: Words, numbering: Numbering) -> None:
        self._words = words
        self._numbering = numbering
        self._parts = {draft.division.id: draft.division.label for draft in drafts}
        self._count: Counter[tuple[CaptionKind, str]] = Counter()

    def labels(self, division: Division, chapter: Chapter) -> Iterator[Label]:
        start = self._start(division)
        numbers: dict[tuple[CaptionKind, str], str] = {}
        inner: Counter[str] = Counter()
        for caption in chapter.captions:
            outer = numbers.get((caption.kind, caption.inside), "")
            if outer:
                inner[caption.inside] += 1
                letter = letters(inner[caption.inside]).lower()
                label = self._label(caption, outer + letter, f"({letter})")
            else:
                self._count[caption.kind, start] += 1
                label = self._label(caption, f"{start}{self._count[caption.kind, start]}")
            numbers[caption.kind, caption.anchor] = label.number
            yield label

    def _start(self, division: Division) -> str:
        """Give what stands before the numbers of a chapter."""
        if self._numbering.captions is CaptionNumbers.BOOK or not division.label:
            return ""
        part = self._parts.get(division.part, "") if self._numbering.restart_chapters else ""
        return f"{part}.{division.label}." if part else f"{division.label}."

    def _label(self, caption: Caption, number: str, shown: str = "") -> Label:
        words = self._words
        pattern = {
            CaptionKind.FIGURE: words.figure_label,
            CaptionKind.TABLE: words.table_label,
            CaptionKind.LISTING: words.listing_label,
            CaptionKind.EQUATION: words.equation_label,
        }[caption.kind]
        name = pattern.format(label=number)
        if caption.kind is CaptionKind.EQUATION and not caption.text:
            shown = f"({number})"
        return Label(number, name, shown or name)
