"""Put something else in the place of a part of the engine, for a while."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def swapped(*changes: tuple[object, str, object]) -> Iterator[None]:
    """While the block runs, let each (owner, name, value) be so; then as before."""
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in changes]
    for owner, name, value in changes:
        setattr(owner, name, value)
    try:
        yield
    finally:
        for owner, name, value in before:
            setattr(owner, name, value)
