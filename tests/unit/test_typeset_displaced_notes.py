"""A line that displaces the notes of its page keeps its own."""

import random
from contextlib import AbstractContextManager, nullcontext

import pypdfium2
import pytest
import weasyprint

from chapbook.typeset.lessons.carried_notes import notes_carried_on
from chapbook.typeset.lessons.displaced_notes import displaced_notes

STYLE = """
@page { size: 60mm 70mm; margin: 5mm; @footnote { margin-top: 6pt } }
p { font: 10pt/14pt serif; margin: 0; orphans: 2; widows: 2 }
.kept { break-inside: avoid }
.note { float: footnote; font: 7pt/9pt serif }
"""
FILL = "<p>Filling.</p>" * 8
LAST = '<p>one line<br>a line<span class="note">Second note.</span><br>a third<br>a fourth</p>'
DISPLACED = f'<p>Text<span class="note">First note.</span></p>{FILL}{LAST}'


def pages_of(body: str) -> list[str]:
    pdf = weasyprint.HTML(string=f"<style>{STYLE}</style>{body}").write_pdf()
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


@pytest.mark.parametrize(("lesson", "count"), [(nullcontext(), 0), (displaced_notes(), 1)])
def test_the_engine_alone_loses_the_note(lesson: AbstractContextManager[None], count: int) -> None:
    with lesson:
        pages = pages_of(DISPLACED)
    assert "".join(pages).count("Second note") == count


def test_it_comes_after_those_that_it_displaced() -> None:
    with displaced_notes(), notes_carried_on():
        first, second = pages_of(DISPLACED)
    assert "a line" in first
    assert "note" not in first
    assert 0 < second.index("First note") < second.index("Second note")


def mixture(chance: random.Random) -> tuple[str, int]:
    """Give paragraphs, some kept whole, and the number of their notes."""
    blocks, notes = [], 0
    for _ in range(20):
        words = []
        for _ in range(chance.randint(3, 40)):
            words.append("word")
            if chance.random() < 0.08:
                text = " ".join(["noted"] * chance.choice([1, 5, 15]))
                words.append(f'<span class="note">begin{notes}x {text} end{notes}x</span>')
                notes += 1
        kind = chance.choice(["", "", ' class="kept"'])
        blocks.append(f"<p{kind}>{' '.join(words)}</p>")
    return "".join(blocks), notes


@pytest.mark.parametrize("seed", [0, 8, 9])
def test_notes_are_set_once_each_and_in_order(seed: int) -> None:
    body, notes = mixture(random.Random(seed))
    with displaced_notes(), notes_carried_on():
        text = "".join(pages_of(body))
    places = [(text.index(f"begin{n}x"), text.index(f"end{n}x")) for n in range(notes)]
    assert places == sorted(places)
    assert text.count("begin") == text.count("end") == notes
