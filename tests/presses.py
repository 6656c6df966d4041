"""A press for the tests: it works in this process and remembers nothing."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from chapbook.cache import Cache
from chapbook.diagnostics import Outcome
from chapbook.finish import finish_pdf
from chapbook.laid import Typeset
from chapbook.publication import PagedPublication
from chapbook.typeset import typeset
from chapbook.workers import Fallen, Workers

T = TypeVar("T")
R = TypeVar("R")


class InPlace(Workers):
    """Workers that are this process alone."""

    def __init__(self, seconds: float = 300) -> None:
        super().__init__(jobs=1, seconds=seconds)

    def each(
        self,
        task: Callable[[T], R],
        items: Sequence[T],
        in_place: bool = True,  # noqa: ARG002
        keep: Callable[[T, R], None] | None = None,
        meanwhile: Callable[[], None] | None = None,
    ) -> list[R | Fallen]:
        return super().each(task, items, True, keep, meanwhile)


def press(publication: PagedPublication) -> Outcome[Typeset]:
    """Lay a publication out."""
    return typeset(publication, InPlace(), Cache(None))


def print_pdf(publication: PagedPublication) -> bytes:
    """Lay a publication out and write its PDF."""
    return finish_pdf(press(publication).value, publication, Cache(None))
