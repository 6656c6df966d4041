"""The narrowest measure of a text is the engine's, however long the text."""

import pytest
import weasyprint

from chapbook.typeset.galley.boxes import walk
from chapbook.typeset.lessons.narrow_measures import narrow_measures

SHORT = "a few words and one extraordinarily long word among them " * 12
TEXTS = [SHORT, "漢字とかなの交じる文が続く。" * 40, "pneumono" * 60, "<b>one</b> two-three " * 30]


def widths(text: str) -> list[float]:
    html = f"<style>@page{{size:200px}}td{{font:16px serif}}</style><table><tr><td>{text}<td>{text}"
    document = weasyprint.HTML(string=html).render()
    return [box.width for box in walk(document.pages[0]._page_box) if box.element_tag == "td"]


@pytest.mark.parametrize("text", TEXTS)
def test_cells_are_as_wide_as_the_engine_makes_them(text: str) -> None:
    expected = widths(text)
    with narrow_measures():
        assert widths(text) == expected
