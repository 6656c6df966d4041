"""A Jinja2 environment for templates from strangers.

It reads nothing but the template folders, changes nothing, knows no clock and no chance, and
stops a template that would run or grow without end.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any, cast

from jinja2 import BaseLoader, StrictUndefined, TemplateNotFound, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from chapbook.compose.folders import Folders

MOST_STEPS = 500_000
MOST_CHARACTERS = 32 * 2**20
MOST_BYTES_OF_A_TEMPLATE = 2**20
PADDING = frozenset({"center", "expandtabs", "ljust", "rjust", "zfill"})
CLOCK = frozenset({"fromtimestamp", "now", "today", "utcnow"})
LEFT_OUT = ("center", "format", "indent", "pprint", "random", "urlize")


class Unknown(StrictUndefined):
    """Fails at its first use; a second line of its message names what may have been meant."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        message = super()._undefined_message
        if self._undefined_obj is missing or self._undefined_hint:
            return message
        names = public_names(self._undefined_obj)
        return f"{message}\n{nearest(str(self._undefined_name), names)}"


def public_names(thing: object) -> tuple[str, ...]:
    """Name what a template may ask of a thing."""
    if isinstance(thing, Mapping):
        return tuple(str(key) for key in thing)
    return tuple(name for name in dir(thing) if not name.startswith("_"))


def nearest(name: str, names: Iterable[str]) -> str:
    """Give the name most like another, or nothing."""
    return next(iter(get_close_matches(name, list(names), n=1, cutoff=0.6)), "")


class FolderLoader(BaseLoader):
    """Loads a template from the folders, once."""

    def __init__(self, folders: Folders) -> None:
        """Load from these folders."""
        self._folders = folders
        self._read: dict[str, tuple[str, str]] = {}

    def get_source(
        self,
        environment: Any,  # noqa: ARG002
        template: str,
    ) -> tuple[str, str, Callable[[], bool]]:
        """Give the text of a template and the name to show for it."""
        if template not in self._read:
            self._read[template] = self._source(template)
        return *self._read[template], lambda: True

    def _source(self, template: str) -> tuple[str, str]:
        found = self._folders.find(template)
        if found is None:
            raise TemplateNotFound(template)
        if found.path.stat().st_size > MOST_BYTES_OF_A_TEMPLATE:
            raise SecurityError(f"{found.shown} is larger than a template may be")
        return found.path.read_text("utf-8"), found.shown


class Sandbox(ImmutableSandboxedEnvironment):
    """Counts every turn of a loop and every call, and weighs every text that is put together."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, loader: BaseLoader) -> None:
        """Render the templates that `loader` gives."""
        super().__init__(
            loader=loader,
            autoescape=lambda name: not (name or "").endswith((".css.j2", ".css")),
            undefined=Unknown,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            cache_size=-1,
            auto_reload=False,
        )
        self.steps = 0
        self.globals.pop("lipsum")
        for name in LEFT_OUT:
            self.filters.pop(name)
        self.filters["_counted"] = self.counted
        self.filters["_weighed"] = self.weighed

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for loop in tree.find_all(nodes.For):
            loop.iter = _filtered(loop.iter, "_counted")
        for joint in list(tree.find_all(nodes.Concat)):
            joint.nodes = [_filtered(nodes.Concat(joint.nodes, lineno=joint.lineno), "_weighed")]
        return tree

    def step(self) -> None:
        """Count one step."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise SecurityError("the template takes too many steps")

    def counted(self, items: Iterable[object]) -> Iterator[object]:
        """Pass the items on, counting each."""
        for item in items:
            self.step()
            yield item

    def weighed(self, text: str) -> str:
        """Pass a text on, if it is not too long."""
        if len(text) > MOST_CHARACTERS:
            raise SecurityError("the template makes too long a text")
        return text

    def call(__self, __context: Context, __obj: Any, *args: Any, **named: Any) -> Any:  # noqa: N805
        """Count a call, then make it."""
        __self.step()
        return super().call(__context, __obj, *args, **named)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Refuse what would blow up, then reckon."""
        sizes = [len(x) for x in (left, right) if hasattr(x, "__len__")]
        factors = [x for x in (left, right) if isinstance(x, int)]
        if operator == "**" or (operator == "%" and sizes):
            raise SecurityError(f"a template may not use {operator} here")
        if operator == "*" and sizes and max(factors, default=0) * max(sizes) > MOST_CHARACTERS:
            raise SecurityError("the template makes too long a text")
        made = super().call_binop(context, operator, left, right)
        return self.weighed(made) if isinstance(made, str) else made

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Bar the clock, and padding to any length."""
        if isinstance(obj, str) and attr in PADDING:
            return False
        if isinstance(obj, date) and attr in CLOCK:
            return False
        return super().is_safe_attribute(obj, attr, value)


def _filtered(node: nodes.Node, name: str) -> nodes.Filter:
    return nodes.Filter(cast(nodes.Expr, node), name, [], [], None, None, lineno=node.lineno)
