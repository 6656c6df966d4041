"""Write the way back from content to tags: the parent tree (ISO 32000-1, 14.7.4.4).

Its keys are the numbers of the pages, forms and links, which no two things in a file share.
"""

from collections.abc import Iterator

from chapbook.finish.numbers import Kind, Numbers
from chapbook.finish.structure import Owners, Scribe
from chapbook.finish.volume import Numbered


def write_parents(scribe: Scribe, number: Numbers) -> Iterator[Numbered]:
    """Write the branch of a chapter, and the lists that it leads to."""
    streams = {number.page(page): owned for page, owned in enumerate(scribe.pages, 1)}
    streams |= {number.part(form): owned for form, owned in scribe.forms.items()}
    leaves: dict[int, int] = {}
    for own, (key, owned) in enumerate(streams.items(), number.first(Kind.OWNERS)):
        leaves[key] = own
        yield own, _owner_list(owned)
    leaves |= {number.first(Kind.LINK) + area.link: area.owner for area in scribe.areas}
    yield number.first(Kind.PARENTS), _branch(sorted(leaves.items()))


def _branch(leaves: list[tuple[int, int]]) -> bytes:
    pairs = b" ".join([b"%d %d 0 R" % leaf for leaf in leaves])
    limits = b"/Limits[%d %d]" % (leaves[0][0], leaves[-1][0]) if leaves else b""
    return b"<<%b/Nums[%b]>>" % (limits, pairs)


def _owner_list(owners: Owners) -> bytes:
    """Write the tags that own the marked content of one stream, by its numbers."""
    marks = range(max(owners, default=-1) + 1)
    return b"[%b]" % b" ".join(
        [b"%d 0 R" % owners[mark] if mark in owners else b"null" for mark in marks]
    )
