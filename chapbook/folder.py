"""Reads the files of a book's folder, and none outside it."""

import re
from pathlib import Path

from chapbook.diagnostics import BookError, Code, Diagnostic, Location, error

# What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets), and so no edition can show.
UNSHOWABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def find_file(folder: Path, path: str, at: Location | None = None) -> Path:
    """Give the real place of `path`, which is relative to `folder`.

    Raises BookError, at `at` or else at the file, where the path or a symbolic link leads out of
    the folder, or where no ordinary file stands.
    """
    at = at or Location(path)
    root = folder.resolve()
    try:
        file = (root / path).resolve()
        is_file = file.is_file()
    except (OSError, RuntimeError, ValueError):
        raise BookError([error(Code.MISSING_FILE, f'cannot open "{path}"', at)]) from None
    if not file.is_relative_to(root):
        hint = "copy it into the book's folder"
        message = f'"{path}" is outside the book\'s folder'
        raise BookError([error(Code.FILE_OUTSIDE_BOOK, message, at, hint)])
    if not is_file:
        raise BookError([error(Code.MISSING_FILE, f'there is no file "{path}"', at)])
    return file


def read_bytes(folder: Path, path: str, limit: int, at: Location | None = None) -> bytes:
    """Give what a file holds; raises BookError as `find_file` does, and over `limit` bytes."""
    file = find_file(folder, path, at)
    at = at or Location(path)
    try:
        with file.open("rb") as stream:
            content = stream.read(limit + 1)
    except OSError as fault:
        reason = (fault.strerror or "unknown reason").lower()
        message = f'cannot read "{path}": {reason}'
        raise BookError([error(Code.MISSING_FILE, message, at)]) from None
    if len(content) > limit:
        message = f'"{path}" is larger than {limit:,} bytes'
        raise BookError([error(Code.FILE_TOO_LARGE, message, at)])
    return content


def read_text(folder: Path, path: str, limit: int, at: Location | None = None) -> str:
    r"""Give the text of a UTF-8 file without byte order mark, its lines ended by `\n`.

    Raises BookError as `read_bytes` does, and at the first byte or character that is not text.
    """
    content = read_bytes(folder, path, limit, at).removeprefix(b"\xef\xbb\xbf")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise BookError([_not_utf8(path, content, fault.start)]) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if stray := UNSHOWABLE.search(text):
        place = locate(path, text, stray.start())
        message = f"the character U+{ord(stray[0]):04X} cannot be shown in any edition"
        raise BookError([error(Code.FILE_NOT_TEXT, message, place, "delete it")])
    return text


def locate(path: str, text: str, offset: int) -> Location:
    """Give the place of a character of a text."""
    line = text.count("\n", 0, offset) + 1
    return Location(path, line, offset - text.rfind("\n", 0, offset))


def _not_utf8(path: str, content: bytes, start: int) -> Diagnostic:
    before = content[:start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    found = "UTF-16" if is_utf16 else f"byte 0x{content[start]:02X}"
    message = f"the text is not UTF-8: found {found}"
    return error(
        Code.FILE_NOT_TEXT, message, locate(path, before, len(before)), "save the file as UTF-8"
    )
