"""Remembers what templates have made, by all that it was made of."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from chapbook.cache import Cache, code_digest, digest
from chapbook.compose.rendering import Renderer

T = TypeVar("T")


class Recall:
    """Makes anew only what templates would now make otherwise.

    `context` holds what every template may name; `deciding`, for those of its names that are
    functions, what decides on all that they give.
    """

    def __init__(
        self,
        cache: Cache | None,
        renderer: Renderer,
        context: Mapping[str, object],
        deciding: Mapping[str, object],
    ) -> None:
        """Remember in `cache`; nothing is remembered where there is none."""
        self._cache = cache
        self._renderer = renderer
        self._values = {**context, **deciding}
        self._digests: dict[str, str] = {}

    def recall(
        self,
        templates: tuple[str, ...],
        named: Mapping[str, object],
        others: tuple[object, ...],
        make: Callable[[], T],
    ) -> T:
        """Give what `make` gives; it may be of an earlier time.

        It is made by these templates, of the context and of what is `named` in it for this time,
        as far as they ask for it, and of the `others`, come what may.
        """
        if self._cache is None:
            return make()
        asked: set[str] = set()
        texts = []
        for template in templates:
            dependence = self._renderer.dependence(template)
            if dependence is None:
                return make()
            asked |= dependence.names
            texts.append((template, dependence.digest))
        shared = [(name, self._digest(name)) for name in sorted(asked & self._values.keys())]
        own = [(name, named[name]) for name in sorted(asked & named.keys())]
        key = digest(code_digest(), texts, shared, own, others)
        return self._cache.recall("composed", key, make)

    def _digest(self, name: str) -> str:
        if name not in self._digests:
            self._digests[name] = digest(self._values[name])
        return self._digests[name]
