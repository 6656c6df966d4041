"""What a print shop is handed: pictures of the pages, the inks measured, the facts, all in one ZIP.

Knows pdfium, pikepdf and Pillow, and none of the stages. What is made of it by templates is
composed and laid out by them.
"""

from chapbook.pack.archive import with_sums, zip_files
from chapbook.pack.coverage import InkUse
from chapbook.pack.names import PackNames
from chapbook.pack.proofs import Proofs, draw_proofs, measure_cover
from chapbook.pack.reading import PrintFile, read_print_file
from chapbook.pack.sheet import SpecSheet, write_text
from chapbook.pack.specification import Made, specify
from chapbook.pack.spreads import draw_sheet

__all__ = [
    "InkUse",
    "Made",
    "PackNames",
    "PrintFile",
    "Proofs",
    "SpecSheet",
    "draw_proofs",
    "draw_sheet",
    "measure_cover",
    "read_print_file",
    "specify",
    "with_sums",
    "write_text",
    "zip_files",
]
