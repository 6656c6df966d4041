"""Finish a file that the engine had to write by itself: it keeps its own tags.

The one file that knows pikepdf (https://pikepdf.readthedocs.io).
"""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from chapbook.finish.labels import label_ranges
from chapbook.finish.metadata import information, views, write_xmp
from chapbook.laid import Typeset
from chapbook.publication import PagedPublication
from chapbook.settings import Edition


def finish_plain(typeset: Typeset, publication: PagedPublication) -> bytes:
    """Give the engine's file labels and metadata, and take the links off paper.

    It does not claim to be PDF/UA: the engine leaves content without tags and pictures without
    words.
    """
    metadata = publication.metadata
    with pikepdf.open(io.BytesIO(typeset.pdf)) as pdf:
        if publication.edition is not Edition.SCREEN:
            _remove_links(pdf)
        _set_boxes(pdf, is_cut=publication.edition is Edition.SCREEN)
        pdf.Root.PageLabels = Dictionary(Nums=_labels(typeset))
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        for key, name in views(publication.edition, "/Outlines" in pdf.Root).items():
            pdf.Root[f"/{key}"] = Name(f"/{name}")
        stream = Stream(pdf, write_xmp(metadata, is_accessible=False).encode())
        stream.Type, stream.Subtype = Name.Metadata, Name.XML
        pdf.Root.Metadata = pdf.make_indirect(stream)
        pdf.Root.Lang = String(metadata.language)
        for key, value in information(metadata).items():
            pdf.docinfo[f"/{key}"] = String(value)
        return _save(pdf)


def _remove_links(pdf: pikepdf.Pdf) -> None:
    """Take every annotation off the pages, and out of the tags."""
    for page in pdf.pages:
        if "/Annots" in page:
            del page["/Annots"]
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.StructElem and "/K" in item:
            kids = item.K.as_list() if isinstance(item.K, Array) else [item.K]
            item.K = Array([kid for kid in kids if not _is_annotation(kid)])


def _set_boxes(pdf: pikepdf.Pdf, is_cut: bool) -> None:
    """Let a page end at its trim or at its bleed, of which the engine tells 10 points at most."""
    for page in pdf.pages:
        if is_cut:
            page.MediaBox = page.TrimBox
        page.BleedBox = page.MediaBox


def _is_annotation(kid: object) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR


def _labels(typeset: Typeset) -> Array:
    ranges = label_ranges(typeset.leaves)
    return Array([item for place, style in ranges for item in (place, _label(style))])


def _label(style: str) -> Dictionary:
    return Dictionary(S=Name(f"/{style}"))


def _save(pdf: pikepdf.Pdf) -> bytes:
    target = io.BytesIO()
    pdf.save(
        target,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        fix_metadata_version=False,
    )
    return target.getvalue()
