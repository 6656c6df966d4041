"""Reads what a chapter says of itself before its text."""

import re
from dataclasses import dataclass, field

from chapbook.diagnostics import BookError, Code, Diagnostic, Location, Severity, error
from chapbook.schema import Structurer, language_tag
from chapbook.settings import FrontMatter
from chapbook.toml_source import Places, Table, read_toml

# Between two rules that stand farther apart, there is a chapter.
_LONGEST = 2**16


@dataclass(frozen=True, slots=True)
class Opening:
    """The front matter of a text, the offset after it, and what was found in it."""

    front_matter: FrontMatter = field(default_factory=FrontMatter)
    body: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()


def read_front_matter(path: str, text: str) -> Opening:
    """Read TOML between lines `+++`, or YAML between lines `---`, at the start of `text`.

    YAML may also end at a line `...`.
    A block between `---` that is no mapping is text, for a chapter may open with a rule. Unknown
    keys are warnings: a chapter may come from a website, with keys that only the site knows.
    """
    fence = re.match(r"(\+\+\+|---)[ \t]*\n", text)
    if not fence:
        return Opening()
    is_toml = fence[1] == "+++"
    end = r"\+\+\+" if is_toml else r"(?:---|\.\.\.)"
    close = re.compile(rf"^{end}[ \t]*(\n|\Z)", re.MULTILINE).search(text, fence.end())
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
    # Imported here: few books have any.
    from chapbook.read.yaml_block import read_yaml

    return read_yaml(block, path)
