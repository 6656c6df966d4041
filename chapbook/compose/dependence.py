"""What a template depends on beside its own text: the names it asks for, and other templates."""

from dataclasses import dataclass

from jinja2 import BaseLoader, Environment, TemplateError, TemplateNotFound, meta

from chapbook.cache import Cache, code_digest, digest


@dataclass(frozen=True, slots=True)
class Asked:
    """What one text asks for; `is_open` where that shows only when it runs."""

    names: frozenset[str] = frozenset()
    templates: tuple[str, ...] = ()
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Dependence:
    """The names that a template and those it leads to may ask for, and a digest of their texts."""

    names: frozenset[str]
    digest: str


class Dependences:
    """Finds the dependence of each template that an environment can load, once."""

    def __init__(self, environment: Environment, loader: BaseLoader, cache: Cache) -> None:
        """Read templates as `environment` does; what is found out is kept in `cache`."""
        self._environment = environment
        self._loader = loader
        self._cache = cache
        self._known: dict[str, Dependence | None] = {}

    def of(self, name: str) -> Dependence | None:
        """Give the dependence of a template, or None where it shows only when that runs."""
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def _find(self, name: str) -> Dependence | None:
        reached = [name]
        texts: list[tuple[str, str | None, str | None]] = []
        names: set[str] = set()
        for template in reached:  # grows while it is read
            try:
                text, shown, _ = self._loader.get_source(self._environment, template)
            except TemplateNotFound:
                texts.append((template, None, None))
                continue
            except (TemplateError, UnicodeDecodeError, OSError):
                return None
            asked = self._asked(text)
            if asked.is_open:
                return None
            texts.append((template, shown, text))
            names |= asked.names
            reached += [other for other in asked.templates if other not in reached]
        return Dependence(frozenset(names), digest(texts))

    def _asked(self, text: str) -> Asked:
        key = digest(text, code_digest())
        return self._cache.recall("template", key, lambda: self._ask(text))

    def _ask(self, text: str) -> Asked:
        try:
            tree = self._environment.parse(text)
            names = meta.find_undeclared_variables(tree)
        except TemplateError:
            return Asked(is_open=True)
        others = list(meta.find_referenced_templates(tree))
        known = tuple(other for other in others if other is not None)
        return Asked(frozenset(names), known, is_open=len(known) < len(others))
