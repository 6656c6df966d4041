"""Write the container again so that the same book is the same bytes.

https://www.w3.org/TR/epub-33/#sec-zip-container-zipreqs
"""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

EARLIEST = (1980, 1, 1, 0, 0, 0)
UNIX = 3
PLAIN_FILE = 0o100644 << 16
LEVEL = 9


def read_archive(content: bytes) -> dict[str, bytes]:
    """Give the files of a container in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_archive(files: Mapping[str, bytes | Path]) -> bytes:
    """Put files into a container in this order, each without its date; `mimetype` stays plain.

    What stands in a file of the disk is read when its turn comes; raises OSError where it can not.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.create_system = UNIX
            entry.external_attr = PLAIN_FILE
            is_plain = name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if is_plain else zipfile.ZIP_DEFLATED
            whole = content.read_bytes() if isinstance(content, Path) else content
            archive.writestr(entry, whole, compresslevel=None if is_plain else LEVEL)
    return target.getvalue()
