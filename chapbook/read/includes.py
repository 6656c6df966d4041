"""Put other files of the book into a text: `[include: parts/a.md]`, or a part of one after `#`.

The directive stands on a line alone; a file that is no Markdown becomes a code block. Behind the
marks of a fence, as in "```python [include: plan.py#start]", it fills that fence. A path is
relative to the file in which it is written, or to the book where it begins with `/`.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from chapbook.diagnostics import BookError, Code, Diagnostic, Location, error, warning
from chapbook.folder import find_file, text_of
from chapbook.read.excerpts import dedented, excerpt, parts_of, without_marks
from chapbook.read.listing import MARKDOWN, Listing, find_fault, has_suffix, in_book
from chapbook.read.sources import SourceReader
from chapbook.read.verbatim import Fence, Verbatim
from chapbook.schema import nearest
from chapbook.settings import Limits
from chapbook.spliced import NOTHING, Edit, Spliced, given, join, whole

DEEPEST = 10
MOST = 10_000
SIGN = "[include:"
DIRECTIVE = r"\[include:[ \t]*(?P<target>[^\]\n]+?)[ \t]*\]"
ALONE = re.compile(rf"^(?P<prefix>[ \t>]*){DIRECTIVE}[ \t]*$", re.M | re.I)
IN_INFO = re.compile(rf"[ \t]*{DIRECTIVE}", re.I)
HELPER = re.compile(
    r"(?<!\\)\{\{#(?:include|rustdoc_include|playground|playpen)[ \t]+(?P<path>[^\s:{}]+)"
    r"(?::(?P<part>[\w:-]+))?[^{}\n]*\}\}"
)
TICKS = re.compile("`{3,}")

Translate = Callable[[Spliced, str], Spliced]


@dataclass(slots=True)
class Includer:
    """Puts the files of one book into its texts.

    `has_helpers` says that they may be named as mdBook does. `translate` is done to each Markdown
    file before what it includes is put in. `findings` holds what was wrong.
    """

    folder: Path
    listing: Listing
    limits: Limits
    reader: SourceReader
    translate: Translate
    has_helpers: bool = False
    findings: list[Diagnostic] = field(default_factory=list)
    count: int = 0
    room: int = 0

    def fill(self, text: Spliced, path: str) -> Spliced:
        """Give the text of the file at `path` with all that it includes."""
        self.count, self.room = 0, self.limits.source_bytes - len(text.text)
        return self._fill(text, (path,))

    def _fill(self, text: Spliced, within: tuple[str, ...]) -> Spliced:
        if self.has_helpers and "{{#" in text.text:
            text = text.edit([*self._helpers(text, within)])
        if SIGN not in text.text.casefold():
            return text
        verbatim = Verbatim(text.text)
        edits = [*self._fences(text, verbatim, within), *self._alone(text, verbatim, within)]
        return text.edit(edits)

    def _alone(self, text: Spliced, verbatim: Verbatim, within: tuple[str, ...]) -> Iterator[Edit]:
        for match in ALONE.finditer(text.text):
            if not verbatim.covers(match.start("target")):
                at = text.locate(match.end("prefix"))
                put = self._put(match["target"], at, within)
                yield Edit(match.end("prefix"), match.end(), indented(put, match["prefix"]))

    def _helpers(self, text: Spliced, within: tuple[str, ...]) -> Iterator[Edit]:
        """Put in what `{{#include plan.rs:2:10}}` names, in code too."""
        verbatim = Verbatim(text.text)
        for match in HELPER.finditer(text.text):
            at = text.locate(match.start())
            target = f"{match['path']}#{_part(match['part'])}" if match["part"] else match["path"]
            path, _ = self._target(target, within)
            try:
                find_file(self.folder, self.listing.get(path, path), at)
            except BookError:
                message = f"there is no file “{path}” in the book, so this stays as it is"
                self.findings.append(warning(Code.NOT_UNDERSTOOD, message, at))
                continue
            is_text = has_suffix(path, MARKDOWN) and not verbatim.covers(match.start())
            put = self._put if is_text else self._code
            yield Edit(*match.span(), put(target, at, within))

    def _fences(self, text: Spliced, verbatim: Verbatim, within: tuple[str, ...]) -> Iterator[Edit]:
        for fence in verbatim.fences:
            info = text.text[fence.info : fence.body]
            match = IN_INFO.search(info)
            if match is None:
                continue
            at = text.locate(fence.info + match.start("target"))
            code = self._code(match["target"], at, within)
            end = fence.info + match.end()
            yield Edit(fence.info + match.start(), end, NOTHING)
            yield Edit(fence.body, fence.body, self._filling(fence, code, at))

    def _filling(self, fence: Fence, code: Spliced, at: Location) -> Spliced:
        prefix = re.sub(r"[^\s>]", " ", fence.prefix)
        lines = indented(code, prefix)
        return join((given(prefix, at), lines, given("\n", at))) if lines.text else NOTHING

    # files

    def _put(self, target: str, at: Location, within: tuple[str, ...]) -> Spliced:
        """Give what is to stand in the place of a directive; nothing where it is at fault."""
        path, part = self._target(target, within)
        if not has_suffix(path, MARKDOWN):
            return self._listing(path, self._code(target, at, within), at)
        if path in within or len(within) > DEEPEST:
            self.findings.append(_loop(path, within, at))
            return NOTHING
        text = self._markdown(path, at)
        if text is None or not self._has_room(text, path, at):
            return NOTHING
        taken = self._taken(text, part, path, at, is_code=False)
        return _trimmed(self._fill(self.translate(taken, path), (*within, path)))

    def _markdown(self, path: str, at: Location) -> Spliced | None:
        if faults := find_fault(self.folder, path, at, self.listing):
            self.findings += faults
            return None
        source = self.reader.read(path, at)
        return whole(path, source.text).cut(source.body) if source else None

    def _code(self, target: str, at: Location, within: tuple[str, ...]) -> Spliced:
        path, part = self._target(target, within)
        try:
            real = self.listing.get(path, path)
            file = find_file(self.folder, real, at)
            text = whole(path, text_of(file, path, self.limits.source_bytes, at))
        except BookError as fault:
            self.findings += fault.diagnostics
            return NOTHING
        if not self._has_room(text, path, at):
            return NOTHING
        taken = self._taken(text, part, path, at, is_code=True)
        return _trimmed(dedented(taken) if part else taken)

    def _taken(self, text: Spliced, part: str, path: str, at: Location, is_code: bool) -> Spliced:
        if not part:
            return without_marks(text, is_code)
        taken = excerpt(text, part, is_code)
        if taken is None:
            names = tuple(dict.fromkeys(each.name for each in parts_of(text.text, is_code)))
            hints = nearest(part, names) or (
                "mark its beginning by a line <!-- part: NAME --> and its end by <!-- end -->",
            )
            message = f'"{path}" has no part "{part}"'
            self.findings.append(error(Code.UNKNOWN_PART, message, at, *hints))
        return taken or NOTHING

    def _listing(self, path: str, code: Spliced, at: Location) -> Spliced:
        if not code.text:
            return NOTHING
        longest = max((len(run) for run in TICKS.findall(code.text)), default=2)
        marks = "`" * (longest + 1)
        language = posixpath.splitext(path)[1].removeprefix(".")
        language = "" if language in ("txt", "text") else language
        return join((given(f"{marks}{language}\n", at), code, given(f"\n{marks}", at)))

    def _target(self, target: str, within: tuple[str, ...]) -> tuple[str, str]:
        path, _, part = target.partition("#")
        base = "" if path.startswith("/") else posixpath.dirname(within[-1])
        return in_book(posixpath.join(base, path.strip().lstrip("/"))), part.strip()

    def _has_room(self, text: Spliced, path: str, at: Location) -> bool:
        self.count += 1
        self.room -= len(text.text)
        if self.count <= MOST and self.room >= 0:
            return True
        if self.count <= MOST + 1:
            message = f'with "{path}" the text is larger than {self.limits.source_bytes:,} bytes'
            self.findings.append(error(Code.FILE_TOO_LARGE, message, at))
            self.count = MOST + 1
        return False


def _part(written: str) -> str:
    """Write mdBook's `2:10`, `:10` and `2:` as lines of ours; a name stays as it is."""
    first, colon, last = written.partition(":")
    if not (first + last).isdecimal():
        return written
    return f"{first or 1}-{last}" if colon else first


