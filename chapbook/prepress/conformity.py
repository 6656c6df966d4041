"""Turn a prepared file into PDF/X, or say why it can not be."""

from collections.abc import Iterator

import pikepdf
from pikepdf import Name

from chapbook.diagnostics import Code, Diagnostic, Location, error
from chapbook.prepress.identity import identify
from chapbook.prepress.intent import Condition, add_intent, condition_of
from chapbook.prepress.names import tidy
from chapbook.prepress.standard import Breach
from chapbook.prepress.transparency import blend_in, find_blends, flatten
from chapbook.prepress.working_space import name_working_space
from chapbook.print_job import PrintJob
from chapbook.print_shop import Colour, Standard

VERSIONS = {Standard.NONE: "", Standard.X4: "1.6", Standard.X1A: "1.4"}
BLENDING = {Colour.GRAY: Name.DeviceGray, Colour.CMYK: Name.DeviceCMYK}


def refuse(job: PrintJob) -> tuple[Diagnostic, ...]:
    """Say why no file of this standard can be made of the job, whatever the book."""
    standard, settings = job.settings.standard, job.settings
    if standard is Standard.NONE:
        return ()
    condition = condition_of(job)
    found = []
    if standard is Standard.X1A and settings.colour is Colour.RGB:
        message = "PDF/X-1a knows inks alone, and print.colour is rgb"
        found.append(_at(job, message, "set print.colour to “cmyk” or “gray”, or take X-4"))
    if condition is None:
        message = "the profile is not that of a press, which PDF/X asks for"
        found.append(_at(job, message, "ask the printer for the output profile of the paper"))
    elif condition.components == 3 and settings.colour is not Colour.RGB:
        message = f"the profile is for RGB, and print.colour is {settings.colour}"
        found.append(_at(job, message, "ask the printer for a profile of inks"))
    elif condition.components == 1 and settings.colour is Colour.CMYK:
        message = "the profile is for one ink, and print.colour is cmyk"
        found.append(_at(job, message, "set print.colour to “gray”, or take another profile"))
    return tuple(found)


def conform(file: pikepdf.Pdf, job: PrintJob) -> tuple[Diagnostic, ...]:
    """Make of a file, in place, what its standard asks for; give what stands against it."""
    condition = condition_of(job)
    if job.settings.standard is Standard.NONE or condition is None:
        return ()
    tidy(file)
    flatten(file)
    add_intent(file, condition)
    identify(file, job)
    if job.settings.standard is Standard.X1A:
        return tuple(_blends(file, job))
    blend_in(file, _blending(file, job, condition))
    return ()


def _blending(file: pikepdf.Pdf, job: PrintJob, condition: Condition) -> pikepdf.Object:
    """Give the space that transparency is blended in, and let every RGB mean sRGB."""
    if job.settings.colour is not Colour.RGB:
        return BLENDING[job.settings.colour]
    if condition.components == 3:
        return Name.DeviceRGB
    return name_working_space(file)


def _blends(file: pikepdf.Pdf, job: PrintJob) -> Iterator[Diagnostic]:
    for blend in find_blends(file):
        page = file.pages[blend.page - 1]
        yield error(
            Code.PRINT_TRANSPARENCY,
            f"page {page.label} ({blend.page} of the file): {blend.what}; PDF/X-1a has no such",
            _location(job),
            "give the picture a white ground or the colour no alpha, or set print.standard to X-4",
        )


def report(breaches: tuple[Breach, ...], job: PrintJob) -> Iterator[Diagnostic]:
    """Say which rules of the standard the finished file breaks."""
    for breach in breaches:
        message = f"{breach.message} (rule {breach.rule} of {breach.clause})"
        yield _at(job, message, "set print.standard to “none”, or change what the message names")


def _at(job: PrintJob, message: str, hint: str) -> Diagnostic:
    return error(Code.PRINT_STANDARD, message, _location(job), hint)


def _location(job: PrintJob) -> Location:
    return job.locations.get("print.standard") or Location("book.toml")
