"""Side notes: where they stand, and that none stands upon another."""

import pypdfium2
import weasyprint
from hypothesis import given
from hypothesis import strategies as st

from chapbook.typeset.lessons.side_notes import clear, notes_beside

STYLE = """
@page { size: 150mm 100mm; margin: 10mm 10mm }
@page :right { margin-right: 60mm }
@page :left { margin-left: 60mm }
body, p { font: 10pt/14pt serif; margin: 0 }
section { break-before: page }
.sidenote { position: absolute; left: 85mm; width: 40mm; font: 8pt/10pt serif }
"""
POINTS = 72 / 25.4
lengths = st.floats(0, 1000, allow_nan=False)


def boxes_of(*pages: list[str]) -> list[list[tuple[float, float, float, float]]]:
    """Set notes, each page's in one line of text; give the rectangle of each, in points."""
    body = "".join(
        "<section><p>Text"
        + "".join(f'<span class="sidenote">note{n} {words}</span>' for n, words in enumerate(notes))
        + "</p></section>"
        for notes in pages
    )
    with notes_beside():
        pdf = weasyprint.HTML(string=f"<style>{STYLE}</style>{body}").write_pdf()
    return [
        [_box_of(page.get_textpage(), f"note{n}") for n in range(len(notes))]
        for page, notes in zip(pypdfium2.PdfDocument(pdf), pages, strict=True)
    ]


def _box_of(text: pypdfium2.PdfTextPage, word: str) -> tuple[float, float, float, float]:
    start, count = text.search(word).get_next()
    boxes = [text.get_charbox(start + n) for n in range(count)]
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)


def test_side_notes_stand_in_the_outer_margin_of_either_page() -> None:
    (right,), (left,) = boxes_of(["a"], ["a"])
    assert right[0] > 90 * POINTS
    assert left[2] < 60 * POINTS
    assert right[1] == left[1]


def test_side_notes_of_one_line_stand_below_each_other() -> None:
    ((one, two, three),) = boxes_of(["words " * 20, "words " * 20, "words"])
    assert one[0] == two[0] == three[0]
    assert one[1] > two[3] + 20
    assert two[1] > three[3] + 20


def test_side_notes_near_the_foot_move_up_to_stay_on_the_page() -> None:
    ((first, second),) = boxes_of(["words " * 60, "words " * 60])
    assert second[1] > 10 * POINTS
    assert first[3] <= 90 * POINTS + 1


@given(st.lists(st.tuples(lengths, st.floats(1, 200)), max_size=12), st.floats(0, 20))
def test_no_side_note_stands_upon_another(boxes: list[tuple[float, float]], gap: float) -> None:
    boxes = sorted(boxes)
    wished, heights = [y for y, _ in boxes], [h for _, h in boxes]
    places = clear(wished, heights, gap, 0, 1000)
    ends = [place + height for place, height in zip(places, heights, strict=True)]
    assert all(b >= a + gap - 1e-6 for a, b in zip(ends, places[1:], strict=False))
    assert all(place >= -1e-6 for place in places)
    room = sum(heights) + gap * max(len(boxes) - 1, 0)
    assert room > 1000 or all(end <= 1000 + 1e-6 for end in ends)


@given(st.lists(st.integers(0, 9), unique=True, max_size=10))
def test_side_notes_that_are_clear_of_each_other_stay_at_their_calls(rows: list[int]) -> None:
    wished = [row * 100.0 for row in sorted(rows)]
    assert clear(wished, [90.0] * len(wished), 10.0, 0, 1000) == wished
