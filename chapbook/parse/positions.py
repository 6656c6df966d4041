"""Where in the source the words, links and images of a tree were written."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate
from xml.etree.ElementTree import Element

from chapbook.diagnostics import Code, Diagnostic, Location, error
from chapbook.parse.align import Aligned, align
from chapbook.parse.cite_keys import keys_in
from chapbook.parse.letters import letters_of, word_starts
from chapbook.parse.places import Places
from chapbook.parse.tree import inner_text
from chapbook.parse.walk import Draft, Mark, Walk
from chapbook.parse.written import Written

BEFORE = {name: re.compile(rf"(?:\]\(\s*<?|{name}\s*=\s*[\"']?)") for name in ("href", "src")}
AFTER = re.compile(r"[\s)>\"'?]|$")
# Where a target begins with one of these, it can not be told what belongs to it.
DOUBTFUL = re.compile(r"[\s<\"']|$")


class Positions:
    """Aligns the words of a walk with the stretch of source that they come from."""

    def __init__(self, places: Places, text: str, written: Written, walk: Walk) -> None:
        """Align; `text` is the source's text, made legible."""
        self.places = places
        self.text = text
        self.written = written
        self.walk = walk
        self.firsts = [0, *accumulate(len(run) for run in walk.runs)]
        starts = word_starts(" ".join(walk.starts))
        self.aligned: Aligned = align(written.letters, "".join(walk.runs), starts)
        self.taken: set[int] = set()
        self.drawn: dict[tuple[str, int], int] = {}
        self.definitions: dict[str, list[int]] = {}
        for offset, target in written.definitions:
            self.definitions.setdefault(target, []).append(offset)

    # words

    def of_draft(self, draft: Draft) -> Location:
        """Give the place of the first word of a block."""
        if draft.at is not None:
            return draft.at
        if draft.twin is not None:
            return self.of_draft(draft.twin)
        if draft.drawn is not None:
            known = self.drawn.get((draft.drawn.kind, draft.drawn.number))
            return self.near(draft.drawn) if known is None else self.places.locate(known)
        first, end = self._letters(draft)
        for index in range(first, end):
            offset = self._offset(index)
            if offset is not None:
                at = self.places.locate(offset)
                return at if index == first else Location(at.path, at.line)
        return self._by_text(draft, first)

    def offset_in(self, draft: Draft, number: int) -> int | None:
        """Give the offset of a letter of a block, counted from 0, or None where it is not known."""
        for run in draft.runs:
            length = len(self.walk.runs[run])
            if number < length:
                return self._offset(self.firsts[run] + number)
            number -= length
        return None

    def _letters(self, draft: Draft) -> tuple[int, int]:
        if not draft.runs:
            return 0, 0
        return self.firsts[draft.runs[0]], self.firsts[draft.runs[-1] + 1]

    def _offset(self, index: int) -> int | None:
        """Give the offset of a letter made, or None where it was not found."""
        if not 0 <= index < len(self.aligned.origin):
            return None
        origin = self.aligned.origin[index]
        return self.written.letters.places[origin] if origin >= 0 else None

    def _by_text(self, draft: Draft, first: int) -> Location:
        """Look for words without letters, or made by us, between the words around them."""
        low, high = self._window(*self._around(draft, first))
        between = self.text[low:high]
        folded = between.casefold()
        place = folded.find(draft.text.split()[0].casefold())
        if place >= 0 and len(folded) == len(between):
            return self.places.locate(low + place)
        return replace(self.places.locate(min(low, len(self.text))), column=0)

    def _around(self, draft: Draft, first: int) -> tuple[int, int]:
        if draft.runs:
            return self._letters(draft)
        # No letters: the place is between the blocks before and after it.
        earlier = self.walk.drafts[max(draft.place - 8, 0) : draft.place]
        before = [other for other in earlier if other.runs and not other.twin]
        start = max((self._letters(other)[1] for other in before), default=first)
        return start, start

    def _window(self, start: int, end: int) -> tuple[int, int]:
        """Give the offsets between the letter before `start` and the letter `end`."""
        low = start - 1
        while low >= 0 and self._offset(low) is None:
            low -= 1
        high = end
        while high < len(self.aligned.origin) and self._offset(high) is None:
            high += 1
        before, after = self._offset(low), self._offset(high)
        places = self.written.letters.places
        bottom = places[0] if places else 0
        return (
            bottom if before is None else before + 1,
            len(self.text) if after is None else after,
        )

    # links and images

    def of_mark(self, mark: Mark) -> Location:
        """Give the place of the target of a link or an image; column 0 where it is not sure."""
        name = "src" if mark.kind == "image" else "href"
        target = mark.element.get(name, "")
        low, high = self._window(self.firsts[mark.first], self.firsts[mark.last])
        if mark.kind == "link" and _names_itself(mark.element, target):
            offset = self._offset(self.firsts[mark.first])
            if offset is not None:
                return self.places.locate(offset)
        found = self._literal(target, name, low, high)
        if found is None:
            known = self.definitions.get(target, [])
            found = known[0] if len(known) == 1 else None
        if found is not None:
            return self.places.locate(found)
        line = self._offset(self.firsts[mark.first])
        return replace(self.places.locate(low if line is None else line), column=0)

    def of_written(self, mark: Mark, written: str) -> Location:
        """Give the place of a mark that was `written` so; column 0 where it is not sure."""
        found = self.offset_of(mark, written)
        return self.near(mark) if found is None else self.places.locate(found)

    def near(self, mark: Mark) -> Location:
        """Give the line of a mark, as far as the words around it tell."""
        low, _ = self._window(self.firsts[mark.first], self.firsts[mark.last])
        return replace(self.places.locate(min(low, len(self.text))), column=0)

    def offset_of(self, mark: Mark, written: str) -> int | None:
        """Give the offset of a mark that was `written` so, or None where it is not sure."""
        low, high = self._window(self.firsts[mark.first], self.firsts[mark.last])
        pattern = r"[\s>]+".join(map(re.escape, written.split()))
        for match in re.finditer(pattern, self.text[low : high + len(written) + 16]):
            start = low + match.start()
            if start not in self.taken:
                self.taken.add(start)
                return start
        return None

    def _literal(self, target: str, name: str, low: int, high: int) -> int | None:
        low = max(low - 1, 0)
        for first, start in _written(self.text, target, name, low, high + len(target) + 16):
            if first < high and start not in self.taken:
                self.taken.add(start)
                return start
        return None

    # citations

    def of_keys(self, mark: Mark, keys: Iterable[str]) -> list[Location]:
        """Give the place of each key of a citation, in order."""
        low, high = self._window(self.firsts[mark.first], self.firsts[mark.last])
        written = keys_in(self.text[low:high])
        left = [(low + start, key) for start, key in written if low + start not in self.taken]
        return [self._of_key(key, left, low) for key in keys]

    def _of_key(self, key: str, left: list[tuple[int, str]], low: int) -> Location:
        for place, (offset, name) in enumerate(left):
            if name == key:
                del left[: place + 1]
                self.taken.add(offset)
                return self.places.locate(offset)
        at = self.places.locate(min(low, len(self.text)))
        return Location(at.path, at.line)

    # what was lost

    def lost_words(self) -> list[Diagnostic]:
        """Give a finding for each stretch of text that is not in the book."""
        letters, shown = self.written.letters, self.aligned.shown
        accounted = int.from_bytes(shown, "little") | int.from_bytes(letters.hidden, "little")
        is_accounted = accounted.to_bytes(len(shown), "little")
        found: list[Diagnostic] = []
        first = is_accounted.find(0)
        while first >= 0:
            end = shown.find(1, first)
            end = len(shown) if end < 0 else end
            lost = letters.places[first], letters.places[end - 1]
            if not self._is_ruby_in_code(*lost):
                found.append(self._lost(*lost))
            first = is_accounted.find(0, end)
        return found

    def _is_ruby_in_code(self, first: int, last: int) -> bool:
        """Whether letters are part of a mark of ruby of which others are shown.

        They are expected in the order of a word and its readings, which code does not have.
        """
        return any(
            start <= first
            and last < start + len(written)
            and self.is_shown(start, start + len(written))
            for start, written in self.written.rubies
        )

    def _lost(self, first: int, last: int) -> Diagnostic:
        while first > 0 and self.text[first - 1].isalnum():
            first -= 1
        words = " ".join(self.text[first : last + 1].split())
        words = words if len(words) <= 60 else words[:57].rstrip() + "…"
        return error(
            Code.LOST_WORDS,
            f"these words would be missing from the book: “{words}”",
            self.places.locate(first),
            "a blank line before them, or a backslash before a sign, often brings them back",
        )

    def is_shown(self, start: int, end: int) -> bool:
        """Whether letters of this stretch of source are to be seen as text."""
        places = self.written.letters.places
        low = bisect_right(places, start - 1)
        high = bisect_right(places, end - 1)
        return any(self.aligned.shown[low:high])


def _written(text: str, target: str, name: str, low: int, end: int) -> Iterator[tuple[int, int]]:
    """Find where a target stands as one, spelled in two ways; give where its mark and it begin."""
    spellings = (target, target.replace("&", "&amp;"))
    if DOUBTFUL.match(target):
        either = "|".join(map(re.escape, spellings))
        pattern = re.compile(rf"{BEFORE[name].pattern}({either})(?={AFTER.pattern})")
        yield from ((match.start(), match.start(1)) for match in pattern.finditer(text, low, end))
        return
    while match := BEFORE[name].search(text, low, end):
        low = match.end()
        for spelling in spellings:
            stop = match.end() + len(spelling)
            if text.startswith(spelling, match.end(), end) and AFTER.match(text, stop, end):
                yield match.start(), match.end()
                low = stop
                break


def _names_itself(element: Element, target: str) -> bool:
    text = letters_of(inner_text(element))
    return text == letters_of(target.removeprefix("mailto:"))
