"""Say what the sanitiser takes out, and where it was written."""

import re
from collections.abc import Iterator
from html import unescape

from chapbook.diagnostics import Code, Diagnostic, warning
from chapbook.parse.places import Places
from chapbook.parse.positions import Positions
from chapbook.parse.scan import Scan
from chapbook.parse.tags import (
    ADDRESSES,
    ATTRIBUTE,
    ATTRIBUTES,
    DANGEROUS,
    EVERYWHERE,
    NUMBERS,
    SCHEME,
    WITH_CONTENT,
    Fate,
    TagPolicy,
    is_safe_address,
    names,
)

REFUSED = DANGEROUS | WITH_CONTENT | names("audio canvas math svg video")
# What only the dialect knows: it never comes to stand in the HTML.
OF_THE_DIALECT = names("align head-columns widths")
ANYWHERE = OF_THE_DIALECT.union(EVERYWHERE, *ATTRIBUTES.values())
LISTED = re.compile(r"(?<![\w.#=-])([A-Za-z][\w-]*)\s*=")
PICTURES = frozenset({"svg", "math", "canvas"})


class UnsafeHtml:
    """Gathers the findings of one file."""

    def __init__(self, places: Places, policy: TagPolicy) -> None:
        """Report on the file whose places these are."""
        self.places = places
        self.policy = policy
        self.named: set[str] = set()

    def dropped(self, scan: Scan) -> Iterator[Diagnostic]:
        """Report elements that went with all that was in them."""
        for offset, name in scan.dropped:
            yield self._gone(offset, name)

    def _gone(self, offset: int, name: str) -> Diagnostic:
        hint = "save it as a file and show it as an image" if name in PICTURES else "delete it"
        message = f"<{name}> and what is in it cannot be part of a book and was taken out"
        return self._finding(offset, message, hint)

    def written(self, positions: Positions) -> Iterator[Diagnostic]:
        """Report tags, attributes and addresses, where they are not shown as text after all."""
        for start, end, name in positions.written.dropped:
            if not positions.is_shown(start, end):
                yield self._gone(start, name)
        for offset, tag in positions.written.tags:
            if not positions.is_shown(offset + 1, offset + 1 + len(tag["name"])):
                yield from self._tag(offset, tag)
        for offset, text in positions.written.attributes:
            yield from self._listed(offset, text)
        for offset, target in positions.written.targets + positions.written.definitions:
            if not is_safe_address(target) and not _is_shown(positions, offset, target):
                yield self._address(offset, target)

    def _tag(self, offset: int, tag: re.Match[str]) -> Iterator[Diagnostic]:
        name = tag["name"].lower()
        if self.policy.decide(tag) is Fate.KEEP:
            if not tag["end"]:
                start = offset + tag.start("attributes") - tag.start()
                yield from self._attributes(start, name, tag["attributes"])
        elif name in REFUSED:
            if not tag["end"]:
                message = f"<{name}> cannot be part of a book and was taken out"
                yield self._finding(offset, message, "delete it")
        elif tag["name"] not in self.named:
            self.named.add(tag["name"])
            message = f"<{tag['name']}> is no HTML of a book; the tag was taken out, its text kept"
            hint = f"write \\<{tag['name']}> to show it"
            yield self._finding(offset, message, hint)

    def _attributes(self, start: int, tag: str, text: str) -> Iterator[Diagnostic]:
        allowed = EVERYWHERE | ATTRIBUTES.get(tag, frozenset())
        for match in ATTRIBUTE.finditer(text):
            name = match["name"].lower()
            value = match["a"] or match["b"] or match["c"] or ""
            offset = start + match.start()
            if name == "markdown":
                continue
            if name not in allowed:
                message = f"the attribute {name} of <{tag}> was taken out"
                yield self._finding(offset, message, "delete it")
            elif name in ADDRESSES and not is_safe_address(value):
                yield self._address(offset, value)
            elif name in NUMBERS and not value.isdecimal():
                message = f"{name} of <{tag}> was taken out: it must be a whole number"
                yield self._finding(offset, message, "leave out any unit")

    def _listed(self, offset: int, text: str) -> Iterator[Diagnostic]:
        for match in LISTED.finditer(re.sub(r"\"[^\"]*\"|'[^']*'", _blot, text)):
            name = match[1].lower()
            if name not in ANYWHERE:
                message = f"the attribute {name} was taken out"
                yield self._finding(offset + match.start(), message, "delete it")

    def _address(self, offset: int, address: str) -> Diagnostic:
        match = SCHEME.match(unescape(address))
        scheme = match[1].lower() if match else ""
        message = f"an address that begins with {scheme}: was taken out"
        hint = "link to http, https, mailto, tel or a file of the book"
        if scheme == "data":
            hint = "save what is in it as a file of the book"
        return self._finding(offset, message, hint)

    def _finding(self, offset: int, message: str, *hints: str) -> Diagnostic:
        return warning(Code.UNSAFE_HTML, message, self.places.locate(offset), *hints)


def _is_shown(positions: Positions, offset: int, target: str) -> bool:
    match = SCHEME.match(target)
    return match is not None and positions.is_shown(offset + match.start(1), offset + match.end(1))


def _blot(match: re.Match[str]) -> str:
    return "_" * len(match.group())
