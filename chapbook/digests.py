"""Names a value, or the program itself, by a digest: equal digests mean equal things."""

import ctypes
import hashlib
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path, PurePath
from typing import Any

# Libraries of the system that the layout goes by, as the loaders of Linux, macOS and Windows know
# them, each with the function that gives its version as text.
SHARED = (
    ("pango_version_string", "libpango-1.0.so.0", "libpango-1.0.0.dylib", "libpango-1.0-0.dll"),
    ("hb_version_string", "libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
)

# Where fonts, and rules for choosing among them, are kept, and what else decides that choice.
FONT_FOLDERS = {
    "darwin": ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"),
    "win32": (r"%WINDIR%\Fonts", r"%LOCALAPPDATA%\Microsoft\Windows\Fonts"),
}
FONT_FOLDERS_ELSEWHERE = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/usr/X11R6/lib/X11/fonts",
    "$XDG_DATA_HOME/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/etc/fonts",
    "$XDG_CONFIG_HOME/fontconfig",
    "~/.config/fontconfig",
)
DECIDING = ("FONTCONFIG_", "FC_", "PANGO_", "LC_", "LANG", "XDG_DATA_DIRS")

Write = Callable[[bytes], None]


def digest(*things: object) -> str:
    """Name values by SHA-256, in hexadecimal.

    Takes text, bytes, numbers, dates, None, enums, paths (as written), and tuples, lists, sets,
    mappings (the order of sets and mappings does not matter) and dataclasses of these. Raises
    TypeError for anything else.
    """
    return hashlib.sha256(_encoded(things)).hexdigest()


def _add(thing: Any, write: Write) -> None:
    (_WRITERS.get(type(thing)) or _writer_of(thing))(thing, write)


def _text(thing: str, write: Write) -> None:
    content = thing.encode("utf-8", "surrogatepass")
    write(b"s%d:%b" % (len(content), content))


def _bytes(thing: bytes, write: Write) -> None:
    write(b"b%d:" % len(thing))
    write(thing)


def _int(thing: int, write: Write) -> None:
    write(b"i%d;" % thing)


def _atom(thing: object, write: Write) -> None:
    write(f"{type(thing).__name__}={thing!r};".encode())


def _sequence(things: tuple[object, ...] | list[object], write: Write) -> None:
    write(b"(%d:" % len(things))
    for thing in things:
        (_WRITERS.get(type(thing)) or _writer_of(thing))(thing, write)


def _mapping(things: Mapping[Any, object], write: Write) -> None:
    write(b"{%d:" % len(things))
    for key, value in sorted((_encoded(key), value) for key, value in things.items()):
        write(key)
        _add(value, write)


def _set(things: set[object] | frozenset[object], write: Write) -> None:
    write(b"<%d:" % len(things))
    for encoded in sorted(map(_encoded, things)):
        write(encoded)


def _path(thing: PurePath, write: Write) -> None:
    write(b"p")
    _text(str(thing), write)


def _date(thing: date, write: Write) -> None:
    write(f"t{thing.isoformat()};".encode())


def _encoded(thing: object) -> bytes:
    parts: list[bytes] = []
    _add(thing, parts.append)
    return b"".join(parts)


_WRITERS: dict[type, Callable[[Any, Write], None]] = {
    str: _text,
    bytes: _bytes,
    int: _int,
    float: _atom,
    bool: _atom,
    type(None): _atom,
    tuple: _sequence,
    list: _sequence,
    dict: _mapping,
    set: _set,
    frozenset: _set,
}
_BY_ANCESTOR: tuple[tuple[type, Callable[[Any, Write], None]], ...] = (
    (PurePath, _path),
    (date, _date),
    (str, _text),
    (tuple, _sequence),
    (Mapping, _mapping),
)


def _writer_of(thing: object) -> Callable[[Any, Write], None]:
    """Give what writes things of a type that was not met before, and note it."""
    kind = type(thing)
    if issubclass(kind, Enum):
        writer = _enum_writer(kind)
    elif is_dataclass(kind):
        writer = _record_writer(kind)
    else:
        found = (writer for ancestor, writer in _BY_ANCESTOR if issubclass(kind, ancestor))
        writer = next(found, _refuse)
    _WRITERS[kind] = writer
    return writer


