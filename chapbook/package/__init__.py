"""Stage 11, `package`: put the e-book together.

In: an `EpubPublication`, every document of it finished. Out: the bytes of the EPUB file.
Third-party library: ebooklib, as the model of the package and for its manifest, spine and
metadata; it is never given a document of ours.
"""

from chapbook.package.onix import list_details
from chapbook.publication import EpubPublication

__all__ = ["list_details", "package_epub"]


def package_epub(publication: EpubPublication) -> bytes:
    """Give the EPUB file (https://www.w3.org/TR/epub-33/); the same publication, the same bytes.

    Raises `BookError` where a file cannot be read, two files or items have one name, or ebooklib
    complains of anything at all.
    """
    # Imported here: whoever makes no e-book needs none of it.
    from chapbook.package.book import make_package

    return make_package(publication)
