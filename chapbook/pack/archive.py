"""The pack as one file, and the sums that prove that nothing of it was harmed on the way."""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from datetime import date

SUMS = "SHA256SUMS"
UNDATED = date(2000, 1, 1)
# What a ZIP can say of a year (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.4.6).
FIRST_YEAR, LAST_YEAR = 1980, 2107
UNIX = 3
PLAIN_FILE = 0o100644 << 16


def with_sums(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give the files by name in order, with the list of their sums that `sha256sum -c` reads."""
    ordered = {name: files[name] for name in sorted(files)}
    lines = (f"{hashlib.sha256(content).hexdigest()}  {n}\n" for n, content in ordered.items())
    return dict(sorted({**ordered, SUMS: "".join(lines).encode()}.items()))


def zip_files(files: Mapping[str, bytes], folder: str, day: date | None) -> bytes:
    """Put files into a ZIP, all below `folder`; the same files and day give the same bytes.

    Nothing is pressed: PDF and PNG are already, and no two libraries press alike.
    """
    day = day or UNDATED
    written = (min(max(day.year, FIRST_YEAR), LAST_YEAR), day.month, day.day, 0, 0, 0)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{name}", written)
            entry.create_system = UNIX
            entry.external_attr = PLAIN_FILE
            archive.writestr(entry, files[name])
    return target.getvalue()
