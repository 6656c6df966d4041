"""Write what matters of a PDF as text that can be read and compared."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

MILLIMETRE = 72 / 25.4
SHOWN = 8
LONGEST = 48


def pdf_facts(file: Path) -> str:
    """Give the facts of a PDF: its document, boxes, fonts, outline and the words of each page."""
    with pikepdf.open(file) as pdf:
        lines = [*_document(pdf), "", "fonts", *_fonts(pdf)]
    document = pypdfium2.PdfDocument(file)
    try:
        lines += ["", "outline", *_outline(document), "", "pages", *_pages(document)]
    finally:
        document.close()
    return "\n".join(lines) + "\n"


def _document(pdf: pikepdf.Pdf) -> Iterator[str]:
    root: Any = pdf.Root
    yield f"title: {pdf.docinfo.get('/Title', '')}"
    yield f"language: {root.get('/Lang', '')}"
    yield f"tagged: {bool(root.get('/MarkInfo', {}).get('/Marked', False))}"
    yield f"pages: {len(pdf.pages)}"
    for name in ("MediaBox", "TrimBox", "BleedBox"):
        sizes = {_box(page.get(f"/{name}")) for page in pdf.pages}
        yield f"{name}: {', '.join(sorted(sizes))}"


def _box(box: Any) -> str:
    if box is None:
        return "none"
    left, bottom, right, top = (float(side) / MILLIMETRE for side in box)
    return f"{right - left:.1f} by {top - bottom:.1f} mm at {left:.1f}, {bottom:.1f}"


def _fonts(pdf: pikepdf.Pdf) -> list[str]:
    found = set()
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
            name = str(thing.get("/FontName", "")).lstrip("/").partition("+")[2]
            embedded = any(key in thing for key in ("/FontFile", "/FontFile2", "/FontFile3"))
            found.add(f"  {name}{'' if embedded else ', not embedded'}")
    return sorted(found)


def _outline(document: pypdfium2.PdfDocument) -> Iterator[str]:
    for mark in document.get_toc():
        target = mark.get_dest()
        page = "?" if target is None else document.get_page_label(target.get_index())
        yield f"{'  ' * (mark.level + 1)}{mark.get_title()} … {page}"


def _pages(document: pypdfium2.PdfDocument) -> Iterator[str]:
    for index in range(len(document)):
        page = document[index]
        text = page.get_textpage()
        words = " ".join(text.get_text_range().split()[:SHOWN])[:LONGEST]
        text.close()
        page.close()
        yield f"  {document.get_page_label(index) or '-'}: {words}".rstrip()
