"""Python imports this at its start where the tests ask for it: it writes down and forbids.

Every process of a build, the workers too, tells in a file of what it opened, and none can reach
the network or start a program.
"""

import os
import sys
from typing import Any

LOG = os.open(os.environ["WATCH_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
FORBIDDEN = ("socket.connect", "socket.getaddrinfo", "socket.bind", "os.system", "urllib.Request")


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and isinstance(arguments[0], str | bytes):
        os.write(LOG, b"open " + os.fsencode(arguments[0]) + b"\n")
    elif event in FORBIDDEN:
        os.write(LOG, f"forbidden {event} {arguments!r}\n".encode())
        raise PermissionError(event)


sys.addaudithook(_watch)
