"""Reads TOML together with the place of every key, which `tomllib` does not tell."""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping

from chapbook.diagnostics import BookError, Code, Location, error

KeyPath = tuple[str, ...]
Places = Mapping[KeyPath, Location]
Table = Mapping[str, object]

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_TRIVIA = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_BARE = r"[A-Za-z0-9_-]+"
_QUOTED = r"\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'"
_MULTILINE = r"\"\"\"(?:\\[\s\S]|[^\\])*?\"{3,5}|'''[\s\S]*?'{3,5}"
_KEY = re.compile(f"{_BARE}|{_QUOTED}")
_SCALAR = re.compile(rf"{_MULTILINE}|{_QUOTED}|[^,\[\]{{}}#\n]+")


def read_toml(text: str, path: str) -> tuple[Table, Places]:
    r"""Give the table that `text` holds and where each of its keys stands.

    `text` ends its lines with `\n`; `path` is its name in the places. A key's path has the key's
    own words; an element of a list has its index, and the place of its first character; the
    empty path is the file. Raises with the place where `text` is not TOML 1.0 (https://toml.io/en/v1.0.0).
    """
    try:
        table = tomllib.loads(text)
        offsets = _Scanner(text).scan()
    except tomllib.TOMLDecodeError as fault:
        raise BookError([error(Code.CONFIG_SYNTAX, *_explain(str(fault), text, path))]) from None
    except (RecursionError, ValueError):
        message = "a number is too long, or lists are nested too deeply"
        raise BookError([error(Code.CONFIG_SYNTAX, message, Location(path))]) from None
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    places = {key: _place(path, starts, offset) for key, offset in offsets.items()}
    return table, {(): Location(path), **places}


def _place(path: str, starts: list[int], offset: int) -> Location:
    line = bisect_right(starts, offset)
    return Location(path, line, offset - starts[line - 1] + 1)


def _explain(message: str, text: str, path: str) -> tuple[str, Location]:
    """Part tomllib's message from the place that it ends with."""
    found = _PLACE.search(message)
    reason = message[: found.start()] if found else message
    reason = reason[:1].lower() + reason[1:]
    if found and found[1]:
        return reason, Location(path, int(found[1]), int(found[2]))
    last = text.removesuffix("\n")
    return reason, Location(path, last.count("\n") + 1, len(last) - last.rfind("\n"))


class _Scanner:
    """Walks through valid TOML and notes at which offset each key path first stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.offsets: dict[KeyPath, int] = {}
        self.lengths: dict[KeyPath, int] = {}

    def scan(self) -> Mapping[KeyPath, int]:
        base: KeyPath = ()
        while self._next():
            if self._next() == "[":
                base = self._header()
            else:
                self._pair(base)
        return self.offsets

    def _next(self) -> str:
        """Skip blanks and comments; give the character after them, empty at the end."""
        if found := _TRIVIA.match(self.text, self.at):
            self.at = found.end()
        return self.text[self.at : self.at + 1]

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if not found:
            raise ValueError(f"no TOML at offset {self.at}")
        self.at = found.end()
        return found[0]

    def _header(self) -> KeyPath:
        brackets = 2 if self.text.startswith("[[", self.at) else 1
        self.at += brackets
        path = self._dotted((), in_arrays=True)
        if brackets == 2:
            index = self.lengths.get(path, 0)
            self.lengths[path] = index + 1
            start = self.last_key
            path = (*path, str(index))
            self.offsets[path] = start
        elif path in self.lengths:
            path = (*path, str(self.lengths[path] - 1))
        self.at += brackets
        return path

    def _dotted(self, base: KeyPath, *, in_arrays: bool = False) -> KeyPath:
        path = base
        while True:
            if in_arrays and path in self.lengths:
                path = (*path, str(self.lengths[path] - 1))
            self._next()
            self.last_key = self.at
            path = (*path, _unquote(self._take(_KEY)))
            self.offsets.setdefault(path, self.last_key)
            if self._next() != ".":
                return path
            self.at += 1

    def _pair(self, base: KeyPath) -> None:
        path = self._dotted(base)
        self.at += 1
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        opening = self._next()
        if opening not in ("[", "{"):
            self._take(_SCALAR)
            return
        self.at += 1
        index = 0
        while self._next() not in ("]", "}"):
            if opening == "{":
                self._pair(path)
            else:
                self.offsets[(*path, str(index))] = self.at
                self._value((*path, str(index)))
                index += 1
            if self._next() == ",":
                self.at += 1
        self.at += 1


def _unquote(key: str) -> str:
    return next(iter(tomllib.loads(f"{key} = 0"))) if key[0] in "\"'" else key
