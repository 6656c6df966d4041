"""Stage 13, `publish`: move the whole set of what was made to the output folder.

Everything is written aside first and renamed when all of it is whole, so that a build that
fails or is killed leaves the last good output as it was.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from chapbook.diagnostics import Diagnostic, diagnostic_record
from chapbook.publication import Artifact
from chapbook.settings import Edition

RECORD = "build.json"
ASIDE = ".chapbook-"


ENDINGS = {
    Edition.SCREEN: ".pdf",
    Edition.PRINT: "-print.pdf",
    Edition.EPUB: ".epub",
    Edition.BOOKLET: "-booklet.pdf",
    Edition.COVER: "-cover.pdf",
}


def describe(slug: str, edition: Edition, content: bytes, pages: int, ending: str = "") -> Artifact:
    """Give the facts of a made file that the record keeps.

    It is named after the book and its edition: `slug.pdf`, `slug-print.pdf`. What goes with that
    file has another `ending`: `slug-cover.png`.
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

    Gives name and SHA-256 of each file; one that stands there already is left alone. Raises
    OSError where the folder can not be written; `output` is then as it was.
    """
    output.mkdir(parents=True, exist_ok=True)
    _sweep(output)
    record = _record([artifact for artifact, _ in made], diagnostics, tools)
    files = [(artifact.name, content, artifact.sha256) for artifact, content in made]
    files.append((RECORD, record.encode(), _sha256(record.encode())))
    new = [file for file in files if not _stands(output / file[0], file[1])]
    with _aside(output) as folder:
        for name, content, _ in new:
            _write(folder / name, content)
        for name, _, _ in new:
            (folder / name).replace(output / name)
    return tuple((name, digest) for name, _, digest in files)


def _stands(file: Path, content: bytes) -> bool:
    with suppress(OSError):
        return file.stat().st_size == len(content) and file.read_bytes() == content
    return False


def _write(file: Path, content: bytes) -> None:
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
