"""`python -m chapbook` is the `chapbook` command."""

import atexit
import os
import sys
from typing import NoReturn

from chapbook.cli import main


def run() -> NoReturn:
    """Run one command and leave at once, with its exit status.

    Taking apart what Python has loaded takes longer than what is left to do for most saves.
    """
    status = main()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    run()
