"""Make the printer's file out of the finished pages: `prepare_print`.

Pages are padded, their colours converted, cut off at the bleed and given marks; where the book
asks for it the file becomes PDF/X-4 (ISO 15930-7) or PDF/X-1a:2003 (ISO 15930-4), and is read
again to prove it.
"""

import io

import pikepdf

from chapbook.diagnostics import BookError, Diagnostic, Outcome
from chapbook.prepress.colour import convert_colours
from chapbook.prepress.conformity import VERSIONS, conform, refuse, report
from chapbook.prepress.padding import pad, pages_missing
from chapbook.prepress.sheets import mark_sheets
from chapbook.prepress.standard import check_standard
from chapbook.prepress.stillness import still
from chapbook.print_job import PrintJob
from chapbook.print_shop import Standard

__all__ = ["pages_missing", "prepare_print"]


def prepare_print(pdf: bytes, job: PrintJob) -> Outcome[bytes]:
    """Prepare a finished PDF for the press. The same input gives the same bytes.

    Raises `BookError` where the settings contradict each other. What the file has that its
    standard forbids is an error in the outcome.
    """
    if faults := refuse(job):
        raise BookError(faults)
    standard = job.settings.standard
    with pikepdf.open(io.BytesIO(pdf)) as file:
        found = [*pad(file, job)]
        if standard is not Standard.NONE:
            still(file)
        found += convert_colours(file, job)
        mark_sheets(file, job)
        found += conform(file, job)
        prepared = _written(file, standard)
    if standard is not Standard.NONE and not _has_errors(found):
        found += report(check_standard(prepared, standard), job)
    return Outcome(prepared, tuple(found))


def _has_errors(found: list[Diagnostic]) -> bool:
    return any(finding.is_error for finding in found)


def _written(file: pikepdf.Pdf, standard: Standard) -> bytes:
    """Give the bytes; PDF 1.4 has neither object streams nor a table in a stream."""
    modes = pikepdf.ObjectStreamMode
    target = io.BytesIO()
    file.save(
        target,
        deterministic_id=True,
        object_stream_mode=modes.disable if standard is Standard.X1A else modes.generate,
        force_version=VERSIONS[standard],
        fix_metadata_version=False,
    )
    return target.getvalue()
