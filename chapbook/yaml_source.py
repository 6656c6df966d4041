"""Reads YAML into plain tables, together with the place of every key."""

import yaml

from chapbook.diagnostics import BookError, Code, Diagnostic, Location, error
from chapbook.toml_source import KeyPath, Places, Table

# Anchors let a small file stand for a huge one.
_MOST = 20_000


def read_yaml(text: str, path: str, first_line: int = 1) -> tuple[Table, Places]:
    """Give the table of a YAML document and the places of its keys, as `read_toml` does.

    Every scalar is a string: a title may be a year, or `no`. The document begins at `first_line`
    of the file. Raises BookError where it is not YAML, or no table.
    """
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as fault:
        raise BookError([_explain(fault, path, first_line)]) from None
    places: dict[KeyPath, Location] = {(): Location(path)}
    if node is None:
        return {}, places
    reader = _Reader(path, first_line, places)
    table = reader.read(node, ())
    if not isinstance(table, dict):
        message = "the file holds no keys and values"
        raise BookError([error(Code.CONFIG_SYNTAX, message, Location(path, first_line, 1))])
    return table, places


class _Reader:
    def __init__(self, path: str, first_line: int, places: dict[KeyPath, Location]) -> None:
        self.path, self.first_line, self.places = path, first_line, places
        self.count = 0

    def read(self, node: yaml.Node, path: KeyPath) -> object:
        self.count += 1
        if self.count > _MOST or len(path) > 20:
            message = "the file holds too much"
            raise BookError([error(Code.CONFIG_SYNTAX, message, Location(self.path))])
        if isinstance(node, yaml.MappingNode):
            return {key: value for key, value in self._pairs(node, path)}
        if isinstance(node, yaml.SequenceNode):
            return [self._item(child, (*path, str(n))) for n, child in enumerate(node.value)]
        is_plain = isinstance(node, yaml.ScalarNode) and node.style is None
        is_nothing = is_plain and node.value in ("", "~", "null")
        return "" if is_nothing else str(node.value)

    def _pairs(self, node: yaml.MappingNode, path: KeyPath) -> list[tuple[str, object]]:
        pairs = []
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
            here = (*path, name)
            self.places[here] = self._place(key.start_mark)
            pairs.append((name, self.read(value, here)))
        return pairs

    def _item(self, node: yaml.Node, path: KeyPath) -> object:
        self.places[path] = self._place(node.start_mark)
        return self.read(node, path)

    def _place(self, mark: yaml.Mark) -> Location:
        return Location(self.path, mark.line + self.first_line, mark.column + 1)


def _explain(fault: Exception, path: str, first_line: int) -> Diagnostic:
    place, problem = Location(path, first_line, 1), "the text is not YAML"
    if isinstance(fault, yaml.MarkedYAMLError) and fault.problem_mark:
        mark = fault.problem_mark
        place = Location(path, mark.line + first_line, mark.column + 1)
        problem = f"{problem}: {fault.problem}"
    hint = "put a text that has a colon or a quotation mark in it in quotation marks"
    return error(Code.CONFIG_SYNTAX, problem, place, hint)
