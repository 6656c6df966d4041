#!/usr/bin/env python3
"""Starts Chapbook from a fresh checkout.

    python3 build.py                  make every book in source/
    python3 build.py ARGUMENTS        the same as `chapbook ARGUMENTS`
    python3 build.py charts           install what draws charts in Vega-Lite
    python3 build.py test             run every check of this checkout
    python3 build.py test ARGUMENTS   run pytest alone, with these arguments
    python3 build.py bench            measure it against plain WeasyPrint

The first start puts what it needs into .venv; --no-install keeps it from installing
packages of the operating system. Exit code 3 says that something is missing here.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> int:
    """Start Chapbook, or say which Python it needs, and return the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036  # an older one must be told, not crash
        found = ".".join(str(part) for part in sys.version_info[:3])
        sys.stderr.write("Chapbook needs Python 3.11 or newer; this is Python " + found + ".\n")
        return 3
    sys.path.insert(0, str(ROOT))
    from chapbook.bootstrap.launch import launch

    return launch(ROOT, sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
