"""Reads a mapping that is written in YAML, with the place of each key."""

import re
from dataclasses import fields

import yaml

from chapbook.diagnostics import BookError, Code, Diagnostic, Location, error
from chapbook.settings import FrontMatter
from chapbook.toml_source import KeyPath, Places, Table

_YAML_KEY = re.compile(r"\s*[A-Za-z][\w-]*[ \t]*:(\s|$)")
_NOTHING = ("", "~", "null", "Null", "NULL")
_TRUTH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def read_yaml(block: str, path: str) -> tuple[Table, Places] | None:
    """Give the mapping of a block, None where it is text; raises BookError."""
    try:
        # Every scalar is a string to this loader: a title may be a year, or `no`.
        node = yaml.compose(block, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as fault:
        if not _YAML_KEY.match(block):
            return None
        raise BookError([_explain(fault, path)]) from None
    if node is None:
        return {}, {}
    return _mapping(node, path) if isinstance(node, yaml.MappingNode) else None


def _mapping(node: yaml.MappingNode, path: str) -> tuple[Table, Places]:
    booleans = {each.name for each in fields(FrontMatter) if each.type is bool}
    table: dict[str, object] = {}
    places: dict[KeyPath, Location] = {(): Location(path, 1, 1)}
    for key, value in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
        place = _place(path, key.start_mark)
        if name in table:
            message = f'the key "{name}" stands twice'
            raise BookError([error(Code.CONFIG_SYNTAX, message, place)])
        places[(name,)] = place
        table[name] = _plain(value, name in booleans)
    return table, places


def _plain(node: yaml.Node, is_boolean: bool = False) -> object:
    """Give a scalar as text or truth, a sequence as a list, anything else as an empty table."""
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) if isinstance(each, yaml.ScalarNode) else {} for each in node.value]
    if not isinstance(node, yaml.ScalarNode):
        return {}
    text = str(node.value)
    if node.style is None and text in _NOTHING:
        return True if is_boolean else ""
    return _TRUTH.get(text.casefold(), text) if is_boolean else text


def _place(path: str, mark: yaml.Mark) -> Location:
    return Location(path, mark.line + 1, mark.column + 1)


def _explain(fault: Exception, path: str) -> Diagnostic:
    place, problem = Location(path, 1, 1), "the front matter is not YAML"
    if isinstance(fault, yaml.MarkedYAMLError) and fault.problem_mark:
        place, problem = _place(path, fault.problem_mark), f"{problem}: {fault.problem}"
    hint = "put a text that has a colon or a quotation mark in it in quotation marks"
    return error(Code.CONFIG_SYNTAX, problem, place, hint)
