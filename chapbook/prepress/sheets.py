"""Give every page its boundaries for the press, and draw the marks around it.

What a page draws ends where its bleed does; the marks are artifacts (ISO 32000-1, 14.8.2.2).
"""

from collections.abc import Iterator, Mapping
from itertools import count

import pikepdf
from pikepdf import Array, Dictionary, Name

from chapbook.prepress.frame import MILLIMETRE, Frame, Rectangle, frame_of
from chapbook.prepress.marks import draw_marks
from chapbook.prepress.outlines import Lettering
from chapbook.prepress.slug import SlugLine
from chapbook.print_job import PrintJob
from chapbook.print_shop import Colour, PrintMark

DOT = " · "
INK = Name("/ChapbookRegistration")
HASH = 12  # digits of the hash: enough to tell any two builds apart
BEGIN = b"Q\n/Artifact<</Type/Page>>BDC\nq\n"
END = b"Q\nEMC\n"
IN_ALL_INKS = b"%b cs 1 scn %b CS 1 SCN\n" % (str(INK).encode(), str(INK).encode())


def mark_sheets(file: pikepdf.Pdf, job: PrintJob) -> None:
    """Set the boxes of all pages as the job asks; draw marks where it asks for any."""
    frames = [frame_of(_box(page.trimbox), job.settings) for page in file.pages]
    for page, frame in zip(file.pages, frames, strict=True):
        _set_boxes(page, frame)
    if job.settings.marks:
        _Marker(file, job, frames).mark()


def _box(box: Array) -> Rectangle:
    left, bottom, right, top = (float(side) for side in box.as_list())
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _set_boxes(page: pikepdf.Page, frame: Frame) -> None:
    for name in ("/ArtBox", "/CropBox"):
        if name in page:
            del page[name]
    page.MediaBox = Array(frame.media)
    page.BleedBox = Array(frame.bleed)
    page.TrimBox = Array(frame.trim)


class _Marker:
    """Draws the marks of one file: what pages have in common once."""

    def __init__(self, file: pikepdf.Pdf, job: PrintJob, frames: list[Frame]) -> None:
        self._file = file
        self._job = job
        self._frames = frames
        self._marks = job.settings.marks
        self._folds = [fold * MILLIMETRE for fold in job.folds]
        self._ink = file.make_indirect(_registration_black(file, job.settings.colour))
        self._lettering = Lettering(job.faces)
        self._facts = _facts(job) + DOT
        self._own = list(_page_facts(file))
        widest = self._facts + max(self._own, key=len, default="")
        self._slugs = {
            frame: SlugLine(self._lettering, frame, self._marks, self._folds, widest)
            for frame in set(frames)
        }

    def mark(self) -> None:
        names = self._names()
        begins = {frame: self._file.make_stream(_clip(frame)) for frame in names}
        for page, frame, own in zip(self._file.pages, self._frames, self._own, strict=True):
            drawn = page.obj.get("/Contents", Array())
            streams = drawn.as_list() if isinstance(drawn, Array) else [drawn]
            end = self._file.make_stream(self._around(frame, names[frame], own))
            page.Contents = Array([begins[frame], *streams, end])

    def _names(self) -> Mapping[Frame, Name]:
        """Let every page know the ink, and the forms of the marks by their names."""
        numbers = count(1)
        names = {f: Name(f"/ChapbookMarks{next(numbers)}") for f in dict.fromkeys(self._frames)}
        forms = {frame: self._form(frame) for frame in names}
        for page, frame in zip(self._file.pages, self._frames, strict=True):
            if "/Resources" not in page.obj:
                page.obj.Resources = page.resources
            _add(page.obj.Resources, "/XObject", names[frame], forms[frame])
            _add(page.obj.Resources, "/ColorSpace", INK, self._ink)
        return names

    def _form(self, frame: Frame) -> pikepdf.Object:
        drawn = IN_ALL_INKS + draw_marks(frame, self._marks, self._folds)
        if PrintMark.SLUG in self._marks:
            drawn += self._slugs[frame].common(self._title(), self._facts)
        form = self._file.make_stream(drawn)
        form.Type, form.Subtype = Name.XObject, Name.Form
        form.BBox = Array(frame.media)
        form.Resources = Dictionary({"/ColorSpace": Dictionary({str(INK): self._ink})})
        return form

    def _title(self) -> str:
        """Give the title, or the book's number where no face has its letters."""
        about = self._job.metadata
        can_draw = self._lettering.can_draw(about.title)
        return about.title if can_draw else about.identifier.removeprefix("urn:")

    def _around(self, frame: Frame, name: Name, own: str) -> bytes:
        """Write what ends a page: it is cut off at its bleed, and gets its marks."""
        slug = b""
        if PrintMark.SLUG in self._marks:
            slug = IN_ALL_INKS + self._slugs[frame].own(self._facts, own)
        return b"%b%b Do\n%b%b" % (BEGIN, str(name).encode(), slug, END)


def _clip(frame: Frame) -> bytes:
    left, bottom, right, top = frame.bleed
    return b"q %.4f %.4f %.4f %.4f re W n\n" % (left, bottom, right - left, top - bottom)


def _add(resources: pikepdf.Object, kind: str, name: Name, item: pikepdf.Object) -> None:
    if kind not in resources:
        resources[kind] = Dictionary()
    resources[kind][name] = item


def _registration_black(file: pikepdf.Pdf, colour: Colour) -> Array:
    """Give the ink that prints on every plate (ISO 32000-1, 8.6.6.4)."""
    is_process = colour is Colour.CMYK
    tint = Dictionary(
        FunctionType=2,
        Domain=Array([0, 1]),
        C0=Array([0, 0, 0, 0] if is_process else [1]),
        C1=Array([1, 1, 1, 1] if is_process else [0]),
        N=1,
    )
    alternate = Name.DeviceCMYK if is_process else Name.DeviceGray
    return Array([Name.Separation, Name.All, alternate, file.make_indirect(tint)])


def _facts(job: PrintJob) -> str:
    facts = (job.edition.value, job.metadata.date, job.sources[:HASH])
    return DOT.join(fact for fact in facts if fact)


def _page_facts(file: pikepdf.Pdf) -> Iterator[str]:
    """Say of each page its folio, and the which it is of how many."""
    for number, page in enumerate(file.pages, 1):
        yield f"{page.label}{DOT}{number}/{len(file.pages)}"
