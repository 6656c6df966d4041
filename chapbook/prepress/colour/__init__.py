"""Put a file's colours into the inks of the press: `convert_colours`.

Three policies: `gray`, one ink; `cmyk`, the four of an ICC output profile; `rgb`, a digital press,
where only spot colours and what came in four inks change.
"""

import pikepdf

from chapbook.diagnostics import Code, Diagnostic, error, warning
from chapbook.prepress.colour.press import FourInks, press_for
from chapbook.prepress.colour.walk import Walk
from chapbook.print_job import PrintJob

__all__ = ["convert_colours"]


def convert_colours(file: pikepdf.Pdf, job: PrintJob) -> tuple[Diagnostic, ...]:
    """Convert a file in place: every content stream and all that it calls by name.

    An error tells what could not be converted, and on which pages; a warning, where an author's
    own four inks were more than the press bears.
    """
    press = press_for(job)
    walk = Walk(file, press)
    walk.run()
    at = job.locations.get("print.colour")
    found = [
        error(
            Code.COLOUR_UNCONVERTED,
            f"{what} on {_pages(pages)} cannot be printed in {press.name}",
            at,
            "draw it in another way, or as a picture",
        )
        for what, pages in walk.trouble.items()
    ]
    if isinstance(press, FourInks) and press.heavy:
        found.append(_heavy(press, job))
    return tuple(found)


def _heavy(press: FourInks, job: PrintJob) -> Diagnostic:
    most = f"{100 * press.limit:g} %"
    return warning(
        Code.TOO_MUCH_INK,
        f"colours given in four inks lay more than {most} of ink on {_pages(press.heavy)}",
        job.locations.get("print.ink_limit") or job.locations.get("print.colour"),
        f"areas and type were brought down to {most}, CMYK pictures were left alone: see to both",
    )


def _pages(pages: dict[int, None]) -> str:
    numbers = sorted(pages)
    named = ", ".join(str(number) for number in numbers[:8])
    more = f" and {len(numbers) - 8} more" if len(numbers) > 8 else ""
    return f"page {named}" if len(numbers) == 1 else f"pages {named}{more}"
