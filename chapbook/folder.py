"""Reads the files of a book's folder, and none outside it."""

import os
import re
from pathlib import Path

from chapbook.diagnostics import BookError, Code, Diagnostic, Location, error

# What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets), and so no edition can show.
UNSHOWABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The bytes that some of these have in UTF-8, and the beginning that the others share.
CONTROLS = bytes(set(range(32)) - set(b"\t\n\r"))
NONCHARACTERS = b"\xef\xbf"

# A path that may lead elsewhere than down, on some system.
NOT_PLAIN = re.compile(r"\\|:|^/|(^|/)\.{1,2}(/|$)")


def find_file(folder: Path, path: str, at: Location | None = None) -> Path:
    """Give the real place of `path`, which is relative to `folder`.

    Raises BookError, at `at` or else at the file, where the path or a symbolic link leads out of
    the folder, or where no ordinary file stands.
    """
    at = at or Location(path)
    root = os.path.realpath(folder)
    try:
        file = _real(root, path)
        is_file = os.path.isfile(file)  # noqa: PTH113  # as in `_real`
    except (OSError, RuntimeError, ValueError):
        raise BookError([error(Code.MISSING_FILE, f'cannot open "{path}"', at)]) from None
    if file != root and not file.startswith(os.path.join(root, "")):  # noqa: PTH118
        hint = "copy it into the book's folder"
        message = f'"{path}" is outside the book\'s folder'
        raise BookError([error(Code.FILE_OUTSIDE_BOOK, message, at, hint)])
    if not is_file:
        raise BookError([error(Code.MISSING_FILE, f'there is no file "{path}"', at)])
    return Path(file)


def _real(root: str, path: str) -> str:
    """Resolve a path below `root`, which is resolved: most paths need no more than a look.

    Without `pathlib`, which takes three times as long: this is asked for every file of a book.
    """
    file = os.path.join(root, path)  # noqa: PTH118
    if NOT_PLAIN.search(path):
        return _resolve(file)
    step = file
    while len(step) > len(root):
        if os.path.islink(step):  # noqa: PTH114
            return _resolve(file)
        step = step.rpartition("/")[0]
    return file


def _resolve(file: str) -> str:
    """Follow every link. After one that leads to itself, the first time leaves some alone."""
    found = Path(file).resolve()
    return str(found.resolve(strict=True) if found.exists() else found)


def read_bytes(folder: Path, path: str, limit: int, at: Location | None = None) -> bytes:
    """Give what a file holds; raises BookError as `find_file` does, and over `limit` bytes."""
    return _read(find_file(folder, path, at), path, limit, at or Location(path))


def read_text(folder: Path, path: str, limit: int, at: Location | None = None) -> str:
    r"""Give the text of a UTF-8 file without byte order mark, its lines ended by `\n`.

    Raises BookError as `read_bytes` does, and at the first byte or character that is not text.
    """
    return text_of(find_file(folder, path, at), path, limit, at)


def text_of(file: Path, path: str, limit: int, at: Location | None = None) -> str:
    """Give the text of a file that `find_file` has found, as `read_text` does."""
    content = _read(file, path, limit, at or Location(path)).removeprefix(b"\xef\xbb\xbf")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise BookError([_not_utf8(path, content, fault.start)]) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _may_be_unshowable(content) and (stray := UNSHOWABLE.search(text)):
        place = locate(path, text, stray.start())
        message = f"the character U+{ord(stray[0]):04X} cannot be shown in any edition"
        raise BookError([error(Code.FILE_NOT_TEXT, message, place, "delete it")])
    return text


def _may_be_unshowable(content: bytes) -> bool:
    """Look at bytes: most texts have none of these, and a search by letters takes far longer."""
    return NONCHARACTERS in content or len(content.translate(None, CONTROLS)) < len(content)


def _read(file: Path, path: str, limit: int, at: Location) -> bytes:
    try:
        with file.open("rb") as stream:
            # To ask for as much as there may be would take room for all of it.
            expected = min(os.fstat(stream.fileno()).st_size, limit)
            content = stream.read(expected + 1)
            if len(content) > expected:
                content += stream.read(limit - expected)
    except OSError as fault:
        reason = (fault.strerror or "unknown reason").lower()
        message = f'cannot read "{path}": {reason}'
        raise BookError([error(Code.MISSING_FILE, message, at)]) from None
    if len(content) > limit:
        message = f'"{path}" is larger than {limit:,} bytes'
        raise BookError([error(Code.FILE_TOO_LARGE, message, at)])
    return content


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
