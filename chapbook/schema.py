"""Turns a plain table into a frozen dataclass, strictly.

A field `epub_depth` is the key `epub-depth`; its annotation is its type, its default what holds
where the key is left out. A field that takes no part in comparison is no key.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from difflib import get_close_matches
from enum import Enum
from types import MappingProxyType, UnionType
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

from chapbook.diagnostics import Code, Diagnostic, Location, Severity
from chapbook.folder import UNSHOWABLE
from chapbook.toml_source import KeyPath, Places, Table

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")
Convert = Callable[["Structurer", object, KeyPath], object]
Check = Callable[[Any], Any]

# The well-formed tags of RFC 5646 (https://www.rfc-editor.org/rfc/rfc5646#section-2.1), less
# those no language has: primary subtags longer than three letters, and grandfathered tags.
_LANGUAGE = re.compile(
    r"[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?"
    r"(-([a-z\d]{5,8}|\d[a-z\d]{3}))*(-[a-wy-z\d](-[a-z\d]{2,8})+)*(-x(-[a-z\d]{1,8})+)?",
    re.IGNORECASE | re.ASCII,
)
_MISTAKEN_LANGUAGES = {"jp": "ja", "jpn": "ja", "cn": "zh", "gr": "el", "english": "en"}


class UnfitError(Exception):
    """Raised by a conversion or a check: the value is not what the key takes."""

    def __init__(self, message: str, *hints: str, code: Code = Code.CONFIG_BAD_VALUE) -> None:
        """Keep what is wrong and what to do."""
        super().__init__(message)
        self.message, self.hints, self.code = message, hints, code


class Structurer:
    """Makes dataclasses out of tables; `findings` holds every fault met so far.

    `converters` make the values of types that TOML does not have. `checks` see a value of the
    right type and give it back, perhaps in a normal form; they are keyed by dotted path, with
    `*` for an index. `unknown` is how grave an unknown key is; `advice` says what to write in
    place of some.
    """

    def __init__(
        self,
        places: Places,
        converters: Mapping[type, Convert],
        checks: Mapping[str, Check],
        unknown: Severity = Severity.ERROR,
        advice: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Start without findings."""
        self.places, self.converters, self.checks = places, converters, checks
        self.unknown, self.advice = unknown, advice
        self.findings: list[Diagnostic] = []

    def table(self, cls: type[T], table: Table, path: KeyPath = ()) -> T:
        """Make a `cls`; what is faulty or missing is found and its default taken."""
        keys = {_key(field): field for field in fields(cls) if field.compare}
        for name in (name for name in table if name not in keys):
            self._report_unknown(cls, name, tuple(keys), path)
        hints = get_type_hints(cls)
        values = {}
        for name, field in keys.items():
            if name in table:
                value = self._field(field, hints[field.name], table[name], (*path, name))
                values[field.name] = value
            elif _is_required(field):
                message = f'the key "{name}" is missing{_where(path)}'
                self.report(Code.CONFIG_MISSING_KEY, message, path)
                values[field.name] = ""
        return cls(**values)

    def value(self, wanted: Any, raw: object, path: KeyPath) -> Any:
        """Make a value of the type `wanted`; raises UnfitError."""
        before = len(self.findings)
        if isinstance(wanted, UnionType):
            wanted = next(kind for kind in get_args(wanted) if kind is not type(None))
        if wanted in self.converters:
            value: object = self.converters[wanted](self, raw, path)
        elif get_origin(wanted) is tuple and isinstance(raw, list):
            value = self._list(get_args(wanted)[0], raw, path)
        elif is_dataclass(wanted) and isinstance(wanted, type) and isinstance(raw, dict):
            value = self.table(wanted, raw, path)
        elif isinstance(wanted, type) and issubclass(wanted, Enum) and isinstance(raw, str):
            value = _member(wanted, raw)
        elif type(raw) is wanted:
            value = _shown(raw) if isinstance(raw, str) else raw
        else:
            raise wrong_type(self._name(wanted), raw)
        check = self.checks.get(".".join("*" if key.isdigit() else key for key in path))
        is_sound = len(self.findings) == before
        return check(value) if check and is_sound else value

    def _name(self, wanted: Any) -> str:
        """Name a type; a list of what need not be a table is called after what it lists."""
        kind = get_args(wanted)[0] if get_origin(wanted) is tuple else None
        if kind in self.converters and is_dataclass(kind) and isinstance(kind, type):
            return f"a list of {kind.__name__.lower()}s"
        return name_type(wanted)

    def report(
        self,
        code: Code,
        message: str,
        path: KeyPath,
        *hints: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Note a fault at a key, or at the innermost table around it that has a place."""
        self.findings.append(Diagnostic(severity, code, message, self.place(path), hints))

    def place(self, path: KeyPath) -> Location:
        """Give the place of a key, or of what it stands in."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places[path]

    def _field(self, field: "Field[Any]", wanted: Any, raw: object, path: KeyPath) -> Any:
        try:
            return self.value(wanted, raw, path)
        except UnfitError as fault:
            self._report_unfit(fault, path)
        if field.default_factory is not MISSING:
            return field.default_factory()
        return "" if field.default is MISSING else field.default

    def _list(self, wanted: Any, raw: list[object], path: KeyPath) -> tuple[Any, ...]:
        values = []
        for index, element in enumerate(raw):
            place = (*path, str(index))
            try:
                values.append(self.value(wanted, element, place))
            except UnfitError as fault:
                self._report_unfit(fault, place)
        return tuple(values)

    def _report_unfit(self, fault: UnfitError, path: KeyPath) -> None:
        name = ".".join(key for key in path if not key.isdigit())
        self.report(fault.code, f"{name}: {fault.message}", path, *fault.hints)

    def _report_unknown(self, cls: type, name: str, keys: tuple[str, ...], path: KeyPath) -> None:
        advice = (self.advice[name],) if name in self.advice else ()
        hints = advice or nearest(name, keys) or _home(cls, name)
        message = f'unknown key "{name}"{_where(path)}'
        code = Code.CONFIG_UNKNOWN_KEY
        self.report(code, message, (*path, name), *hints, severity=self.unknown)


def nearest(name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Give a hint with the known name that is spelled most like `name`, or nothing."""
    folded = {word.casefold(): word for word in reversed(known)}
    found = get_close_matches(name.casefold(), folded, n=1)
    return tuple(f'did you mean "{folded[word]}"?' for word in found)


def wrong_type(wanted: str, raw: object) -> UnfitError:
    """Say that a value of one type stands where another should."""
    message = f"expected {wanted}, found {_name_value(raw)}"
    return UnfitError(message, code=Code.CONFIG_WRONG_TYPE)


def name_type(wanted: Any, *, plural: bool = False) -> str:
    """Name a type as an author of TOML knows it."""
    if get_origin(wanted) is tuple:
        return f"a list of {name_type(get_args(wanted)[0], plural=True)}"
    names = {str: "string", int: "whole number", float: "number", date: "date"}
    names |= {bool: "true or false"}
    name = names.get(wanted, "table")
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        name = "string"
    return f"{name}s" if plural else name if wanted is bool else f"a {name}"


def language_tag(tag: str) -> str:
    """Check the shape of a language tag (BCP 47); raises UnfitError."""
    if tag in _MISTAKEN_LANGUAGES or not _LANGUAGE.fullmatch(tag):
        better = _MISTAKEN_LANGUAGES.get(tag.casefold(), tag.replace("_", "-"))
        is_better = better != tag and _LANGUAGE.fullmatch(better)
        hint = f'did you mean "{better}"?' if is_better else 'write it as in "en", "en-GB" or "ja"'
        raise UnfitError(f'"{tag}" is not a language tag', hint)
    return tag


def _key(field: "Field[Any]") -> str:
    return field.name.replace("_", "-")


def _is_required(field: "Field[Any]") -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _where(path: KeyPath) -> str:
    return f" in [{'.'.join(key for key in path if not key.isdigit())}]" if path else ""


def _home(cls: type, name: str) -> tuple[str, ...]:
    """Name the tables inside `cls` that do take a key."""
    homes = [
        key.replace("_", "-")
        for key, kind in get_type_hints(cls).items()
        if is_dataclass(kind) and name in map(_key, fields(kind))
    ]
    return tuple(f"it belongs in [{home}]" for home in homes)


def _member(kind: type[Enum], raw: str) -> Enum:
    values = tuple(str(member.value) for member in kind)
    if raw in values:
        return kind(raw)
    raise UnfitError(f'"{raw}" is none of {", ".join(values)}', *nearest(raw, values))


def _shown(text: str) -> str:
    if stray := UNSHOWABLE.search(text):
        raise UnfitError(f"the character U+{ord(stray[0]):04X} cannot be shown in any edition")
    return text


def _name_value(raw: object) -> str:
    if isinstance(raw, bool):
        return str(raw).lower()
    if isinstance(raw, str):
        return f'"{raw}"' if len(raw) <= 40 else f'"{raw[:39]}…"'
    if isinstance(raw, dict | list):
        return "a table" if isinstance(raw, dict) else "a list"
    return str(raw)
