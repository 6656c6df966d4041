"""Pour a context into a template; say what is wrong with a template at its path and line."""

import re
from collections.abc import Mapping
from types import TracebackType

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.exceptions import SecurityError
from markupsafe import Markup

from chapbook.cache import Cache, code_digest, digest
from chapbook.compose.dependence import Dependence, Dependences
from chapbook.compose.folders import Folders
from chapbook.compose.sandbox import MOST_CHARACTERS, FolderLoader, Sandbox, nearest
from chapbook.diagnostics import BookError, Code, Diagnostic, Location, error


class Renderer:
    """Renders templates by name.

    Beyond Jinja2's own, templates have the filters `paragraphs` (a text cut at its blank lines)
    and `css_string` (a text as a quoted string of CSS).
    """

    def __init__(self, folders: Folders, cache: Cache | None = None) -> None:
        """Take the templates from these folders; keep them in `cache` as they are compiled."""
        self.folders = folders
        cache = cache or Cache(None)
        loader = FolderLoader(folders)
        self._sandbox = Sandbox(loader)
        self._sandbox.bytecode_cache = _Compiled(cache)
        self._dependences = Dependences(self._sandbox, loader, cache)
        self._sandbox.filters["paragraphs"] = paragraphs
        self._sandbox.filters["css_string"] = css_string

    def dependence(self, name: str) -> Dependence | None:
        """Give what a template depends on, or None where that shows only when it runs."""
        return self._dependences.of(name)

    def render(self, name: str, context: Mapping[str, object]) -> str:
        """Render one template; raises `BookError` with the one fault that stopped it."""
        self._sandbox.steps = 0
        try:
            pieces, size = [], 0
            for piece in self._sandbox.get_template(name).generate(context):
                pieces.append(piece)
                size += len(piece)
                if size > MOST_CHARACTERS:
                    raise SecurityError("the template makes too long a text")
        except Exception as fault:
            # A template can raise anything that its expressions can.
            raise BookError([self._explain(fault, name, context)]) from fault
        return "".join(pieces)

    def _explain(self, fault: Exception, name: str, context: Mapping[str, object]) -> Diagnostic:
        if isinstance(fault, TemplateSyntaxError):
            at = Location(fault.filename or name, fault.lineno)
            return error(Code.TEMPLATE_ERROR, _lower(fault.message or "syntax error"), at)
        at = _place(fault.__traceback__) or Location(self._shown(name))
        if isinstance(fault, TemplateNotFound):
            wanted = str(fault.name)
            near = nearest(wanted, self.folders.names("**/*.j2"))
            return _with_hint(f"there is no template “{wanted}”", at, near)
        if isinstance(fault, UndefinedError):
            message, _, near = str(fault).partition("\n")
            return _with_hint(_lower(message), at, near or _near(message, context))
        kind = "" if isinstance(fault, SecurityError) else f"{type(fault).__name__}: "
        return error(Code.TEMPLATE_ERROR, f"{kind}{_lower(str(fault))}", at)

    def _shown(self, name: str) -> str:
        found = self.folders.find(name)
        return found.shown if found else name


class _Compiled(BytecodeCache):
    """Keeps the code that Jinja2 has made of the templates."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def load_bytecode(self, bucket: Bucket) -> None:
        code = self._cache.get("compiled", self._key(bucket))
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._cache.put("compiled", self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: Bucket) -> str:
        return digest(bucket.key, bucket.checksum, code_digest())


def _place(trace: TracebackType | None) -> Location | None:
    """Find the innermost line of a template; Jinja2 writes its lines into the trace."""
    place = None
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith(("templates/", "house:")):
            place = Location(name, trace.tb_lineno)
        trace = trace.tb_next
    return place


def _near(message: str, context: Mapping[str, object]) -> str:
    match = re.fullmatch(r"'(.+)' is undefined", message)
    return nearest(match[1], context) if match else ""


def _with_hint(message: str, at: Location, near: str) -> Diagnostic:
    hints = (f"did you mean “{near}”?",) if near else ()
    return error(Code.TEMPLATE_ERROR, message, at, *hints)


def _lower(message: str) -> str:
    first = message.rstrip(".")
    return first[:1].lower() + first[1:]


def paragraphs(text: str) -> list[str]:
    """Cut a text at its blank lines."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]


def css_string(text: object) -> Markup:
    """Write a text as a string of CSS (https://www.w3.org/TR/css-syntax-3/#consume-string-token).

    Everything that could end the string, the rule or a comment is written as an escape.
    """
    escaped = re.sub(r'[\x00-\x1f\x7f"\\<>{}*/;]', lambda m: f"\\{ord(m[0]):x} ", str(text))
    return Markup(f'"{escaped}"')
