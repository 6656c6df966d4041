"""Bind the chapters into one PDF, with tags, labels and metadata: `Typeset` -> its bytes.

The file is PDF 1.7, written by this room itself: each chapter once, in a slot that is kept, so
that after an edit only what changed is written anew. Aims at PDF/UA-1 (ISO 14289-1), and says so
in the file only where nothing is known to stand against it.
"""

from chapbook.cache import Cache
from chapbook.finish.linking import link
from chapbook.laid import Typeset
from chapbook.publication import PagedPublication


def finish_pdf(typeset: Typeset, publication: PagedPublication, cache: Cache) -> bytes:
    """Finish a PDF. The same input gives the same bytes, whatever the cache holds."""
    if not typeset.pdf:
        return link(typeset, publication, cache)
    # Imported here: this library takes longer to load than the chapters take to bind.
    from chapbook.finish.plain import finish_plain

    return finish_plain(typeset, publication)
