"""Stage 14, `publish`: move the whole set of what was made to the output folder.

Everything is written aside first and renamed when all of it is whole, so that a build that
fails or is killed leaves the last good output as it was.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from chapbook.diagnostics import Diagnostic, diagnostic_record
from chapbook.publication import Artifact
from chapbook.settings import Edition

RECORD = "build.json"
# Lists the files of a folder that was made before, so that what others put there is kept.
SUMS = "SHA256SUMS"
ASIDE = ".chapbook-"
BEFORE = ".before"

Held = dict[str, bytes]  # the files of a folder

ENDINGS = {
    Edition.SCREEN: ".pdf",
    Edition.PRINT: "-print.pdf",
    Edition.EPUB: ".epub",
    Edition.BOOKLET: "-booklet.pdf",
    Edition.COVER: "-cover.pdf",
    Edition.PACK: "-pack.zip",
}


def describe(slug: str, edition: Edition, content: bytes, pages: int, ending: str = "") -> Artifact:
    """Give the facts of a made file that the record keeps.

    It is named after the book and its edition: `slug.pdf`, `slug-print.pdf`. What goes with that
    file has another `ending`: `slug-cover.png`. With `/` in it, it stands in a folder.
    """
    name = slug + (ending or ENDINGS[edition])
    return Artifact(edition, name, len(content), _sha256(content), pages)


def publish(
    output: Path,
    made: Sequence[tuple[Artifact, bytes]],
    diagnostics: Sequence[Diagnostic],
    tools: Mapping[str, str],
) -> tuple[tuple[str, str], ...]:
    """Put the files and the record of the build into `output`, which is made if absent.

    Gives name and SHA-256 of each file; one that stands there already is left alone. A folder of
    files is put there as a whole: what an earlier build made in it goes. Raises OSError where the
    folder can not be written; `output` is then as it was.
    """
    output.mkdir(parents=True, exist_ok=True)
    _sweep(output)
    record = _record([artifact for artifact, _ in made], diagnostics, tools)
    files = [(artifact.name, content, artifact.sha256) for artifact, content in made]
    files.append((RECORD, record.encode(), _sha256(record.encode())))
    sets = _by_folder((name, content) for name, content, _ in files)
    new = {name: held for name, held in sets.items() if not _is_there(output / name, held)}
    with _aside(output) as folder:
        for name, held in new.items():
            for inner, content in held.items():
                _write(folder / name / inner, content)
        # Folders first: they are what can not be moved where something stands in the way.
        for name in sorted(new, key=lambda name: "" in new[name]):
            _move(folder / name, output / name, folder / f"{name}{BEFORE}")
    return tuple((name, digest) for name, _, digest in files)


def _by_folder(files: Iterable[tuple[str, bytes]]) -> dict[str, Held]:
    """Put the files of a folder together; a file of no folder is itself, its inner name ''."""
    sets: dict[str, Held] = {}
    for name, content in files:
        first, _, inner = name.partition("/")
        sets.setdefault(first, {})[inner] = content
    return sets


def _is_there(place: Path, held: Held) -> bool:
    stands = all(_stands(place / inner, content) for inner, content in held.items())
    return stands and (place.is_file() or not _made_before(place) - held.keys())


def _move(new: Path, place: Path, before: Path) -> None:
    """Put a file or a whole folder in its place; what others have put into the folder stays."""
    if new.is_file() or not place.is_dir():
        new.replace(place)
        return
    own = _made_before(place)
    place.replace(before)
    try:
        new.replace(place)
    except OSError:
        before.replace(place)
        raise
    for file in sorted(before.rglob("*")):
        inner = file.relative_to(before)
        if file.is_file() and inner.as_posix() not in own and not (place / inner).exists():
            (place / inner).parent.mkdir(parents=True, exist_ok=True)
            file.replace(place / inner)


def _made_before(folder: Path) -> set[str]:
    """Name the files of a folder that an earlier build made."""
    with suppress(OSError, ValueError):
        lines = (folder / SUMS).read_text("utf-8").splitlines()
        return {SUMS, *(line.partition("  ")[2] for line in lines)}
    return set()


def _stands(file: Path, content: bytes) -> bool:
    with suppress(OSError):
        return file.stat().st_size == len(content) and file.read_bytes() == content
    return False


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


@contextmanager
def _aside(output: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=f"{ASIDE}{os.getpid()}-", dir=output))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(output: Path) -> None:
    """Remove what builds that were killed have left; a living one's folder stays."""
    for folder in output.glob(f"{ASIDE}*"):
        owner = folder.name.removeprefix(ASIDE).partition("-")[0]
        if owner.isdigit() and not _lives(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _record(
    artifacts: Sequence[Artifact], diagnostics: Sequence[Diagnostic], tools: Mapping[str, str]
) -> str:
    record: dict[str, Any] = {
        "artifacts": [asdict(artifact) for artifact in artifacts],
        "diagnostics": [diagnostic_record(found) for found in diagnostics],
        "tools": dict(sorted(tools.items())),
    }
    return json.dumps(record, indent=2, ensure_ascii=False) + "\n"


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
