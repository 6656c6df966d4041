"""Reads works from CSL-JSON and CSL-YAML.

https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html; YAML as Pandoc has it
(https://pandoc.org/MANUAL.html#specifying-bibliographic-data).
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from chapbook.diagnostics import BookError, Code, Diagnostic, Location, error, warning
from chapbook.folder import locate
from chapbook.model import Work
from chapbook.read.works.dates import read_date

MOST_NODES = 500_000
NAMES = frozenset(
    [
        "author",
        "chair",
        "collection-editor",
        "compiler",
        "composer",
        "container-author",
        "contributor",
        "curator",
        "director",
        "editor",
        "editorial-director",
        "editor-translator",
        "executive-producer",
        "guest",
        "host",
        "illustrator",
        "interviewer",
        "narrator",
        "organizer",
        "original-author",
        "performer",
        "producer",
        "recipient",
        "reviewed-author",
        "script-writer",
        "series-creator",
        "translator",
    ]
)
DATES = frozenset(
    [
        "accessed",
        "available-date",
        "event-date",
        "issued",
        "original-date",
        "submitted",
        "container",
    ]
)
PARTS = frozenset(
    [
        "family",
        "given",
        "literal",
        "suffix",
        "dropping-particle",
        "non-dropping-particle",
        "comma-suffix",
        "static-ordering",
        "parse-names",
    ]
)
OUTSIDE_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\ufdd0-\ufdef]")
Item = tuple[Any, Location]


def read_csl_json(text: str, path: str) -> tuple[list[Work], list[Diagnostic]]:
    """Read a list of items; raises BookError where the file is not JSON."""
    try:
        given = json.loads(text)
    except json.JSONDecodeError as fault:
        at = Location(path, fault.lineno, fault.colno)
        raise BookError([_not_read("JSON", fault.msg.lower(), at)]) from None
    except (RecursionError, ValueError):
        raise BookError([_not_read("JSON", "too deeply nested", Location(path, 1))]) from None
    return _works(_json_items(given, text, path), Location(path, 1))


def read_csl_yaml(text: str, path: str) -> tuple[list[Work], list[Diagnostic]]:
    """Read a list of items, alone or under `references`; raises BookError where it is not YAML."""
    block = re.sub(r"\A---[ \t]*\n|^(?:---|\.\.\.)[ \t]*\n?\Z", "", text, flags=re.MULTILINE)
    skipped = text.count("\n") - block.count("\n") if text.startswith("---") else 0
    try:
        node = yaml.compose(block, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as fault:
        mark = getattr(fault, "problem_mark", None)
        at = Location(path, mark.line + 1 + skipped, mark.column + 1) if mark else Location(path, 1)
        problem = str(getattr(fault, "problem", "") or "too deeply nested")
        raise BookError([_not_read("YAML", problem, at)]) from None
    return _works(_yaml_items(node, path, min(skipped, 1)), Location(path, 1))


def _not_read(kind: str, problem: str, at: Location) -> Diagnostic:
    return error(Code.SOURCE_SYNTAX, f"the list of sources is not {kind}: {problem}", at)


def _json_items(given: Any, text: str, path: str) -> Iterator[Item]:
    items = given.get("references") if isinstance(given, dict) else given
    start = 0
    for item in items if isinstance(items, list) else [given]:
        key = item.get("id", item.get("citation-key")) if isinstance(item, dict) else None
        written = json.dumps(key, ensure_ascii=False)
        match = re.compile(rf'"(?:id|citation-key)"\s*:\s*({re.escape(written)})').search(
            text, start
        )
        at = locate(path, text, match.start(1)) if match else Location(path, 1)
        start = match.end() if match else start
        yield item, at


def _yaml_items(node: yaml.Node | None, path: str, skipped: int) -> Iterator[Item]:
    if isinstance(node, yaml.MappingNode):
        named = {key.value: value for key, value in node.value}
        node = named.get("references", node)
    left = [MOST_NODES]
    for each in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        if each is not None:
            mark = each.start_mark
            yield _plain(each, left), Location(path, mark.line + 1 + skipped, mark.column + 1)


def _plain(node: yaml.Node, left: list[int]) -> Any:
    """Give a node as JSON has it; every scalar is text. What an alias repeats counts each time."""
    left[0] -= 1
    if left[0] < 0:
        return ""
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each, left) for each in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain(value, left) for key, value in node.value}
    return str(node.value)


def _works(items: Iterator[Item], start: Location) -> tuple[list[Work], list[Diagnostic]]:
    works: list[Work] = []
    found: list[Diagnostic] = []
    for item, at in items:
        key = item.get("id", item.get("citation-key")) if isinstance(item, dict) else None
        if not isinstance(key, str | int) or isinstance(key, bool) or not str(key).strip():
            message = "an item of the list of sources has no “id”, so nothing can cite it"
            found.append(error(Code.SOURCE_SYNTAX, message, at, 'give it one: "id": "doe99"'))
            continue
        csl = _settled(item, str(key), at, found)
        works.append(Work(str(key), write_csl(csl), at))
    if not works and not found:
        found.append(warning(Code.SOURCE_SYNTAX, "the list of sources is empty", start))
    return works, found


def write_csl(csl: Mapping[str, Any]) -> str:
    """Write an item; characters that no edition can show go."""
    return OUTSIDE_XML.sub("", json.dumps(csl, ensure_ascii=False, sort_keys=True))


def _settled(item: dict[str, Any], key: str, at: Location, found: list[Diagnostic]) -> Any:
    """Give an item whose names and dates have their usual form; what has none is reported."""
    csl: dict[str, Any] = {"type": str(item.get("type") or "document")}
    for name, value in item.items():
        if name in ("id", "citation-key", "type") or value in (None, "", [], {}):
            continue
        if name in NAMES:
            settled: Any = _names(value)
        elif name in DATES:
            settled = read_date(value)
        else:
            is_plain = isinstance(value, str | int | float) and not isinstance(value, bool)
            settled = str(value) if is_plain else None
            if name in ("custom", "categories", "keyword"):
                continue
        if settled is None:
            message = f"the field “{name}” of “{key}” can not be understood, and is left out"
            found.append(warning(Code.SOURCE_SYNTAX, message, at))
        else:
            csl["title-short" if name == "shortTitle" else name] = settled
    return csl


def _names(value: Any) -> list[dict[str, str]] | None:
    given = value if isinstance(value, list) else [value]
    names = [{"literal": one} if isinstance(one, str) else one for one in given]
    if not all(isinstance(one, dict) for one in names):
        return None
    kept = [{k: str(v) for k, v in one.items() if k in PARTS and v} for one in names]
    return [one for one in kept if {"family", "given", "literal"} & one.keys()] or None
