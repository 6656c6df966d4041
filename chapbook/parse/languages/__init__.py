"""How each language sets its text: one file of this folder for each, `default.toml` for all.

A file says only what is different from the next wider one (`fr-CH`, `fr`, default).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

SPACES = {"": "", "thin": "\u202f", "no-break": "\u00a0"}
DEFAULT = "default"
# What stands for the words between two marks.
WORDS = "…"


@dataclass(frozen=True, slots=True)
class Quotes:
    """The marks around words, and those around words in words."""

    open: str
    close: str
    inner_open: str
    inner_close: str


@dataclass(frozen=True, slots=True)
class Language:
    """What a file says; spaces as they are set, words as the file has them."""

    quotes: Quotes
    inside_quotes: str
    elided: frozenset[str]
    before_signs: Mapping[str, str]
    unit_space: str
    units: tuple[str, ...]
    after_numbers: tuple[str, ...]
    thousands: str
    before_numbers: tuple[str, ...]
    before_names: tuple[str, ...]
    abbreviations: tuple[str, ...]
    abbreviation_space: str
    initials: bool
    numerals: bool
    single_letters: str
    months: tuple[str, ...]
    day_endings: tuple[str, ...]
    day_links: tuple[str, ...]
    month_first: bool


@cache
def language_of(tag: str) -> Language | None:
    """Give how the language of a tag (BCP 47) is set, or None where its text is left alone."""
    merged = _merged(tag)
    return None if merged.get("left-alone") else _language(merged)


def box_titles(tag: str) -> Mapping[str, str]:
    """Give the titles of boxes in the language of a tag by their kinds."""
    titles: Mapping[str, str] = _merged(tag)["box-titles"]
    return titles


@cache
def _merged(tag: str) -> Mapping[str, Any]:
    """Give what the files of a language and of each wider one say, the narrowest first."""
    files = _files()
    subtags = tag.lower().split("-")
    merged = _read(files[DEFAULT])
    for length in range(1, len(subtags) + 1):
        merged |= _own(files, "-".join(subtags[:length]))
    return merged


@cache
def _files() -> Mapping[str, resources.abc.Traversable]:
    """Give the files by the tags of their languages in small letters."""
    found = resources.files(__name__).iterdir()
    return {f.name[: -len(".toml")].lower(): f for f in found if f.name.endswith(".toml")}


def _own(files: Mapping[str, resources.abc.Traversable], tag: str) -> dict[str, Any]:
    """Give what a language's own file says, or the file that it is said to be like."""
    if tag not in files or tag == DEFAULT:
        return {}
    own = _read(files[tag])
    return _own(files, own["like"].lower()) if "like" in own else own


def _read(file: resources.abc.Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))


def _language(said: Mapping[str, Any]) -> Language:
    outer, inner = said["quotes"].split(WORDS), said["inner-quotes"].split(WORDS)
    return Language(
        quotes=Quotes(*outer, *inner),
        inside_quotes=SPACES[said["inside-quotes"]],
        elided=frozenset(said["elided"]),
        before_signs={sign: SPACES[kind] for sign, kind in said["before-signs"].items()},
        unit_space=SPACES[said["unit-space"]],
        units=tuple(said["units"]),
        after_numbers=tuple(said["after-numbers"]),
        thousands=SPACES[said["thousands"]],
        before_numbers=tuple(said["before-numbers"]),
        before_names=tuple(said["before-names"]),
        abbreviations=tuple(said["abbreviations"]),
        abbreviation_space=SPACES[said["abbreviation-space"]],
        initials=said["initials"],
        numerals=said["numerals"],
        single_letters=said["single-letters"],
        months=tuple(said["months"]),
        day_endings=tuple(said["day-endings"]),
        day_links=tuple(said["day-links"]),
        month_first=said["month-first"],
    )
