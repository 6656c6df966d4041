"""Make the printer's file out of the finished pages: `prepare_print`.

Pages are padded, their colours converted, cut off at the bleed and given marks; where the book
asks for it the file becomes PDF/X-4 (ISO 15930-7) or PDF/X-1a:2003 (ISO 15930-4), and is read
again to prove it.
"""

import io

import pikepdf

from chapbook.diagnostics import Diagnostic, Outcome
from chapbook.prepress.padding import pad, pages_missing
from chapbook.prepress.sheets import mark_sheets
from chapbook.print_job import PrintJob

__all__ = ["pages_missing", "prepare_print"]


def prepare_print(pdf: bytes, job: PrintJob) -> Outcome[bytes]:
    """Prepare a finished PDF for the press. The same input gives the same bytes."""
    found: list[Diagnostic] = []
    with pikepdf.open(io.BytesIO(pdf)) as file:
        found += pad(file, job)
        mark_sheets(file, job)
        target = io.BytesIO()
        file.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            fix_metadata_version=False,
        )
    return Outcome(target.getvalue(), tuple(found))
