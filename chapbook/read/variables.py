"""Put the values of variables into a text: `{{ name }}`.

A value is plain words: whatever in it would mean something in Markdown is escaped. In code a name
stays as it is, unless the info of a fence has the word `variables`.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any
from urllib.parse import quote

from chapbook.diagnostics import Code, Diagnostic, Location, error
from chapbook.read.verbatim import Fence, Verbatim
from chapbook.schema import nearest
from chapbook.settings import BookSettings, FrontMatter
from chapbook.spliced import NOTHING, Edit, Spliced, given

NAME = re.compile(r"(?<!\\)(?<!\{)\{\{[ \t]*(?P<name>[^\W\d][\w.-]*)[ \t]*\}\}(?!\})")
ASKED = re.compile(r"[ \t,]*\bvariables\b")
# What opens or closes something, wherever it stands.
SIGNS = re.compile(r"[\\`*_{}\[\]()<>|~&!$^@=]")
# What opens a list, a heading or the like at the beginning of a line.
OPENING = re.compile(r"^([0-9]{0,9})(?=[-+#:]|(?<=[0-9])[.)])")
IN_ADDRESS = re.compile(r"(?:\]\(<?[^\s()]*|^[ \t]*\[[^\]\n]+\]:[ \t]*\S*|<https?:[^\s>]*)$")
IN_ATTRIBUTE = re.compile(r"<[A-Za-z][^<>]*=\s*(?:\"[^\"<>]*|'[^'<>]*)$")
IN_TITLE = re.compile(r"\]\([^()\n]*\s\"[^\"\n]*$")
BARE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|https?://[^\s<>\"]*[A-Za-z0-9/]")


class Variables:
    """Knows the values of one book."""

    def __init__(self, values: Mapping[str, str]) -> None:
        """Start with nothing found."""
        self.values = {name: " ".join(value.split()) for name, value in values.items()}
        self.findings: list[Diagnostic] = []

    def fill(self, text: Spliced) -> Spliced:
        """Put the values into a Markdown text."""
        if not NAME.search(text.text):
            return text
        verbatim = Verbatim(text.text)
        edits = list(self._edits(text, verbatim))
        for fence in verbatim.fences:
            edits += self._in_code(text, fence)
        return text.edit(edits)

    def fill_plain(self, text: Spliced) -> Spliced:
        """Put the values into words that are no Markdown, as those of the front matter."""
        if "{{" not in text.text:
            return text
        return text.edit(self._plain(text, 0, len(text.text)))

    def fill_front_matter(self, matter: FrontMatter) -> FrontMatter:
        """Put the values into what a chapter says of itself; what is unknown is found elsewhere."""
        texts = {one.name: getattr(matter, one.name) for one in fields(matter)}
        filled: dict[str, Any] = {
            name: NAME.sub(self._known, value)
            for name, value in texts.items()
            if isinstance(value, str) and "{{" in value
        }
        return replace(matter, **filled) if filled else matter

    def fill_settings(self, settings: BookSettings) -> BookSettings:
        """Put the values into what `book.toml` has to say in words: notes, and titles of parts."""
        notes = (settings.imprint.note, settings.colophon.note)
        heads = tuple(text for part in settings.parts for text in (part.title, part.summary))
        if not any("{{" in text for text in notes + heads):
            return settings

        def said(text: str, key: str) -> str:
            at = settings.locations.get(key, Location(settings.origin.file))
            return self._words(text, at)

        parts = tuple(
            replace(
                part,
                title=said(part.title, f"parts.{place}.title"),
                summary=said(part.summary, f"parts.{place}.summary"),
            )
            for place, part in enumerate(settings.parts)
        )
        return replace(
            settings,
            parts=parts,
            imprint=replace(settings.imprint, note=said(notes[0], "imprint.note")),
            colophon=replace(settings.colophon, note=said(notes[1], "colophon.note")),
        )

    def _words(self, words: str, at: Location) -> str:
        for match in NAME.finditer(words):
            if match["name"] not in self.values:
                self.findings.append(self._unknown(match["name"], at))
        return NAME.sub(self._known, words)

    def _known(self, match: re.Match[str]) -> str:
        return self.values.get(match["name"], match.group())

    def _edits(self, text: Spliced, verbatim: Verbatim) -> Iterator[Edit]:
        for match in NAME.finditer(text.text):
            if verbatim.covers(match.start()):
                continue
            at = text.locate(match.start())
            value = self._value(match["name"], at)
            if value is not None:
                start = text.text.rfind("\n", 0, match.start()) + 1
                before = text.text[start : match.start()]
                after = text.text[match.end() : match.end() + 1] or "\n"
                yield Edit(*match.span(), given(written(value, before, after), at))

    def _in_code(self, text: Spliced, fence: Fence) -> Iterator[Edit]:
        asked = ASKED.search(text.text, fence.info, fence.body)
        if asked:
            yield Edit(*asked.span(), NOTHING)
            yield from self._plain(text, fence.body, fence.close)

    def _plain(self, text: Spliced, start: int, end: int) -> Iterator[Edit]:
        for match in NAME.finditer(text.text, start, end):
            at = text.locate(match.start())
            value = self._value(match["name"], at)
            if value is not None:
                yield Edit(*match.span(), given(value, at))

    def _value(self, name: str, at: Location) -> str | None:
        if name not in self.values:
            self.findings.append(self._unknown(name, at))
        return self.values.get(name)

    def _unknown(self, name: str, at: Location) -> Diagnostic:
        hints = nearest(name, tuple(self.values)) or (
            f'write [variables] into book.toml and below it {name} = "…"',
            "or a backslash before the braces, if they are text",
        )
        return error(Code.UNKNOWN_VARIABLE, f'there is no variable "{name}"', at, *hints)


def written(value: str, before: str, after: str) -> str:
    """Write a value so that Markdown reads it as words.

    `before` is what stands before it in its line, `after` the sign behind it.
    """
    if IN_ATTRIBUTE.search(before):
        return html.escape(value)
    if IN_ADDRESS.search(before):
        return quote(value, safe="/:?#@!$&'*+,;=%~")
    is_first = not before.strip(" \t>")
    if BARE.fullmatch(value):
        # A number and a full stop would begin a list.
        begins_list = is_first and value.isdecimal() and after[:1] in (".", ")")
        return f"{value}\\" if begins_list else value
    escaped = SIGNS.sub(r"\\\g<0>", value)
    if IN_TITLE.search(before):
        return escaped.replace('"', '\\"')
    return OPENING.sub(r"\1\\", escaped) if is_first else escaped
