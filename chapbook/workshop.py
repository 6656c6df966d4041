"""What a build works with: processes, and what is remembered.

Light enough to be opened before the stages are loaded, so that a process of ours can load the
layout engine meanwhile.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from chapbook.cache import Cache
from chapbook.request import Request
from chapbook.settings import Edition
from chapbook.workers import Workers

# What every worker will need; loading it once is most of what starting them costs.
LIBRARIES = ("chapbook.parse.steps",)
LAYOUT_LIBRARIES = ("chapbook.typeset.galley.chapter",)


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a build works with, and the next one too: workers, and what is remembered."""

    workers: Workers
    cache: Cache


@contextmanager
def open_workshop(request: Request) -> Iterator[Workshop]:
    """Give what builds like this one work with, and clear up after the last."""
    cache = Cache(request.cache)
    limits, jobs = request.limits, request.jobs
    libraries = LIBRARIES if request.lacks else LAYOUT_LIBRARIES
    try:
        with Workers(jobs, limits.seconds, limits.memory, request.executor, libraries) as workers:
            if jobs > 1 and not request.lacks and request.editions != (Edition.EPUB,):
                workers.warm()
            yield Workshop(workers, cache)
    finally:
        if cache.made:
            cache.prune()
