"""Stylesheets, and the files of the template folders that they name."""

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from chapbook.compose.rendering import Renderer
from chapbook.diagnostics import BookError, Code, Diagnostic, Location, error

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)'"\s]*))\s*\)|@import\b""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """The text of a stylesheet, and the file behind each name in its addresses."""

    text: str
    resources: Mapping[str, Path] = field(default_factory=dict)


def compose_stylesheet(
    renderer: Renderer, names: Iterable[str], context: Mapping[str, object]
) -> Stylesheet:
    """Join the stylesheets of these names, those that are templates rendered.

    A name that ends in `?` may be missing. Raises `BookError` for every address in them that is
    no file of the template folders: nothing is fetched from elsewhere.
    """
    texts: list[str] = []
    resources: dict[str, Path] = {}
    found: list[Diagnostic] = []
    for wanted in names:
        name = wanted.removesuffix("?")
        if renderer.folders.find(name) is None and wanted.endswith("?"):
            continue
        text = renderer.render(name, context) if name.endswith(".j2") else _read(renderer, name)
        texts.append(text.rstrip() + "\n")
        _find_resources(renderer, name, text, resources, found)
    if found:
        raise BookError(found)
    return Stylesheet("".join(texts), resources)


def _read(renderer: Renderer, name: str) -> str:
    found = renderer.folders.find(name)
    if found is None:
        raise BookError([error(Code.TEMPLATE_ERROR, f"there is no stylesheet “{name}”")])
    try:
        return found.path.read_text("utf-8")
    except UnicodeDecodeError as fault:
        at = Location(found.shown)
        raise BookError([error(Code.TEMPLATE_ERROR, f"not UTF-8: {fault.reason}", at)]) from fault


def _find_resources(
    renderer: Renderer,
    name: str,
    text: str,
    resources: dict[str, Path],
    found: list[Diagnostic],
) -> None:
    source = renderer.folders.find(name)
    shown = source.shown if source else name
    bare = COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    for match in URL.finditer(bare):
        address = next((part for part in match.groups() if part), "")
        if address.startswith(("data:", "#")):
            continue
        line = 0 if name.endswith(".j2") else bare.count("\n", 0, match.start()) + 1
        at = Location(shown, line)
        file = _file_of(renderer, address)
        if not address:
            message = "a stylesheet may not import another: nothing is fetched"
            found.append(error(Code.TEMPLATE_ERROR, message, at))
        elif file is None:
            message = f"no file “{address}” in the template folders"
            hint = "addresses are relative to the template folder: fonts/name.ttf"
            found.append(error(Code.TEMPLATE_ERROR, message, at, hint))
        else:
            resources[_name(address)] = file


def _file_of(renderer: Renderer, address: str) -> Path | None:
    name = _name(address)
    if not name or ":" in name or posixpath.normpath(name) != name or name.startswith(("/", "..")):
        return None
    found = renderer.folders.find(name)
    return found.path if found else None


def _name(address: str) -> str:
    return unquote(address.partition("#")[0].partition("?")[0])
