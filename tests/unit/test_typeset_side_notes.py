"""Side notes: where they stand, and that none stands upon another."""

from hypothesis import given
from hypothesis import strategies as st

from chapbook.typeset.lessons.side_notes import clear

lengths = st.floats(0, 1000, allow_nan=False)


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
