"""`python -m chapbook` is the `chapbook` command."""

import sys

from chapbook.cli import main

if __name__ == "__main__":
    sys.exit(main())
