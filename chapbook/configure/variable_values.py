"""The author's own values that the text may name."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from chapbook.schema import Structurer, UnfitError, wrong_type
from chapbook.settings import Variables
from chapbook.toml_source import KeyPath

_NAME = re.compile(r"[^\W\d][\w-]*")


def variables(structurer: Structurer, raw: object, path: KeyPath) -> Variables:
    """Make variables of a table; one inside it, as `[variables.press]`, has names with a dot."""
    if not isinstance(raw, dict):
        raise wrong_type("a table of names and values", raw)
    return Variables(tuple(_values(structurer, raw, path, "")))


def _values(
    structurer: Structurer, table: Mapping[str, object], path: KeyPath, before: str
) -> Iterator[tuple[str, str]]:
    for name, raw in table.items():
        here = (*path, name)
        try:
            if not _NAME.fullmatch(name):
                raise UnfitError(f'"{name}" is no name', "a name is of letters, digits, - and _")
            if isinstance(raw, dict):
                yield from _values(structurer, raw, here, f"{before}{name}.")
            else:
                yield before + name, _value(structurer, raw, here)
        except UnfitError as fault:
            message = f"{'.'.join(here)}: {fault.message}"
            structurer.report(fault.code, message, here, *fault.hints)


def _value(structurer: Structurer, raw: object, path: KeyPath) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | date):
        raise wrong_type("a string, a number or a date", raw)
    return str(structurer.value(str, str(raw), path))
