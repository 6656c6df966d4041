"""The commands of LaTeX that a formula may hold."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from latex2mathml import commands as known
from latex2mathml.symbols_parser import SYMBOLS

# Read by the converter, but in none of its tables.
FURTHER = frozenset({"displaystyle", "limits", "nolimits", "of", "mod", "dots", "ldots"})


@lru_cache(maxsize=1)
def commands() -> frozenset[str]:
    """Give the names, without backslash, of all that the converter makes something of."""
    constants = {value for value in vars(known).values() if isinstance(value, str)}
    tables = {*known.CONVERSION_MAP, *known.FUNCTIONS, *known.LIMIT, *known.LOCAL_FONTS}
    tables |= {*known.GLOBAL_FONTS, *known.EXTENSIBLE_ARROWS, *known.DIACRITICS}
    named = constants | tables | set(SYMBOLS)
    plain = {name[1:].rstrip("*") for name in named if name[:1] == "\\"}
    return frozenset(name for name in plain if name.isalpha()) | FURTHER


def nearest(name: str) -> str:
    """Give the command most like a name, '' where none is."""
    return nearest_of(name, commands())


def nearest_of(name: str, names: Iterable[str]) -> str:
    """Give the one of the names that is most like it, '' where none is."""
    near = get_close_matches(name, sorted(names), n=1, cutoff=0.7)
    return near[0] if near else ""
