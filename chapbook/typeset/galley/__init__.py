"""One chapter on its way through the layout engine; only here is WeasyPrint known, and its kin.

Loading the engine takes longer than setting a short chapter, so that the rooms around this one
go through `typeset.doors`, which open it only where something is to be laid out.
"""

import ctypes.util
import sys
from contextlib import suppress

from chapbook.typeset.galley.swap import swapped

if sys.platform == "linux":
    # The loader finds each library by one of its names. Asking other programs for those names
    # that are of other systems is half of the time that loading the engine takes.
    with suppress(OSError), swapped((ctypes.util, "find_library", lambda _name: None)):
        import weasyprint  # noqa: F401
