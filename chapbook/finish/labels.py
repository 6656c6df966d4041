"""Label the pages of the PDF as they are numbered in print (ISO 32000-1, 12.4.2)."""

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name

from chapbook.laid import Leaf


def write_labels(pdf: pikepdf.Pdf, leaves: Sequence[Leaf]) -> None:
    """Write the page labels: one range for each run of one kind of numeral."""
    numbers = Array()
    style: Name | None = None
    for place, leaf in enumerate(leaves):
        now = Name.D if leaf.label.isdigit() else Name.r
        if now != style:
            numbers.append(place)
            numbers.append(Dictionary(S=now))
        style = now
    pdf.Root.PageLabels = Dictionary(Nums=numbers)
