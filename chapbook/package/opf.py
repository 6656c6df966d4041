"""What ebooklib cannot say in the package document, set right in the bytes that it wrote."""

import re
from xml.sax.saxutils import quoteattr

START = re.compile(rb"<package\b[^>]*>")
# It declares this prefix always; nothing in a book of ours uses it.
UNUSED_PREFIX = b' prefix="rendition: http://www.idpf.org/vocab/rendition/#"'


def name_language(opf: bytes, language: str, direction: str = "") -> bytes:
    """Give the package element its language, and its direction where it has one.

    Raises `ValueError` where there is not just one package element.
    """
    starts = START.findall(opf)
    if len(starts) != 1:
        raise ValueError("the package document has no package element")
    named = f"<package xml:lang={quoteattr(language)}"
    if direction:
        named += f" dir={quoteattr(direction)}"
    start = starts[0].replace(UNUSED_PREFIX, b"").replace(b"<package", named.encode(), 1)
    return opf.replace(starts[0], start, 1)
