"""Keep what the layout libraries log and warn, and say it as diagnostics of the book."""

import logging
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from chapbook.diagnostics import Code, Diagnostic, error, warning
from chapbook.typeset.findings import Findings, no_anchor, twice
from chapbook.typeset.galley.fetch import ROOT, resource_name
from chapbook.typeset.galley.style_source import StyleSource

LIBRARIES = ("weasyprint", "fontTools", "PIL")
AT = re.compile(r"\bat (\d+):(\d+)")
MISSING_GLYPH = ".notdef glyph rendered"
FONT_FAILED = "Font-face %r cannot be loaded"
FONT_FAILURES = ("Failed to load font at", "Failed to handle woff font at")


@dataclass(slots=True)
class Records:
    """All that was logged or warned, in order. `glyphs` counts the characters no font had."""

    logged: list[logging.LogRecord] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)
    glyphs: dict[str, int] = field(default_factory=dict)

    def add(self, record: logging.LogRecord) -> None:
        """Keep a record; those of a missing glyph come once for each place, and are counted."""
        if record.msg.startswith(MISSING_GLYPH) and isinstance(record.args, tuple):
            character = str(record.args[0])
            self.glyphs[character] = self.glyphs.get(character, 0) + 1
        elif record.levelno >= logging.WARNING or record.msg.startswith(FONT_FAILURES):
            self.logged.append(record)


class _Keeper(logging.Handler):
    def __init__(self, records: Records) -> None:
        super().__init__(logging.DEBUG)
        self._records = records

    def emit(self, record: logging.LogRecord) -> None:
        self._records.add(record)


@contextmanager
def keep_records() -> Iterator[Records]:
    """Gather every record and warning of the libraries while the block runs; print none."""
    records = Records()
    keeper = _Keeper(records)
    loggers = [logging.getLogger(name) for name in LIBRARIES]
    before = [(logger.level, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.addHandler(keeper)
        logger.propagate = False
        logger.setLevel(logging.DEBUG if logger.name == "weasyprint" else logging.WARNING)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            yield records
        finally:
            records.warned += [str(one.message) for one in caught]
            for logger, (level, propagate) in zip(loggers, before, strict=True):
                logger.removeHandler(keeper)
                logger.setLevel(level)
                logger.propagate = propagate


def explain(records: Records, refused: Mapping[str, str], stylesheet: str) -> Findings:
    """Say each thing once, with the number of times it was met.

    `refused` tells, by address, what the fetcher would not serve, and why.
    """
    counts: dict[Diagnostic, int] = {}
    style = StyleSource(stylesheet)
    for record in records.logged:
        for finding in _read(record, records.logged, refused, style):
            counts[finding] = counts.get(finding, 0) + 1
    for words in records.warned:
        finding = warning(Code.STYLE_WARNING, _lower(words))
        counts[finding] = counts.get(finding, 0) + 1
    for url, reason in refused.items():
        counts.setdefault(_refusal(url, reason), 1)
    return tuple(counts.items())


def _read(
    record: logging.LogRecord,
    all_records: list[logging.LogRecord],
    refused: Mapping[str, str],
    style: StyleSource,
) -> list[Diagnostic]:
    args = record.args if isinstance(record.args, tuple) else ()
    message = str(record.msg)
    if message.startswith(FONT_FAILURES):
        return []
    if message == FONT_FAILED:
        return [_font(str(args[0]), all_records)]
    if message.startswith("Failed to load image at"):
        url = str(args[0])
        return [] if url in refused else [_image(url, str(args[1]))]
    if message.startswith("Failed to render SVG image"):
        return [_image(str(args[0]), "its drawing cannot be laid out")]
    if message in ANCHORS:
        return [ANCHORS[message](str(args[0]))]
    return [_style(record, style)]


def _no_page(token: str) -> Diagnostic:
    anchor = re.sub(r"^.*?#|^.*, '|[')\]]+$", "", token)
    return error(
        Code.BROKEN_LINK,
        f"a page number was asked for #{anchor}, which no page has",
        None,
        "the number is left out of the text",
    )


ANCHORS: dict[str, Callable[[str], Diagnostic]] = {
    "No anchor #%s for internal URI reference": no_anchor,
    "Content discarded: target points to undefined anchor %r": _no_page,
    "Anchor defined twice: %r": twice,
}


def _style(record: logging.LogRecord, style: StyleSource) -> Diagnostic:
    words = _lower(record.getMessage().rstrip("."))
    grave = error if record.levelno >= logging.ERROR else warning
    place = AT.search(words)
    if place is None:
        return grave(Code.STYLE_WARNING, words)
    words = AT.sub("", words).replace(" ,", ",").strip(" ,")
    line, column = int(place[1]), int(place[2])
    return grave(Code.STYLE_WARNING, words, style.locate(line, column), *style.quote(line))


def _font(family: str, all_records: list[logging.LogRecord]) -> Diagnostic:
    reasons = [
        f"{resource_name(str(record.args[0]))}: {record.args[1] if record.args[1:] else 'no font'}"
        for record in all_records
        if str(record.msg).startswith(FONT_FAILURES) and isinstance(record.args, tuple)
    ]
    return warning(
        Code.STYLE_WARNING, f"the font {family!r} cannot be loaded", None, *dict.fromkeys(reasons)
    )


def _image(url: str, reason: str) -> Diagnostic:
    name = resource_name(url) if url.startswith(ROOT) else url[:80]
    return error(
        Code.IMAGE_UNREADABLE,
        f"{name}: {reason or 'cannot be read as an image'}",
        None,
        "open it in an image editor and save it anew",
    )


def _refusal(url: str, reason: str) -> Diagnostic:
    if url.startswith(ROOT):
        name = resource_name(url)
        return error(Code.MISSING_FILE, f"{name}: {reason}", None, "correct the address")
    if url[:9].lower() == "data:font":
        message = "a drawing brings a typeface of its own, which print does not use"
        return warning(Code.STYLE_WARNING, message, None, "turn its letters into outlines")
    return error(
        Code.FILE_OUTSIDE_BOOK,
        f"{url[:80]}: {reason}",
        None,
        "put the file into the book's folder and name it from there",
    )


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
