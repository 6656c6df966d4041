"""Lists the files of a book's folder, in an order that no file system decides."""

import os
import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from chapbook.diagnostics import BookError, Code, Diagnostic, Location, error
from chapbook.folder import find_file
from chapbook.schema import nearest

MARKDOWN = (".md", ".markdown", ".qmd")
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")

# What belongs to the making of the book and not to its text.
_HOUSE_FOLDERS = {"templates", "output"}
_FOREIGN_FOLDERS = {"node_modules"}

# Comparing the spelling of more names than this takes too long to be worth a hint.
_MOST_COMPARED = 2000

_KANJI_DIGITS = {kanji: value for value, kanji in enumerate("〇一二三四五六七八九")}
_KANJI_NUMBER = re.compile("第([〇一二三四五六七八九十百]+)")

Listing = Mapping[str, str]


def list_files(folder: Path, limit: int) -> Listing:
    """Give every Markdown file and image: path in the book (NFC, with `/`) to path on the disk.

    Leaves out hidden files, `templates/` and `output/` at the top, and `node_modules/`; does not
    follow links to folders. Raises BookError where more than `limit` files stand there, or where
    a name cannot be told from another or is no text.
    """
    found: dict[str, str] = {}
    for count, path in enumerate(_walk(folder)):
        if count >= limit:
            message = f"the folder holds more than {limit:,} files"
            hint = "move what is not part of the book somewhere else"
            raise BookError([error(Code.TOO_MANY_FILES, message, None, hint)])
        if has_suffix(path, MARKDOWN + IMAGES):
            name = book_path(_utf8(path))
            if found.setdefault(name, path) != path:
                raise _bad_name(f'two files are called "{name}"', path)
    return found


def find_fault(
    folder: Path, path: str, at: Location | None, listing: Listing
) -> tuple[Diagnostic, ...]:
    """Say why a file that the book names cannot be had; nothing where it can.

    A file whose name differs in case alone is missing, even where the disk would find it.
    """
    if path in listing:
        return ()
    if path.casefold() not in map(str.casefold, listing):
        try:
            find_file(folder, path, at)
        except BookError as fault:
            if any(found.code is not Code.MISSING_FILE for found in fault.diagnostics):
                return fault.diagnostics
        else:
            return ()
    sort = MARKDOWN if has_suffix(path, MARKDOWN) else IMAGES
    names = tuple(name for name in listing if has_suffix(name, sort))[:_MOST_COMPARED]
    hints = nearest(path, names) or nearest(
        posixpath.basename(path), tuple(map(posixpath.basename, names))
    )
    return (error(Code.MISSING_FILE, f'there is no file "{path}"', at, *hints),)


def in_book(path: str) -> str:
    """Write a path that an author gave as the book names it."""
    return book_path(posixpath.normpath(path))


def book_path(path: str) -> str:
    """Write a path as the book names it."""
    return unicodedata.normalize("NFC", path)


def has_suffix(path: str, suffixes: tuple[str, ...]) -> bool:
    """Whether a path ends so, in any case."""
    return path.casefold().endswith(suffixes)


def natural_key(name: str) -> tuple[tuple[str | int, ...], str]:
    """Order names as people do: case aside, numbers by value, also 第三 before 第十."""
    folded = _KANJI_NUMBER.sub(_arabic, unicodedata.normalize("NFKC", name).casefold())
    words = re.split(r"(\d+)", folded)
    return tuple(int(word) if i % 2 else word for i, word in enumerate(words)), name


def _walk(folder: Path) -> Iterator[str]:
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        try:
            entries = list(os.scandir(folder / prefix))
        except OSError as fault:
            reason = (fault.strerror or "unknown reason").lower()
            message = f'cannot read the folder "{prefix}": {reason}'
            raise BookError([error(Code.MISSING_FILE, message)]) from None
        for entry in sorted(entries, key=lambda entry: natural_key(entry.name)):
            if entry.name.startswith("."):
                continue
            if not entry.is_dir(follow_symlinks=False):
                yield prefix + entry.name
            elif not _is_passed_over(entry.name, prefix):
                waiting.append(f"{prefix}{entry.name}/")


def _utf8(path: str) -> str:
    """Give a path that is text; raises BookError where its bytes are not UTF-8."""
    try:
        path.encode()
    except UnicodeEncodeError:
        shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        raise _bad_name(f'the name of the file "{shown}" is not UTF-8', shown) from None
    return path


def _bad_name(message: str, path: str) -> BookError:
    return BookError([error(Code.BAD_FILE_NAME, message, Location(path), "rename it")])


def _is_passed_over(name: str, prefix: str) -> bool:
    return name in _FOREIGN_FOLDERS or (not prefix and name in _HOUSE_FOLDERS)


def _arabic(found: re.Match[str]) -> str:
    """Write a number below 1000 of kanji in digits."""
    total = digit = 0
    for kanji in found[1]:
        if kanji in _KANJI_DIGITS:
            digit = digit * 10 + _KANJI_DIGITS[kanji]
        else:
            total += (digit or 1) * {"十": 10, "百": 100}[kanji]
            digit = 0
    return f"第{total + digit}"
