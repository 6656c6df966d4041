"""Reads what a chapter says of itself before its text."""

import re
from dataclasses import dataclass, field, fields

import yaml

from chapbook.diagnostics import BookError, Code, Diagnostic, Location, Severity, error
from chapbook.schema import Structurer, language_tag
from chapbook.settings import FrontMatter
from chapbook.toml_source import KeyPath, Places, Table, read_toml

# Between two rules that stand farther apart, there is a chapter.
_LONGEST = 2**16
_YAML_KEY = re.compile(r"\s*[A-Za-z][\w-]*[ \t]*:(\s|$)")
_NOTHING = ("", "~", "null", "Null", "NULL")
_TRUTH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True)
class Opening:
    """The front matter of a text, the offset after it, and what was found in it."""

    front_matter: FrontMatter = field(default_factory=FrontMatter)
    body: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()


def read_front_matter(path: str, text: str) -> Opening:
    """Read TOML between lines `+++`, or YAML between lines `---`, at the start of `text`.

    A block between `---` that is no mapping is text, for a chapter may open with a rule. Unknown
    keys are warnings: a chapter may come from a website, with keys that only the site knows.
    """
    fence = re.match(r"(\+\+\+|---)[ \t]*\n", text)
    if not fence:
        return Opening()
    closing = re.compile(rf"^{re.escape(fence[1])}[ \t]*(\n|\Z)", re.MULTILINE)
    close = closing.search(text, fence.end())
    is_toml = fence[1] == "+++"
    if not close or close.start() > _LONGEST:
        return Opening(diagnostics=(_unclosed(path),)) if is_toml else Opening()
    # From the end of the fence, so that the lines count as in the file.
    block = text[len(fence[1]) : close.start()]
    try:
        found = read_toml(block, path) if is_toml else _read_yaml(block, path)
    except BookError as fault:
        return Opening(body=close.end(), diagnostics=fault.diagnostics)
    if found is None:
        return Opening()
    front_matter, diagnostics = _structure(*found)
    return Opening(front_matter, close.end(), diagnostics)


def _structure(table: Table, places: Places) -> tuple[FrontMatter, tuple[Diagnostic, ...]]:
    authors = table.get("author")
    if isinstance(authors, list) and all(isinstance(author, str) for author in authors):
        table = {**table, "author": ", ".join(authors)}
    structurer = Structurer(places, {}, {"lang": _language}, Severity.WARNING)
    front_matter = structurer.table(FrontMatter, table)
    return front_matter, tuple(structurer.findings)


def _language(tag: str) -> str:
    return language_tag(tag) if tag else ""


def _unclosed(path: str) -> Diagnostic:
    hint = "end it with a line +++"
    return error(Code.CONFIG_SYNTAX, "the front matter is not closed", Location(path, 1, 1), hint)


def _read_yaml(block: str, path: str) -> tuple[Table, Places] | None:
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
