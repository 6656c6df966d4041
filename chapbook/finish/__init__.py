"""Give the PDF its tags, page labels and metadata: `Typeset` -> the bytes to publish.

The one room that knows pikepdf (https://pikepdf.readthedocs.io). Aims at PDF/UA-1
(ISO 14289-1), and says so in the file only where nothing is known to stand against it.
"""

import io

import pikepdf

from chapbook.finish.annotations import describe_links, remove_links
from chapbook.finish.labels import write_labels
from chapbook.finish.metadata import write_metadata, write_views
from chapbook.finish.paper import without_hotspots
from chapbook.finish.roles import tag_body
from chapbook.finish.tree import write_tree
from chapbook.laid import Typeset
from chapbook.publication import PagedPublication
from chapbook.settings import Edition


def finish_pdf(typeset: Typeset, publication: PagedPublication) -> bytes:
    """Finish a PDF. The same input gives the same bytes."""
    metadata, edition = publication.metadata, publication.edition
    with pikepdf.open(io.BytesIO(typeset.pdf)) as pdf:
        body = typeset.body
        if edition is Edition.PRINT:
            remove_links(pdf)
            body = without_hotspots(body)
        document = tag_body(body, metadata.language)
        write_tree(pdf, document)
        describe_links(pdf, document)
        write_labels(pdf, typeset.leaves)
        write_views(pdf, edition)
        write_metadata(pdf, metadata, is_accessible=not typeset.missing_glyphs)
        return _save(pdf)


def _save(pdf: pikepdf.Pdf) -> bytes:
    target = io.BytesIO()
    pdf.save(
        target,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        fix_metadata_version=False,
    )
    return target.getvalue()
