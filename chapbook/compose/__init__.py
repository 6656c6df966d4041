"""Stage 6, `compose`: pour the book into the templates.

In: the `Book`. Out: for a PDF the sections of one HTML document with their stylesheet, for the
e-book every document of the package. Third-party library: Jinja2.
"""

from chapbook.compose.epub import compose_epub
from chapbook.compose.paged import compose_paged

__all__ = ["compose_epub", "compose_paged"]
