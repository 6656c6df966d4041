"""Have a finished e-book assayed by the validators of others, where the machine has them.

EPUBCheck (https://www.w3.org/publishing/epubcheck/) says whether a shop will take it, Ace by DAISY
(https://daisy.github.io/ace/) whether everyone can read it. Both run as programs of their own,
with a time limit and without the network. What they object to becomes a diagnostic at the line of
the author's file that it comes from.
"""

import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from io import BytesIO

from chapbook.assay.ace import ACE
from chapbook.assay.epubcheck import EPUBCHECK
from chapbook.assay.objection import Objection
from chapbook.assay.telling import tell
from chapbook.assay.tool import Lacking, Tool, UnreportedError
from chapbook.cache import Cache, digest
from chapbook.diagnostics import Code, Diagnostic, warning
from chapbook.model import Passage
from chapbook.provenance import Provenance

__all__ = ["Assay", "assay_epub"]

VALIDATORS = (EPUBCHECK, ACE)


@dataclass(frozen=True, slots=True)
class Assay:
    """What the validators object to; and a line for each that this machine lacks."""

    diagnostics: tuple[Diagnostic, ...] = ()
    remarks: tuple[str, ...] = ()


def assay_epub(epub: bytes, passages: Sequence[Passage], cache: Cache) -> Assay:
    """Run every validator that there is on an e-book whose own proofs found no fault.

    `passages` are those the e-book shows. An e-book that was assayed before is not again.
    """
    found = [validator.find() for validator in VALIDATORS]
    tools = [tool for tool in found if isinstance(tool, Tool)]
    with ThreadPoolExecutor(len(VALIDATORS)) as pool:
        verdicts = list(pool.map(partial(_verdict, epub, cache), tools))
    with zipfile.ZipFile(BytesIO(epub)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    provenance = Provenance(files, passages)
    diagnostics = [
        diagnostic
        for tool, verdict in zip(tools, verdicts, strict=True)
        for diagnostic in _told(tool, verdict, provenance)
    ]
    remarks = [lacking.remark for lacking in found if isinstance(lacking, Lacking)]
    return Assay(tuple(diagnostics), tuple(remark for remark in remarks if remark))


def _verdict(epub: bytes, cache: Cache, tool: Tool) -> tuple[Objection, ...] | UnreportedError:
    key = digest(tool.mark, hashlib.sha256(epub).hexdigest())
    known: tuple[Objection, ...] | None = cache.get("assay", key)
    if known is not None:
        return known
    try:
        verdict = tool.validator.judge(tool, epub)
    except UnreportedError as fault:
        return fault
    cache.put("assay", key, verdict)
    return verdict


def _told(
    tool: Tool, verdict: tuple[Objection, ...] | UnreportedError, provenance: Provenance
) -> Iterator[Diagnostic]:
    name = tool.validator.name
    if isinstance(verdict, UnreportedError):
        message = f"{name} {verdict.what}, so the e-book was not checked by it"
        yield warning(Code.EPUB_UNCHECKED, message, None, *verdict.hints)
    else:
        yield from tell(name, tool.validator.code, verdict, provenance)
