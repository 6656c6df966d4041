"""Headings at the foot of a page whose text begins on the next."""

from collections.abc import Iterator
from itertools import pairwise

from chapbook.diagnostics import Code
from chapbook.model import Kind, Passage
from chapbook.preflight.findings import Finding
from chapbook.preflight.proof import Proof, quoted

_TITLE = ":title"
_HINT = "keep it with its text: break-after: avoid, or shorten what stands before it"


def check_lone_headings(proof: Proof) -> Iterator[Finding]:
    """Find headings that stand on an earlier page than what follows them in their chapter.

    A chapter's title may have a page of its own.
    """
    blocks = proof.typeset.blocks
    placed = [one for one in proof.places.passages if one.block in blocks and _counts(one)]
    for heading, after in pairwise(placed):
        if heading.kind is not Kind.HEADING or heading.block.endswith(_TITLE):
            continue
        page, following = blocks[heading.block][1], blocks[after.block][0]
        if following > page and _division(heading) == _division(after):
            what = f"ends with the heading {quoted(heading.text)}, and its text is on the next page"
            yield Finding(Code.LONE_HEADING, what, page, heading.at, (_HINT,))


def _counts(passage: Passage) -> bool:
    return bool(passage.block) and passage.kind is not Kind.NOTE


def _division(passage: Passage) -> str:
    return passage.block.partition(":")[0]
