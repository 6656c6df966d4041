"""What the layout engine is taught before it sets a book, in one."""

from collections.abc import Iterator
from contextlib import contextmanager

from chapbook.typeset.lessons.carried_notes import notes_carried_on
from chapbook.typeset.lessons.continued_entries import heads_repeated
from chapbook.typeset.lessons.displaced_notes import displaced_notes
from chapbook.typeset.lessons.drawings import drawings_in_text_colour
from chapbook.typeset.lessons.grid import lines_on_a_grid
from chapbook.typeset.lessons.ideographs import signs_apart
from chapbook.typeset.lessons.line_ends import full_lines
from chapbook.typeset.lessons.narrow_measures import narrow_measures
from chapbook.typeset.lessons.ranges import whole_ranges
from chapbook.typeset.lessons.side_notes import notes_beside


@contextmanager
def taught_engine() -> Iterator[None]:
    """While the block runs, lay out and draw by the house's rules of setting."""
    with (
        lines_on_a_grid(),
        signs_apart(),
        full_lines(),
        whole_ranges(),
        displaced_notes(),
        notes_carried_on(),
        narrow_measures(),
        drawings_in_text_colour(),
        notes_beside(),
        heads_repeated(),
    ):
        yield
