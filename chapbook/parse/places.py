"""The lines and columns of one file, and of what was put into it."""

from chapbook.spliced import Places

__all__ = ["Places"]
