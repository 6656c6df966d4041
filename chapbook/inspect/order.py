"""Say which stretches stand before what they should follow."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from chapbook.inspect.stretches import Stretch
from chapbook.model import Kind

_FLOWING = {Kind.HEADING, Kind.TEXT, Kind.CODE}


def out_of_order(stretches: Sequence[Stretch], within_sheets: bool) -> list[Stretch]:
    """Give the fewest stretches whose leaving would bring the others into order.

    Notes, captions and cells may stand where the page has room, so they do not count, nor does
    what the book says twice. On a page what floats is drawn first; unless `within_sheets`, only
    what stands on another sheet than its neighbours is out of order.
    """
    times = Counter(s.letters for s in stretches)
    flow = [
        s
        for s in stretches
        if s.kind in _FLOWING and s.is_sure and s.is_found and times[s.letters] == 1
    ]
    places = [(s.runs[0].sheet, s.runs[0].start) for s in flow]
    kept = _longest_rise(places)
    found = []
    before = after = 0
    for index, stretch in enumerate(flow):
        if index in kept:
            before = places[index][0]
            continue
        after = next((places[n][0] for n in range(index, len(flow)) if n in kept), places[-1][0])
        if within_sheets or not before <= places[index][0] <= after:
            found.append(stretch)
    return found


def _longest_rise(places: Sequence[tuple[int, int]]) -> set[int]:
    """Give the members of the longest rising subsequence, by patience sorting."""
    tops: list[tuple[int, int]] = []
    members: list[int] = []
    under: list[int] = []
    for index, place in enumerate(places):
        pile = bisect_left(tops, place)
        under.append(members[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(place)
            members.append(index)
        else:
            tops[pile] = place
            members[pile] = index
    kept = set()
    at = members[-1] if members else -1
    while at >= 0:
        kept.add(at)
        at = under[at]
    return kept
