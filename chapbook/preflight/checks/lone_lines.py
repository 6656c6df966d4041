"""The last line of a paragraph alone at the head of a page, or its first alone at the foot."""

from collections.abc import Iterator, Sequence

from chapbook.diagnostics import Code
from chapbook.model import Passage
from chapbook.preflight.findings import Finding, worst
from chapbook.preflight.lines import Line, letters_of
from chapbook.preflight.proof import Proof, quoted

_FEWEST = 4  # letters that tell a line
_FULL = 0.6  # of the longest line of the page
_HINT = "shorten or lengthen this paragraph, or one before it, by a few words"


def check_lone_lines(proof: Proof) -> list[Finding]:
    """Find widows and orphans: the lines of paragraphs that run on to another page."""
    return worst(_lone(proof))


def _lone(proof: Proof) -> Iterator[Finding]:
    for block, passage in proof.places.paragraphs.items():
        first, last = proof.typeset.blocks.get(block, (0, 0))
        if not 0 < first < last:
            continue
        letters = letters_of(passage.text)
        if orphan := _first_alone(proof.lines.get(first, ()), letters):
            yield _finding(passage, first, "ends with the first line of a paragraph", orphan)
        if widow := _last_alone(proof.lines.get(last, ()), letters):
            yield _finding(passage, last, "begins with the last line of a paragraph", widow)


def _first_alone(lines: Sequence[Line], letters: str) -> Line | None:
    """Give the line that begins a paragraph, where no other line of it stands on the page.

    Such a line is full; what only has the same words, a heading, seldom is.
    """
    full = _FULL * max((line.box[2] - line.box[0] for line in lines), default=0.0)
    for number, line in enumerate(lines):
        own = line.letters
        is_full = line.box[2] - line.box[0] >= full and len(own) >= _FEWEST
        if is_full and letters.startswith(own) and len(own) < len(letters):
            rest = letters[len(own) :]
            goes_on = any(_begins(rest, one.letters) for one in lines[number + 1 :])
            return None if goes_on else line
    return None


def _last_alone(lines: Sequence[Line], letters: str) -> Line | None:
    """Give the line at the head that ends a paragraph, where it is the only one of it there."""
    head = max(lines, key=lambda line: line.box[3], default=None)
    if head is None:
        return None
    own = head.letters
    is_last = len(own) >= _FEWEST and letters.endswith(own) and len(own) < len(letters)
    return head if is_last else None


def _begins(rest: str, own: str) -> bool:
    return bool(own) and (rest.startswith(own) or own.startswith(rest))


def _finding(passage: Passage, page: int, does: str, line: Line) -> Finding:
    what = f"{does}: {quoted(line.text)}"
    # A short last line is the worse: it leaves a page that begins with a hole.
    weight = 1 / max(line.box[2] - line.box[0], 1)
    return Finding(Code.LONE_LINE, what, page, passage.at, (_HINT,), weight=weight)
