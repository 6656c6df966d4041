"""What `book.toml` may say for catalogues: titles, series, subjects, licence, accessibility."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from chapbook.diagnostics import Code
from chapbook.schema import Structurer, UnfitError, language_tag, wrong_type
from chapbook.settings import (
    BookSettings,
    Position,
    Scheme,
    Spelling,
    Spellings,
    Subject,
    Title,
    TitleType,
)
from chapbook.toml_source import KeyPath

_SAME = (TitleType.MAIN, TitleType.SUBTITLE)
# The codes that have one form everywhere; of the others any is taken.
_CODES: Mapping[Scheme, tuple[str, str]] = {
    Scheme.BIC: (r"[A-Z0-9]{1,10}", "VS"),
    Scheme.BISAC: (r"[A-Z]{3}[0-9]{6}", "SOC033000"),
    Scheme.CLIL: (r"[0-9]{4}", "3080"),
    Scheme.DDC: (r"[0-9]{3}(\.[0-9]+)?", "361.763"),
    Scheme.NDC: (r"[0-9]{1,3}(\.[0-9]+)?", "335.89"),
    Scheme.THEMA: (r"[A-Z][A-Z0-9]*|[1-6][A-Z0-9-]*", "JKSN1"),
}
_COMMONS = re.compile(r"CC[ -](BY(?:-NC)?(?:-SA|-ND)?)[ -](\d\.\d)", re.IGNORECASE)
_WAIVER = re.compile(r"CC[ -]?(?:0|Zero)[ -](1\.0)", re.IGNORECASE)
_COMMONS_HOME = "https://creativecommons.org/"


def spellings(structurer: Structurer, raw: object, path: KeyPath) -> Spellings:
    """Make spellings of a table whose keys are language tags: `{ ja-Latn = "Suzuki An" }`."""
    if not isinstance(raw, dict):
        raise wrong_type("a table of names by language", raw)
    made = []
    for tag, text in raw.items():
        try:
            language = language_tag(tag)
            made.append(Spelling(language, filled(structurer.value(str, text, (*path, tag)))))
        except UnfitError as fault:
            name = ".".join(key for key in (*path, tag) if not key.isdigit())
            structurer.report(fault.code, f"{name}: {fault.message}", (*path, tag), *fault.hints)
    return tuple(made)


def subject(structurer: Structurer, raw: object, path: KeyPath) -> Subject:
    """Make a subject of its name, or of a table with name, scheme and code."""
    if isinstance(raw, str):
        return Subject(filled(structurer.value(str, raw, path)))
    if not isinstance(raw, dict):
        raise wrong_type("a subject, or a table of name, scheme and code", raw)
    faults = len(structurer.findings)
    made = structurer.table(Subject, raw, path)
    if len(structurer.findings) > faults:
        return Subject(made.name)
    return _coded(made)


def _coded(subject: Subject) -> Subject:
    if (subject.scheme is None) != (not subject.code):
        lacking = "scheme" if subject.scheme is None else "code"
        raise UnfitError(f'"{subject.name}" has no {lacking}', "scheme and code go together")
    if subject.scheme and subject.scheme in _CODES:
        form, example = _CODES[subject.scheme]
        if not re.fullmatch(form, subject.code):
            message = f'"{subject.code}" is not a code of {subject.scheme}'
            raise UnfitError(message, f'one is written as in "{example}"')
    return subject


def position(_structurer: Structurer, raw: object, _path: KeyPath) -> Position:
    """Make the number of a volume of a whole number, or of a string such as `2.1`."""
    if isinstance(raw, int) and not isinstance(raw, bool) and raw >= 0:
        return Position(str(raw))
    if isinstance(raw, str) and re.fullmatch(r"\d+(\.\d+)*", raw):
        return Position(raw)
    if isinstance(raw, float | str):
        raise UnfitError(f'"{raw}" is not the number of a volume', 'write it as in 2 or "2.1"')
    raise wrong_type("a whole number", raw)


def filled(text: str) -> str:
    """Check that there is something to read."""
    if not text.strip():
        raise UnfitError("is empty")
    return text


def issn(written: str) -> str:
    """Check the digits of an ISSN (https://www.rfc-editor.org/rfc/rfc3044)."""
    digits = re.sub(r"[\s-]|^ISSN", "", written.strip().upper())
    if not re.fullmatch(r"[0-9]{7}[0-9X]", digits):
        raise UnfitError(f'"{written}" is not an ISSN', "an ISSN has 8 digits, as in 0317-8471")
    values = [10 if digit == "X" else int(digit) for digit in digits]
    if sum(v * w for v, w in zip(values, range(8, 0, -1), strict=True)) % 11:
        raise UnfitError(f'"{written}" is not an ISSN: its last digit does not fit the others')
    return f"{digits[:4]}-{digits[4:]}"


def licence(written: str) -> str:
    """Check an address of a licence; a short name of Creative Commons becomes its address."""
    if found := _COMMONS.fullmatch(written.strip()):
        return f"{_COMMONS_HOME}licenses/{found[1].lower()}/{found[2]}/"
    if found := _WAIVER.fullmatch(written.strip()):
        return f"{_COMMONS_HOME}publicdomain/zero/{found[1]}/"
    return address(written) if "://" in written else written


def address(written: str) -> str:
    """Check an address of the web."""
    try:
        parts = urlsplit(written)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", written):
        raise UnfitError(f'"{written}" is not an address', 'write it as in "https://example.org/"')
    return written


def credential(written: str) -> str:
    """Check the name or the address of a credential."""
    return address(written) if "://" in written else filled(written)


def contact(written: str) -> str:
    """Check where a reader can turn to: an address of the web or of a post box."""
    if re.fullmatch(r"(mailto:)?[^@\s/:]+@[^@\s/:]+\.[^@\s/:]+", written):
        return "mailto:" + written.removeprefix("mailto:")
    return address(written)


CATALOGUE_CONVERTERS: dict[Any, Callable[[Structurer, object, KeyPath], object]] = {
    Position: position,
    Spellings: spellings,
    Subject: subject,
}
CATALOGUE_CHECKS: dict[str, Callable[[Any], Any]] = {
    "license": licence,
    "file-as": filled,
    "subjects.*.name": filled,
    "titles.*.text": filled,
    "titles.*.language": language_tag,
    "series.name": filled,
    "series.issn": issn,
    "accessibility.certifier": filled,
    "accessibility.credential": credential,
    "accessibility.report": address,
    "accessibility.summary": filled,
    "accessibility.contact": contact,
}


def check_catalogue(settings: BookSettings, structurer: Structurer) -> None:
    """Check what no single key can tell of title, series, dates and accessibility."""
    for index, title in enumerate(settings.titles):
        if fault := _misfit(title, settings):
            message, hint = fault
            path = ("titles", str(index), "language" if title.language else "type")
            structurer.report(Code.CONFIG_BAD_VALUE, message, path, hint)
    if ("series",) in structurer.places and not settings.series.name:
        structurer.report(Code.CONFIG_MISSING_KEY, "the series has no name", ("series",))
    if settings.modified and settings.date and settings.modified < settings.date:
        message = f"{settings.modified} is before the day of publication"
        structurer.report(Code.CONFIG_BAD_VALUE, message, ("modified",))
    _check_claim(settings, structurer)


def _misfit(title: Title, settings: BookSettings) -> tuple[str, str] | None:
    if title.type not in _SAME:
        return None
    key = "title" if title.type is TitleType.MAIN else "subtitle"
    if title.type is TitleType.SUBTITLE and not settings.subtitle:
        return "there is no subtitle for another script", "write subtitle at the top"
    if title.language in ("", settings.language):
        hint = f'say in "language" in which script; the {key} itself stands at the top'
        return f"the {key} is there already in this language", hint
    return None


def _check_claim(settings: BookSettings, structurer: Structurer) -> None:
    """A claim without someone who stands for it is none (https://www.w3.org/TR/epub-a11y-11/)."""
    if settings.accessibility.certifier:
        return
    for key in ("conformance", "credential", "report"):
        path = ("accessibility", key)
        if path in structurer.places:
            message = f'"{key}" says nothing without a certifier'
            hint = 'name in "certifier" who has checked the book'
            structurer.report(Code.CONFIG_MISSING_KEY, message, path, hint)
