"""What serves the reader to find and to understand: the index, the glossary, abbreviations.

Facts of one file, as `parse` reads them and `resolve` makes lists of them. Text in `xhtml` fields
is as in `model`.
"""

from dataclasses import dataclass
from enum import StrEnum

from chapbook.diagnostics import Location


@dataclass(frozen=True, slots=True)
class Entered:
    """A term or sub-term of the index; `sort` is what it is sorted by (よみ), '' for its text."""

    text: str
    xhtml: str
    sort: str = ""


class Leading(StrEnum):
    """What a mark of the index leads to: its place, a stretch that begins or ends, other terms."""

    PLACE = "place"
    BEGIN = "begin"
    END = "end"
    SEE = "see"
    SEE_ALSO = "see-also"


@dataclass(frozen=True, slots=True)
class IndexMark:
    """A mark of the index: a term, outermost first, and the anchor of its place.

    `see` names the term that it refers to, and then there is no anchor. `is_main`: here is what
    is chiefly said of it.
    """

    terms: tuple[Entered, ...]
    leading: Leading
    anchor: str
    at: Location
    see: tuple[Entered, ...] = ()
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class TermUse:
    """The use of a term that the glossary explains; in `xhtml` in the same order."""

    term: str
    at: Location


@dataclass(frozen=True, slots=True)
class TermDefinition:
    """A term as the glossary defines it; `anchor` is the id of its `<dt>`."""

    term: str
    anchor: str
    at: Location


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """What an abbreviation means; each use in `xhtml` is an `<abbr>` with that as its title."""

    short: str
    meaning: str
    at: Location


@dataclass(frozen=True, slots=True)
class Apparatus:
    """What the text of a chapter gives to the index, the glossary and the abbreviations."""

    index: tuple[IndexMark, ...] = ()
    uses: tuple[TermUse, ...] = ()
    definitions: tuple[TermDefinition, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
