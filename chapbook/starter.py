"""A small book to start from."""

import re
import shutil
from pathlib import Path

from chapbook.diagnostics import BookError, Code, Diagnostic, error

FOLDER = "starter"
SETTINGS = "book.toml"


def start_book(folder: Path, templates: Path) -> tuple[str, ...]:
    """Put a small book into a folder that is empty or not there yet, and name its files.

    `templates` are the house's. Raises BookError where something stands in the folder, or nothing
    can be written there.
    """
    starter = templates / FOLDER
    names = sorted(each.relative_to(starter).as_posix() for each in starter.rglob("*.*"))
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            hint = "name a folder that is empty or not there yet"
            raise BookError([_fault(f"{folder} is in use already", hint)])
        for name in names:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(starter / name, target)
        settings = folder / SETTINGS
        text = settings.read_text("utf-8")
        title = _title(folder).replace("\\", "\\\\").replace('"', '\\"')
        settings.write_text(text.replace('"TITLE"', f'"{title}"', 1), "utf-8", newline="\n")
    except OSError as fault:
        raise BookError(
            [_fault(f"{folder}: {(fault.strerror or 'unknown reason').lower()}")]
        ) from None
    return tuple(names)


def _title(folder: Path) -> str:
    """Make a title of a folder's name: `letters-from-the-orchard` is “Letters From the Orchard”."""
    small = {
        "a",
        "an",
        "and",
        "at",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
    }
    words = re.sub(r"[\s_-]+", " ", folder.resolve().name).split()
    title = " ".join(
        word if place and word in small else word[:1].upper() + word[1:]
        for place, word in enumerate(words)
    )
    return title if title.isprintable() and title else "A New Book"


def _fault(message: str, *hints: str) -> Diagnostic:
    return error(Code.OUTPUT_FAILED, message, None, *hints)
