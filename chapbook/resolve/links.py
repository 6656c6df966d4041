"""Settle where every link leads and which file every image is; write both in the neutral form."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import cast

from chapbook.diagnostics import Code, Diagnostic, Location, error, warning
from chapbook.model import Asset, Chapter, Division
from chapbook.resolve.drafts import Draft
from chapbook.resolve.left_out import Led
from chapbook.resolve.references import PAGE, add_page, fill_in
from chapbook.resolve.spelling import nearest
from chapbook.resolve.tags import TAG, Tag, read_tag
from chapbook.resolve.targets import Target, Targets, spell_out
from chapbook.words import Words

LONGEST_CODED = 600
OUTSIDE = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
FORBIDDEN = re.compile(r"[\x00-\x20\x7f\"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})")
MOST_NAMED = 4
REMOTE = re.compile(r"([a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)


class Linker:
    """Links one division after another; gathers the findings and the images used."""

    def __init__(
        self, drafts: tuple[Draft, ...], assets: Mapping[str, Asset], words: Words
    ) -> None:
        """Learn every place of the book that a link may lead to."""
        self.targets = Targets(drafts, words)
        self.words = words
        self.assets = assets
        self.used: set[str] = set()
        self.diagnostics: list[Diagnostic] = []
        self.led: list[Led] = []

    def link(self, draft: Draft) -> Division:
        """Give the division with its links, images and captions settled."""
        if draft.chapter is None:
            return draft.division
        page = _Page(self, draft)
        division = draft.division
        return replace(
            division,
            xhtml=page.settle(division.xhtml),
            notes=tuple(replace(n, xhtml=page.settle(n.xhtml)) for n in division.notes),
        )


class _Page:
    """The chapter at hand, with the places of its links and images still to come."""

    def __init__(self, linker: Linker, draft: Draft) -> None:
        chapter = cast("Chapter", draft.chapter)
        self.linker = linker
        self.chapter = chapter
        self.division = draft.division
        self.captions = draft.captions
        self.links = [(link.target, link.at) for link in chapter.links]
        self.images = [(image.target, image.at) for image in chapter.images]

    def settle(self, xhtml: str) -> str:
        """Write the tags anew that name a place, an image or a caption."""
        ends: list[str] = []  # of the links that are open

        def write(found: re.Match[str]) -> str:
            if found["end"]:
                return ends.pop() if ends else found.group()
            tag = read_tag(found)
            is_link = tag.name == "a"
            self._settle(tag)
            if is_link and tag.is_open:
                ends.append(f"</{tag.name}>")
            return tag.write()

        return TAG.sub(write, xhtml)

    def _settle(self, tag: Tag) -> None:
        if tag.name == "a" and "href" in tag.attributes:
            self._settle_link(tag)
        elif tag.name == "img":
            self._settle_image(tag)
        elif tag.name == "figcaption" and "data-caption" in tag.attributes:
            tag.label = self.captions[int(tag.attributes.pop("data-caption"))].shown

    def _settle_link(self, tag: Tag) -> None:
        written = tag.attributes["href"]
        at = self._place(self.links, written)
        is_outside = OUTSIDE.match(written) is not None
        if "qr" in tag.classes:
            self.linker.diagnostics += _without_code(written, is_outside, at)
        if is_outside:
            tag.attributes["href"] = valid_address(written)
            return
        targets = self._find(written, at)
        if len(targets) != 1:
            self.linker.diagnostics.append(self._astray(tag, written, at, targets))
            tag.name = "span"
            del tag.attributes["href"]
            return
        (target,) = targets
        anchor = f"#{target.anchor}" if target.anchor else ""
        tag.attributes["href"] = f"book:{target.division}{anchor}"
        self.linker.led.append(Led(self.division.id, tag.attributes["href"], at))
        if not tag.is_open:
            self.linker.diagnostics += fill_in(tag, target, self.linker.words, at)
        add_page(tag, target, self.linker.words, self.division.role == "index")

    def _find(self, written: str, at: Location) -> tuple[Target, ...]:
        """Find what a link means in its chapter, or in the file in which it was written."""
        find = self.linker.targets.find
        found = find(self.chapter.source, self.division.id, written)
        is_included = at.path != self.chapter.source and not written.startswith("#")
        return found or (find(at.path, self.division.id, written) if is_included else ())

    def _astray(
        self, tag: Tag, written: str, at: Location, targets: Sequence[Target]
    ) -> Diagnostic:
        """Say that a link leads nowhere, or to several places."""
        source = self.chapter.source
        is_reference = not tag.is_open or PAGE in tag.classes
        report = error if is_reference else warning
        if targets:
            anchor = written.partition("#")[2]
            spelled = [f"“{self.linker.targets.spell(source, one, anchor)}”" for one in targets]
            message = f"“{written}” stands in {len(targets)} files, and may mean each"
            hint = f"name the file as well: {' or '.join(spelled[:MOST_NAMED])}"
            return report(Code.AMBIGUOUS_REFERENCE, message, at, hint)
        hints = self.linker.targets.suggest(source, written)
        if is_reference:
            return error(Code.UNKNOWN_REFERENCE, f"nothing in the book is “{written}”", at, *hints)
        message = f"the link leads nowhere in the book: {written}"
        return warning(Code.BROKEN_LINK, message, at, *hints)

    def _settle_image(self, tag: Tag) -> None:
        written = tag.attributes.get("src", "")
        at = self._place(self.images, written)
        path = self._asset(written, at)
        if path:
            tag.attributes["src"] = f"asset:{path}"
            self.linker.used.add(path)
            return
        self.linker.diagnostics.append(self._missing(written, at))
        tag.name = "span"
        tag.text = tag.attributes.get("alt", "")
        tag.attributes = {"class": "missing-image"}

    def _asset(self, written: str, at: Location) -> str:
        """Find an image from the file in which it was written, its chapter, or the book."""
        name = spell_out(written.partition("#")[0].partition("?")[0])
        folders = map(posixpath.dirname, (at.path, self.chapter.source))
        for path in (*(posixpath.join(folder, name) for folder in folders), name.lstrip("/")):
            if (clean := posixpath.normpath(path)) in self.linker.assets:
                return clean
        return ""

    def _missing(self, written: str, at: Location) -> Diagnostic:
        if REMOTE.match(written):
            return warning(
                Code.REMOTE_IMAGE,
                f"the image is not in the book: {written}",
                at,
                "save it in the book's folder; nothing is fetched from the network",
            )
        hints = _hint(PurePosixPath(spell_out(written)).name, self.linker.assets)
        return error(Code.MISSING_IMAGE, f"no image “{written}”", at, *hints)

    def _place(self, left: list[tuple[str, Location]], written: str) -> Location:
        for index, (target, at) in enumerate(left):
            if target == written:
                del left[index]
                return at
        return self.chapter.at


def _without_code(written: str, is_outside: bool, at: Location) -> Iterator[Diagnostic]:
    """Say that a link that asks for a QR code can have none."""
    if not is_outside:
        message = "a link inside the book has no QR code"
        yield warning(Code.NO_QR, message, at, "give it the class .page for the number of its page")
    elif len(written) > LONGEST_CODED:
        message = f"the address has {len(written)} signs, too many for a QR code"
        yield warning(Code.NO_QR, message, at, f"at most {LONGEST_CODED} can be read from paper")


def valid_address(written: str) -> str:
    """Encode what no address may hold (https://www.rfc-editor.org/rfc/rfc3986#appendix-A)."""
    start, mark, fragment = written.partition("#")
    return _encode(start) + mark + _encode(fragment.replace("#", "%23"))


def _encode(text: str) -> str:
    return FORBIDDEN.sub(lambda found: f"%{ord(found[0]):02X}", text)


def _hint(name: str, paths: Iterable[str]) -> tuple[str, ...]:
    """Hint at the path whose file name is most like `name`."""
    names = {PurePosixPath(path).name.casefold(): path for path in sorted(paths, reverse=True)}
    close = nearest(name.casefold(), names, 0.6)
    return (f"did you mean “{names[close]}”?",) if close else ()
