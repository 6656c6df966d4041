"""Fill in the references in titles and captions, before these are repeated in lists and heads."""

import re
from dataclasses import replace
from html import unescape

from chapbook.diagnostics import Code, Diagnostic, error
from chapbook.model import Caption, Chapter, Heading
from chapbook.resolve.drafts import Draft
from chapbook.resolve.references import fill_in
from chapbook.resolve.tags import TAG, read_tag
from chapbook.resolve.targets import Targets
from chapbook.words import Words

LINK = "<a "
ANY_TAG = re.compile(r"<[^<>]*>")


def fill_titles(
    drafts: tuple[Draft, ...], words: Words
) -> tuple[tuple[Draft, ...], tuple[Diagnostic, ...]]:
    """Give the drafts with what references in their titles and captions say.

    Findings: those of the chapters' titles that lead nowhere; the others stand in the text too.
    """
    if not any(draft.chapter and _has_references(draft.chapter) for draft in drafts):
        return drafts, ()
    filler = _Filler(drafts, words)
    return tuple(filler.fill(draft) for draft in drafts), tuple(filler.found)


def _has_references(chapter: Chapter) -> bool:
    titles = [chapter.title_xhtml, *(heading.xhtml for heading in chapter.headings)]
    titles += [caption.xhtml for caption in chapter.captions]
    return any(LINK in title for title in titles)


class _Filler:
    def __init__(self, drafts: tuple[Draft, ...], words: Words) -> None:
        self.targets = Targets(drafts, words)
        self.words = words
        self.found: list[Diagnostic] = []

    def fill(self, draft: Draft) -> Draft:
        chapter, division = draft.chapter, draft.division
        if chapter is None or not _has_references(chapter):
            return draft
        xhtml = self._filled(chapter.title_xhtml, draft, is_title=True)
        title = _text(xhtml) if LINK in chapter.title_xhtml else chapter.title
        short = title if division.short_title == chapter.title else division.short_title
        headings = tuple(self._heading(heading, draft) for heading in chapter.headings)
        captions = tuple(self._caption(caption, draft) for caption in chapter.captions)
        return replace(
            draft,
            division=replace(
                division, title=title, title_xhtml=xhtml, short_title=short, headings=headings
            ),
            chapter=replace(
                chapter, title=title, title_xhtml=xhtml, headings=headings, captions=captions
            ),
        )

    def _heading(self, heading: Heading, draft: Draft) -> Heading:
        if LINK not in heading.xhtml:
            return heading
        xhtml = self._filled(heading.xhtml, draft)
        return replace(heading, xhtml=xhtml, title=_text(xhtml))

    def _caption(self, caption: Caption, draft: Draft) -> Caption:
        if LINK not in caption.xhtml:
            return caption
        xhtml = self._filled(caption.xhtml, draft)
        return replace(caption, xhtml=xhtml, text=_text(xhtml))

    def _filled(self, xhtml: str, draft: Draft, is_title: bool = False) -> str:
        """Put words in the place of each reference; one that leads nowhere leaves none."""
        chapter = draft.chapter

        def write(match: re.Match[str]) -> str:
            tag = read_tag(match) if match["name"] == "a" else None
            written = tag.attributes.get("href", "") if tag else ""
            if chapter is None or tag is None or tag.is_open or not written:
                return match.group()
            found = self.targets.find(chapter.source, draft.division.id, written)
            if len(found) == 1:
                fill_in(tag, found[0], self.words, chapter.at)
                return tag.inside
            if is_title:
                hints = self.targets.suggest(chapter.source, written)
                message = f"nothing in the book is “{written}”"
                self.found.append(error(Code.UNKNOWN_REFERENCE, message, chapter.at, *hints))
            return ""

        return TAG.sub(write, xhtml)


def _text(xhtml: str) -> str:
    return " ".join(unescape(ANY_TAG.sub("", xhtml)).split())