def indented(text: Spliced, prefix: str) -> Spliced:
    """Put what a line begins with before every line but the first."""
    if not prefix or "\n" not in text.text:
        return text
    parts = []
    start = 0
    while (end := text.text.find("\n", start) + 1) > 0:
        parts.append(text.cut(start, end))
        is_blank = text.text[end : end + 1] in ("", "\n")
        parts.append(given(prefix.rstrip() if is_blank else prefix, text.locate(end - 1)))
        start = end
    return join((*parts, text.cut(start)))


def _trimmed(text: Spliced) -> Spliced:
    """Take off the blank lines around a text."""
    end = len(text.text.rstrip())
    bare = text.text[:end]
    blank = re.match(r"(?:[ \t]*\n)*", bare)
    return text.cut(blank.end() if blank else 0, end)


def _loop(path: str, within: tuple[str, ...], at: Location) -> Diagnostic:
    if path in within:
        message = f'"{path}" would be included in itself'
        chain = (*within[within.index(path) :], path)
    else:
        message = f"files are included in each other more than {DEEPEST} deep"
        chain = (*within, path)
    return error(Code.INCLUDE_LOOP, message, at, " → ".join(chain))


def included_in(text: str, path: str) -> set[str]:
    """Name the files that the text of a file includes, wherever it says so."""
    if SIGN not in text.casefold():
        return set()
    targets = (match["target"].partition("#")[0].strip() for match in ALONE.finditer(text))
    folder = posixpath.dirname(path)
    return {
        in_book(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))
        for target in targets
    }