def _enum_writer(kind: type[Enum]) -> Callable[[Any, Write], None]:
    head = f"e{kind.__module__}.{kind.__qualname__}."
    encoded = {name: f"{head}{name};".encode() for name in kind.__members__}
    return lambda thing, write: write(encoded[thing._name_])


def _record_writer(kind: type) -> Callable[[Any, Write], None]:
    names = tuple(field.name for field in fields(kind))
    head = f"d{kind.__module__}.{kind.__qualname__}:{len(names)}:".encode()

    def record(thing: object, write: Write) -> None:
        write(head)
        for name in names:
            value = getattr(thing, name)
            (_WRITERS.get(type(value)) or _writer_of(value))(value, write)

    return record


def _refuse(thing: object, _write: Write) -> None:
    raise TypeError(f"no digest of a {type(thing).__qualname__}")


@cache
def code_digest() -> str:
    """Name all that makes a book beside the book itself.

    That is our own sources, what they know of languages, what is installed beside them, the
    Python that runs them, and the fonts of the system, as they were when first asked for.
    """
    whole = hashlib.sha256()
    root = str(Path(__file__).parent)
    for path in sorted(_sources(root)):
        with open(path, "rb") as source:  # noqa: PTH123  # a tenth of the whole wait
            content = source.read()
        whole.update(f"{path.removeprefix(root)}:{len(content)}:".encode())
        whole.update(content)
    versions = (f"{name} {number}" for name, number in sorted(_installed().items()))
    others = [*versions, *map(_shared, SHARED), *_locale(), *sorted(_fonts())]
    whole.update("\n".join([sys.version, sys.platform, *others]).encode(errors="surrogateescape"))
    return whole.hexdigest()


def _sources(root: str) -> list[str]:
    found = []
    for folder, _, names in os.walk(root):
        found += [f"{folder}{os.sep}{name}" for name in names if name.endswith((".py", ".toml"))]
    return found


def installed_version(name: str) -> str:
    """Give the version of a distribution, '' where there is none of this name.

    Looks at names of folders alone: to load `importlib.metadata` takes longer than many a build.
    """
    return _installed().get(_normal(name), "")


@cache
def _installed() -> Mapping[str, str]:
    """Give the version of every distribution by its normalised name."""
    found: dict[str, str] = {}
    for folder in sys.path:
        with suppress(OSError):
            for name in os.listdir(folder):  # noqa: PTH208  # bare names
                stem, ending = os.path.splitext(name)  # noqa: PTH122
                if ending in (".dist-info", ".egg-info"):
                    distribution, _, version = stem.partition("-")
                    found.setdefault(_normal(distribution), version.partition("-py")[0])
    return found


def _normal(name: str) -> str:
    """Normalise a name as https://packaging.python.org/en/latest/specifications/ asks."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _shared(library: tuple[str, ...]) -> str:
    function, *files = library
    for file in files:
        with suppress(OSError, AttributeError):
            version = getattr(ctypes.CDLL(file), function)
            version.restype = ctypes.c_char_p
            return f"{function} {version().decode()}"
    return f"{function} absent"


def _locale() -> list[str]:
    deciding = (pair for pair in os.environ.items() if pair[0].startswith(DECIDING))
    return sorted(f"{name}={value}" for name, value in deciding)


def _fonts() -> Iterator[str]:
    """Give name, size and time of each font file, and of each rule."""
    folders = [
        os.path.expanduser(os.path.expandvars(folder))  # noqa: PTH111  # no variables in pathlib
        for folder in FONT_FOLDERS.get(sys.platform, FONT_FOLDERS_ELSEWHERE)
    ]
    seen: set[str] = set()
    while folders:
        folder = os.path.realpath(folders.pop())
        if folder in seen:
            continue
        seen.add(folder)
        with suppress(OSError), os.scandir(folder) as found:
            for entry in found:
                if entry.is_dir():
                    folders.append(entry.path)
                else:
                    yield _facts(entry)


def _facts(entry: os.DirEntry[str]) -> str:
    try:
        facts = entry.stat()
    except OSError:
        return entry.path
    return f"{entry.path} {facts.st_size} {facts.st_mtime_ns}"
