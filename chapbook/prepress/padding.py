"""The number of pages, which sheets and signatures ask to be a multiple of some number."""

import pikepdf
from pikepdf import Array, Dictionary, Name

from chapbook.diagnostics import Code, Diagnostic, Location, warning
from chapbook.print_job import PrintJob
from chapbook.print_shop import Padding, Print
from chapbook.settings import Edition


def pages_missing(pages: int, settings: Print) -> int:
    """Say how many pages a book of so many lacks to be a multiple of `Print.multiple`."""
    return -pages % settings.multiple if settings.multiple > 1 else 0


def pad(file: pikepdf.Pdf, job: PrintJob) -> tuple[Diagnostic, ...]:
    """Add blank pages at the end, or only say how many are missing."""
    missing = pages_missing(len(file.pages), job.settings)
    if not missing or job.edition is Edition.COVER:
        return ()
    if job.settings.padding is Padding.WARN:
        return (_uneven(len(file.pages), missing, job),)
    for _ in range(missing):
        _add_blank(file)
    return ()


def _add_blank(file: pikepdf.Pdf) -> None:
    last = file.pages[-1]
    blank = Dictionary(
        Type=Name.Page,
        MediaBox=Array(last.mediabox.as_list()),
        TrimBox=Array(last.trimbox.as_list()),
        Resources=Dictionary(),
        Contents=file.make_stream(b""),
        Tabs=Name.S,
    )
    file.pages.append(pikepdf.Page(file.make_indirect(blank)))


def _uneven(pages: int, missing: int, job: PrintJob) -> Diagnostic:
    multiple = job.settings.multiple
    locations = job.locations
    at = locations.get("print.padding") or locations.get("print.multiple") or Location("book.toml")
    return warning(
        Code.PAGE_COUNT,
        f"the book has {pages} pages, {missing} short of a multiple of {multiple}",
        at,
        'set print.padding to "blank" or "notes", or ask the printer whether it matters',
    )
